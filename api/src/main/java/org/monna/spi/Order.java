package org.monna.spi;

import java.util.Arrays;

/** Selections by key with the tie rule of this library: equal keys rank by lowest index, NaN ranks last. */
public final class Order {

  private Order() {}

  /**
   * The indices of the {@code count} smallest keys, the smallest first.
   *
   * @throws IllegalArgumentException if there are not so many
   */
  public static int[] smallest(double[] keys, int count) {
    if (count < 0 || count > keys.length) {
      throw new IllegalArgumentException("the %d smallest of %d are asked for".formatted(count, keys.length));
    }
    return Arrays.copyOf(ascending(keys), count);
  }

  /** The index of the smallest key, the lowest one if there are several. */
  public static int smallest(double[] keys) {
    int best = 0;
    for (int i = 1; i < keys.length; i++) {
      if (Double.compare(keys[i], keys[best]) < 0) {
        best = i;
      }
    }
    return best;
  }

  /** All indices by ascending key: a merge sort, since it keeps the order of equal keys. */
  private static int[] ascending(double[] keys) {
    int[] order = new int[keys.length];
    Arrays.setAll(order, i -> i);
    int[] merged = new int[keys.length];
    for (int width = 1; width < keys.length; width *= 2) {
      for (int from = 0; from < keys.length; from += 2 * width) {
        merge(keys, order, merged, from, Math.min(from + width, keys.length), Math.min(from + 2 * width, keys.length));
      }
      int[] swap = order;
      order = merged;
      merged = swap;
    }
    return order;
  }

  private static void merge(double[] keys, int[] order, int[] merged, int from, int middle, int to) {
    int left = from;
    int right = middle;
    for (int k = from; k < to; k++) {
      boolean takeLeft =
          right == to || (left < middle && Double.compare(keys[order[left]], keys[order[right]]) <= 0);
      merged[k] = order[takeLeft ? left++ : right++];
    }
  }
}
