package org.monna.kernels.simd;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.monna.kernel.Keys;
import org.monna.kernel.Scratch;

/**
 * Two ranks of many keys, for every lane of a {@linkplain Columns column}. The rank of a key is how many are below it; so an interval is
 * narrowed around each rank by counting how many keys are no greater than some pivots.
 *
 * <p>The first pivots come from a sorted sample, the next from interpolation between numbers. When few keys are left in the intervals, the
 * rows in which there is none are left out. After {@value #GUESSES} rounds every other round cuts the intervals into pieces of
 * as many floats, so that no choice of numbers, however hostile, takes more than a few times as long as the usual ones: there are
 * only 2^32 of them.
 */
final class RankSearch {

  private static final int WIDTH = Columns.WIDTH;

  /** So many rows are worth a large sample. */
  private static final int MANY = 400;
  private static final int GUESSES = 8;

  /** Where pivots are, in standard deviations of a count: around the smaller and the larger rank, which may be the same, and around one. */
  private static final float[] BELOW = {-1.2f, -0.35f};

  private static final float[] ABOVE = {1.2f, 0.35f};
  private static final float[] AROUND = {-1.2f, 1.2f, 0};

  private static final int[] SORT_16 = merges(16);
  private static final int[] SORT_32 = merges(32);

  private final int m;
  private final int[] candidates;
  private final int[] sample;
  private final int size;

  // Of all that comes in pairs, the vector of the smaller rank is the first.
  private final int[] ranks = new int[2 * WIDTH];

  /** The interval: above, exclusive, to upTo. No key in it is below least. */
  private final int[] above = new int[2 * WIDTH];

  private final int[] least = new int[2 * WIDTH];
  private final int[] upTo = new int[2 * WIDTH];

  /** How many keys are below the interval, and how many are not above it. */
  private final int[] before = new int[2 * WIDTH];

  private final int[] until = new int[2 * WIDTH];

  /** As many pivots for each interval, all odd, and how many keys are no greater. */
  private final int[] pivots = new int[6 * WIDTH];

  private final int[] counts = new int[6 * WIDTH];

  /** The ends of the intervals before the last round. */
  private final int[] lastAbove = new int[2 * WIDTH];
  private final int[] lastUpTo = new int[2 * WIDTH];

  // What guesses are made of.
  private final float[] places = new float[2 * WIDTH];
  private final float[] inside = new float[2 * WIDTH];
  private final float[] low = new float[2 * WIDTH];
  private final float[] high = new float[2 * WIDTH];
  private final float[] guesses = new float[6 * WIDTH];

  /** The keys with the ranks. */
  final int[] found = new int[2 * WIDTH];

  // The rows that are not left out, and how many keys of the others are below the intervals.
  private int[] active;
  private int at;
  private int rows;
  private final int[] left = new int[2 * WIDTH];

  /** Whether the pivots of one rank are good for the other. */
  private boolean near;

  /** The pivots of one interval. */
  private int many;

  RankSearch(int m, Scratch scratch) {
    this.m = m;
    this.size = m < MANY ? 16 : 32;
    this.sample = new int[size * WIDTH];
    this.candidates = scratch.indices(m * WIDTH);
    this.active = candidates;
  }

  /** Pairs of rows whose sorting merges sorted eights (Batcher, AFIPS 1968). */
  private static int[] merges(int size) {
    IntStream.Builder pairs = IntStream.builder();
    for (int p = 8; p < size; p *= 2) {
      for (int k = p; k >= 1; k /= 2) {
        for (int j = k % p; j + k < size; j += 2 * k) {
          for (int i = j; i < j + k; i++) {
            if (i / (2 * p) == (i + k) / (2 * p)) {
              pairs.add(i).add(i + k);
            }
          }
        }
      }
    }
    return pairs.build().toArray();
  }

  /**
   * Finds the keys with two ranks.
   *
   * @param column where the keys begin
   * @param smallest the least key of each lane, or less, from {@code place} on
   * @param largest the greatest key of each lane, or more
   */
  void find(int lower, int upper, int[] keys, int column, int[] smallest, int[] largest, int place) {
    Arrays.fill(ranks, 0, WIDTH, lower);
    Arrays.fill(ranks, WIDTH, 2 * WIDTH, upper);
    near = upper - lower <= 1;
    many = near ? 2 : 3;
    start(keys, column, smallest, largest, place);
    if (isOpen()) {
      choose(lower, upper);
      narrow();
      remember();
    }
    for (int round = 0; isOpen(); round++) {
      if (round < GUESSES || round % 2 == 0) {
        guess();
      } else {
        cut();
      }
      narrow();
      leaveOut(rows);
      if (rows < m || round > 2) {
        Counts.tighten(active, at, rows, above, least, upTo);
      }
    }
    finish();
  }

