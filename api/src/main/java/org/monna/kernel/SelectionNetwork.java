package org.monna.kernel;

import java.util.Arrays;

/**
 * A network of comparators that moves the order statistics {@code from <= k < to} of m numbers to the outputs from..to-1, in some
 * order of theirs; and the others to theirs if it is one {@linkplain #around around} these.
 *
 * <p>Batcher's odd-even merge sort of the next power of two (Batcher, AFIPS 1968), from which is left out what cannot matter: the
 * comparators that touch an input beyond m, which would be positive infinity, and those on which no output depends. Between
 * {@code from} and {@code to} the order is irrelevant, so comparators that only sort within are left out too where they come last.
 */
public final class SelectionNetwork {

  private static final int UNUSED = -1;

  private final int size;
  private final int from;
  private final int to;
  private final int[] comparators;

  private SelectionNetwork(int size, int from, int to, int[] comparators) {
    this.size = size;
    this.from = from;
    this.to = to;
    this.comparators = comparators;
  }

  /** The network for the ranks {@code from <= k < to} of m numbers. */
  public static SelectionNetwork of(int m, int from, int to) {
    int[] sets = new int[m];
    Arrays.fill(sets, UNUSED);
    Arrays.fill(sets, from, to, 0);
    return new SelectionNetwork(m, from, to, prune(sort(m), sets));
  }

  /**
   * The network for {@link Kernels#meanAround}: it moves all m numbers to their ranks, but in any order within each of three sets: the
   * ranks {@code from <= k < to} of the centre, and those below and above it, as far as they are in the core {@code m - keep <= k <
   * keep}, which is averaged whatever the centre.
   */
  public static SelectionNetwork around(int m, int from, int to, int keep) {
    int[] sets = new int[m];
    for (int k = 0; k < m; k++) {
      boolean core = k >= m - keep && k < keep;
      int centre = k < from ? m : k < to ? m + 1 : m + 2;
      sets[k] = core ? centre : k;
    }
    return new SelectionNetwork(m, from, to, prune(sort(m), sets));
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
   * @param sets for each output the set it is in: the order within a set does not matter; or UNUSED
   */
  private static int[] prune(int[] pairs, int[] sets) {
    boolean[] wanted = new boolean[sets.length];
    boolean[] untouched = new boolean[sets.length];
    for (int k = 0; k < sets.length; k++) {
      wanted[k] = sets[k] != UNUSED;
      untouched[k] = true;
    }
    int[] kept = new int[pairs.length];
    int start = pairs.length;
    for (int k = pairs.length - 2; k >= 0; k -= 2) {
      int low = pairs[k];
      int high = pairs[k + 1];
      boolean withinSet = untouched[low] && untouched[high] && sets[low] == sets[high];
      if ((wanted[low] || wanted[high]) && !withinSet) {
        wanted[low] = true;
        wanted[high] = true;
        untouched[low] = false;
        untouched[high] = false;
        start -= 2;
        kept[start] = low;
        kept[start + 1] = high;
      }
    }
    return Arrays.copyOfRange(kept, start, kept.length);
  }

  /** The number m of inputs. */
  public int size() {
    return size;
  }

  /** The first output. */
  public int from() {
    return from;
  }

  /** One more than the last output. */
  public int to() {
    return to;
  }

  /** Pairs of wires, in order: the smaller number goes to the first. Not to be modified. */
  public int[] comparators() {
    return comparators;
  }
}
