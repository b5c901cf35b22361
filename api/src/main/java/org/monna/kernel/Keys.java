package org.monna.kernel;

/**
 * Integers in the order of numbers, with NaN as positive infinity. The key of -0 is smaller than that of 0 by one, which no sum shows.
 *
 * <p>A float is a sign and a magnitude: the magnitude of negative ones is reversed.
 */
public final class Keys {

  /** The key of negative infinity, the smallest. */
  public static final int LEAST = of(Float.NEGATIVE_INFINITY);

  /** The key of infinity, the largest. */
  public static final int GREATEST = of(Float.POSITIVE_INFINITY);

  private Keys() {}

  /** The key of a number. */
  public static int of(float value) {
    return flip(Float.floatToRawIntBits(Float.isNaN(value) ? Float.POSITIVE_INFINITY : value));
  }

  /** The number with a key. */
  public static float value(int key) {
    return Float.intBitsToFloat(flip(key));
  }

  /** Reverses the order of the bits of negative numbers; its own inverse. */
  private static int flip(int bits) {
    return bits >> 31 >>> 1 ^ bits;
  }
}
