package org.monna.kernel;

import java.util.Arrays;

/**
 * A network of comparators that moves m numbers to their ranks, as far as {@link Kernels#meanAround} needs it: in any order within each
 * of three sets, the ranks {@code from <= k < to} of the centre, and those below and above it, as far as they are in the core {@code m -
 * keep <= k < keep}, which is averaged whatever the centre.
 *
 * <p>Batcher's odd-even merge sort of the next power of two (Batcher, AFIPS 1968), from which is left out what cannot matter: the
 * comparators that touch an input beyond m, which would be positive infinity, and those that come last within a set.
 */
public final class WindowNetwork {

  private final int from;
  private final int to;
  private final int keep;
  private final int[] comparators;

  private WindowNetwork(int from, int to, int keep, int[] comparators) {
    this.from = from;
    this.to = to;
    this.keep = keep;
    this.comparators = comparators;
  }

  /** The network for the {@code keep} of m numbers nearest to the mean of the ranks {@code from <= k < to}. */
  public static WindowNetwork of(int m, int from, int to, int keep) {
    int[] sets = new int[m];
    for (int k = 0; k < m; k++) {
      boolean core = k >= m - keep && k < keep;
      int centre = k < from ? m : k < to ? m + 1 : m + 2;
      sets[k] = core ? centre : k;
    }
    return new WindowNetwork(from, to, keep, prune(sort(m), sets));
  }

  /** All comparators of the sorting network, as pairs of wires: the smaller number goes to the first. */
  private static int[] sort(int m) {
    int[] pairs = new int[64];
    int length = 0;
    for (int p = 1; p < m; p *= 2) {
      for (int k = p; k >= 1; k /= 2) {
        for (int j = k % p; j + k < m; j += 2 * k) {
          for (int i = j; i < Math.min(j + k, m - k); i++) {
            if (i / (2 * p) == (i + k) / (2 * p)) {
              if (length == pairs.length) {
                pairs = Arrays.copyOf(pairs, 2 * length);
              }
              pairs[length++] = i;
              pairs[length++] = i + k;
            }
          }
        }
      }
    }
    return Arrays.copyOf(pairs, length);
  }

  /**
   * Walks back from the outputs and keeps the comparators that matter. A comparator whose two wires both lead, undisturbed, to
   * outputs of one set only orders within the set: it is dropped.
   *
   * @param sets for each output the set it is in: the order within a set does not matter
   */
  private static int[] prune(int[] pairs, int[] sets) {
    boolean[] untouched = new boolean[sets.length];
    Arrays.fill(untouched, true);
    int[] kept = new int[pairs.length];
    int start = pairs.length;
    for (int k = pairs.length - 2; k >= 0; k -= 2) {
      int low = pairs[k];
      int high = pairs[k + 1];
      boolean withinSet = untouched[low] && untouched[high] && sets[low] == sets[high];
      if (!withinSet) {
        untouched[low] = false;
        untouched[high] = false;
        start -= 2;
        kept[start] = low;
        kept[start + 1] = high;
      }
    }
    return Arrays.copyOfRange(kept, start, kept.length);
  }

  /** The first output of the centre. */
  public int from() {
    return from;
  }

  /** One more than the last output of the centre. */
  public int to() {
    return to;
  }

  /** How many numbers are averaged. */
  public int keep() {
    return keep;
  }

  /** Pairs of wires, in order: the smaller number goes to the first. Not to be modified. */
  public int[] comparators() {
    return comparators;
  }
}
