package org.monna.files;

/**
 * What becomes of a tensor that is excluded from the vectors, such as the counters of batch normalization: a plain rule, element by
 * element.
 */
public enum ExcludedRule {
  /** That of the first file, byte for byte, whatever it holds. */
  FIRST,

  /** The mean, of integers rounded to the nearest, halves up. One file can make it anything. */
  MEAN,

  /** The median, the mid-point if n is even, of integers rounded down. */
  MEDIAN
}