  private void start(int[] keys, int column, int[] smallest, int[] largest, int place) {
    active = keys;
    at = column;
    rows = m;
    Arrays.fill(left, 0);
    Arrays.fill(before, 0);
    Arrays.fill(until, m);
    for (int t = 0; t < 2 * WIDTH; t += WIDTH) {
      System.arraycopy(smallest, place, least, t, WIDTH);
      System.arraycopy(largest, place, upTo, t, WIDTH);
    }
    for (int k = 0; k < 2 * WIDTH; k++) {
      above[k] = least[k] - 1;
    }
  }

  private boolean isOpen() {
    return Counts.isOpen(0, ranks, least, upTo, before, until)
        || Counts.isOpen(WIDTH, ranks, least, upTo, before, until);
  }

  private void narrow() {
    if (near) {
      Counts.countFour(active, at, rows, pivots, left, counts);
    } else {
      Counts.countSix(active, at, rows, pivots, left, counts);
    }
    Counts.narrow(0, 2 * many, pivots, counts, ranks, above, least, upTo, before, until);
    Counts.narrow(WIDTH, 2 * many, pivots, counts, ranks, above, least, upTo, before, until);
  }

  /** Pivots from the sample, around where the ranks are expected. */
  private void choose(int lower, int upper) {
    for (int k = 0; k < size; k += 8) {
      Counts.sample(active, at + (k / 8 * m / size + m / size / 2) * WIDTH, m / 8 * WIDTH, sample, k);
    }
    Counts.sort(sample, size == 16 ? SORT_16 : SORT_32);
    int distance = size / 8;
    int first = (int) ((lower + 0.5) * size / m);
    int last = (int) ((upper + 0.5) * size / m);
    for (int t = 0; t < many; t++) {
      // Of one rank the pivots are one and a half distances below and above, and half of one.
      take(near ? first - distance - distance / 2 + t * distance : first + (t - 1) * distance, t);
      take(near ? first + distance / 2 + t * distance : last + (t - 1) * distance, many + t);
    }
  }

  private void take(int place, int pivot) {
    int from = Math.max(Math.min(place, size - 1), 0) * WIDTH;
    for (int k = 0; k < WIDTH; k++) {
      pivots[pivot * WIDTH + k] = sample[from + k] | 1;
    }
  }

  private void guess() {
    Counts.subtract(ranks, before, places);
    Counts.subtract(until, before, inside);
    Counts.values(least, low);
    Counts.values(upTo, high);
    Counts.guess(
        0, places, inside, low, high, near ? BELOW : AROUND, above, lastAbove, upTo, lastUpTo, guesses);
    Counts.guess(
        WIDTH, places, inside, low, high, near ? ABOVE : AROUND, above, lastAbove, upTo, lastUpTo, guesses);
    Counts.pivots(guesses, 2 * many, upTo, pivots);
    remember();
  }

  private void remember() {
    System.arraycopy(above, 0, lastAbove, 0, 2 * WIDTH);
    System.arraycopy(upTo, 0, lastUpTo, 0, 2 * WIDTH);
  }

  /** Cuts each interval into pieces of as many floats. */
  private void cut() {
    for (int t = 0; t < 2 * many; t++) {
      for (int k = 0; k < WIDTH; k++) {
        int interval = (t < many ? 0 : WIDTH) + k;
        long from = least[interval];
        long length = upTo[interval] - from;
        int pivot = (int) (from + length * (t % many + 1) / (many + 1));
        pivots[t * WIDTH + k] = Math.min(pivot, upTo[interval] - 2) | 1;
      }
    }
  }

  /** Leaves out the rows without a key in an interval, if there are so few keys in all intervals that this spares half of the rows. */
  private void leaveOut(int enough) {
    int some = 0;
    for (int k = 0; k < WIDTH; k++) {
      some += near ? until[k + WIDTH] - before[k] : until[k] - before[k] + (until[k + WIDTH] - before[k + WIDTH]);
    }
    if (some > enough) {
      return;
    }
    rows =
        near
            ? Counts.filterOne(active, at, rows, above, upTo, candidates)
            : Counts.filter(active, at, rows, above, upTo, candidates);
    active = candidates;
    at = 0;
    Counts.countTwo(active, at, rows, above, counts);
    for (int k = 0; k < 2 * WIDTH; k++) {
      left[k] = before[k] - counts[k];
    }
  }

  private void finish() {
    if (rows == m) {
      leaveOut(m);
    }
    Counts.tighten(active, at, rows, above, least, upTo);
    if (Counts.settle(ranks, least, upTo, before, until, found)) {
      // Two keys that differ in the last bit, with copies.
      Counts.countTwo(active, at, rows, least, counts);
      for (int k = 0; k < 2 * WIDTH; k++) {
        found[k] = left[k] + counts[k] > ranks[k] ? least[k] : upTo[k];
      }
    }
  }
}
