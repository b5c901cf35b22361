package org.monna.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The subsets S over which guarantees are stated. */
public final class Subsets {

  /** Up to so many subsets all are tried. */
  private static final int ALL = 500;

  /** So many are drawn at random otherwise, besides those that are likely to be the worst. */
  private static final int SOME = 60;

  private Subsets() {}

  /**
   * The subsets of {@code size} finite vectors on which a bound on the distance of a point from the mean is tried:
   * all of them if they are few. Otherwise those consecutive along the line from the mean to the point, where the
   * distance is large and the variance small, those nearest to and farthest from the point, and some at random.
   */
  public static List<int[]> toTry(float[][] vectors, int size, float[] point) {
    int[] finite = Arrays.stream(Exact.all(vectors.length)).filter(i -> Exact.isFinite(vectors[i])).toArray();
    if (finite.length < size || size < 1) {
      return List.of();
    }
    if (areFew(finite.length, size)) {
      return all(finite, size);
    }
    List<int[]> subsets = new ArrayList<>();
    double[] mean = Exact.mean(vectors, finite);
    addWindows(finite, size, i -> along(vectors[i], mean, point), subsets);
    addWindows(finite, size, i -> Exact.squaredDistance(vectors[i], point), subsets);
    RandomGenerator random = new SplittableRandom(size);
    for (int k = 0; k < SOME; k++) {
      double[] keys = random.doubles(vectors.length).toArray();
      subsets.add(Arrays.copyOf(sorted(finite, i -> keys[i]), size));
    }
    return subsets;
  }

  /** All subsets of so many indices, of which there must be few. */
  static List<int[]> all(int[] indices, int size) {
    if (!areFew(indices.length, size)) {
      throw new IllegalArgumentException("too many subsets to try all: %d of %d".formatted(size, indices.length));
    }
    List<int[]> subsets = new ArrayList<>();
    combine(indices, 0, new int[size], 0, subsets);
    return subsets;
  }

  /** True if n over k is at most {@link #ALL}. */
  private static boolean areFew(int n, int k) {
    long count = 1;
    for (int i = 1; i <= Math.min(k, n - k) && count <= ALL; i++) {
      count = count * (n - Math.min(k, n - k) + i) / i;
    }
    return count <= ALL;
  }

  private static void combine(int[] from, int next, int[] chosen, int length, List<int[]> subsets) {
    if (length == chosen.length) {
      subsets.add(chosen.clone());
      return;
    }
    for (int k = next; k <= from.length - (chosen.length - length); k++) {
      chosen[length] = from[k];
      combine(from, k + 1, chosen, length + 1, subsets);
    }
  }

  private interface Key {
    double of(int i);
  }

  private static double along(float[] vector, double[] mean, float[] point) {
    double sum = 0;
    for (int c = 0; c < mean.length; c++) {
      sum += (vector[c] - mean[c]) * (point[c] - mean[c]);
    }
    return sum;
  }

  private static void addWindows(int[] indices, int size, Key key, List<int[]> subsets) {
    int[] sorted = sorted(indices, key);
    for (int start = 0; start + size <= sorted.length; start++) {
      subsets.add(Arrays.copyOfRange(sorted, start, start + size));
    }
  }

  private static int[] sorted(int[] indices, Key key) {
    return Arrays.stream(indices)
        .boxed()
        .sorted(Comparator.comparingDouble(key::of))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
