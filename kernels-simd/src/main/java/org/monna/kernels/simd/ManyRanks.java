package org.monna.kernels.simd;

import java.util.Arrays;
import org.monna.kernel.Keys;
import org.monna.kernel.Scratch;
import org.monna.kernel.SelectionNetwork;

/**
 * Ranks of so many numbers that counting takes less than a network. The rank of a number is how many are below it; so two intervals are
 * narrowed, for each coordinate and all coordinates of a vector at a time, around one rank or two, by counting
 * how many numbers are no greater than a pivot in each.
 *
 * <p>The first pivots come from a sorted sample, the next from interpolation. When few numbers are left in the intervals, the rows in
 * which there is none are left out. After {@value #GUESSES} rounds the intervals are halved, so that no choice of numbers, however
 * hostile, takes more than a few times as long as the usual ones: there are only 2^32 keys.
 */
final class ManyRanks {

  private static final int WIDTH = Counts.WIDTH;
  private static final int SAMPLE = 8;
  private static final int GUESSES = 10;

  /** Tiles are longer than elsewhere: only the keys of one vector of coordinates have to stay near. */
  private static final int TILE_KEYS = 1 << 17;

  private final int m;
  private final int tile;
  private final double[] sums;

  /** All keys of a tile, vector by vector, and the rows of one vector that are not left out yet. */
  private final int[] keys;
  private final int[] candidates;

  private final int[] sample = new int[SAMPLE * WIDTH];

  // One vector of coordinates. The interval of the smaller rank, then that of the larger one: above < key <= upTo.
  private final int[] ranks = new int[2 * WIDTH];
  private final int[] above = new int[2 * WIDTH];
  private final int[] upTo = new int[2 * WIDTH];

  // How many keys are no greater than the ends of the interval.
  private final int[] before = new int[2 * WIDTH];
  private final int[] until = new int[2 * WIDTH];

  // Two pivots for each interval, and how many keys are no greater.
  private final int[] pivots = new int[4 * WIDTH];
  private final int[] counts = new int[4 * WIDTH];
  private final float[] guesses = new float[4 * WIDTH];

  // The numbers at the ends of the intervals.
  private final float[] least = new float[2 * WIDTH];
  private final float[] greatest = new float[2 * WIDTH];

  // The rows that are not left out, and how many keys in the others are no greater than the pivots.
  private int[] active;
  private int at;
  private int rows;
  private final int[] left = new int[2 * WIDTH];

  ManyRanks(int m, Scratch scratch) {
    this.m = m;
    this.tile = Math.max(64, TILE_KEYS / m / 64 * 64);
    this.sums = scratch.wide(tile);
    this.keys = scratch.keys(m * tile);
    this.candidates = scratch.indices(m * WIDTH);
    this.active = keys;
  }

  void mean(SelectionNetwork network, float[][] inputs, int from, int to, float[] out, int outFrom) {
    int first = network.from();
    int last = network.to() - 1;
    for (int done = 0; done < to - from; done += tile) {
      int length = Math.min(tile, to - from - done);
      read(inputs, from + done, length);
      for (int c = 0; c < length; c += WIDTH) {
        Arrays.fill(ranks, 0, WIDTH, first);
        Arrays.fill(ranks, WIDTH, 2 * WIDTH, last);
        start(c);
        select();
        sum(c);
      }
      WideSums.round(sums, 1.0 / (network.to() - network.from()), length, out, outFrom + done);
    }
  }

  private void read(float[][] inputs, int from, int length) {
    int stride = m * WIDTH;
    for (int i = 0; i < m; i++) {
      Counts.read(inputs[i], from, length, keys, i * WIDTH, stride);
    }
  }

  private void start(int c) {
    active = keys;
    at = c * m;
    rows = m;
    Arrays.fill(left, 0);
    Arrays.fill(above, Keys.LEAST - 1);
    Arrays.fill(before, 0);
    Arrays.fill(upTo, Keys.GREATEST);
    Arrays.fill(until, m);
  }

  /** Narrows the intervals until each begins or ends with its rank, and both are tight. */
  private void select() {
    choose();
    narrow();
    for (int round = 0; Counts.isOpen(ranks, above, upTo, before, until); round++) {
      if (round < GUESSES || round % 2 == 0) {
        guess(round);
      } else {
        halve();
      }
      narrow();
      leaveOut();
      if (rows < m || round > 2) {
        Counts.tighten(active, at, rows, above, upTo);
      }
    }
    Counts.tighten(active, at, rows, above, upTo);
  }

  private void narrow() {
    Counts.count(active, at, rows, pivots, left, counts);
    Counts.narrow(0, pivots, counts, ranks, above, upTo, before, until);
    Counts.narrow(WIDTH, pivots, counts, ranks, above, upTo, before, until);
  }

  /** Pivots from the sample, below and above where the rank is expected. */
  private void choose() {
    Counts.sample(keys, at, m, sample);
    for (int t = 0; t < 2; t++) {
      // All lanes have the same ranks here.
      double expected = (ranks[t * WIDTH] + 0.5) * SAMPLE / m;
      double spread = (t == 0 ? 1.6 : 1.2) * Math.sqrt(expected * (SAMPLE - expected) / SAMPLE);
      int low = (int) Math.floor(expected - spread);
      int high = (int) Math.floor(expected + spread);
      for (int k = 0; k < WIDTH; k++) {
        // Below what equals the lower number of the sample: ties are found at once.
        pivots[2 * t * WIDTH + k] = low < 0 ? Keys.LEAST - 1 : sample[low * WIDTH + k] - 1;
        pivots[(2 * t + 1) * WIDTH + k] = high >= SAMPLE ? Keys.GREATEST : sample[high * WIDTH + k];
      }
    }
  }

  private void guess(int round) {
    for (int k = 0; k < 2 * WIDTH; k++) {
      least[k] = Keys.value(above[k] + 1);
      greatest[k] = Keys.value(upTo[k]);
    }
    // Two spreads, lest the pivots be the same where the ranks are neighbours.
    Counts.guess(0, ranks, before, until, least, greatest, round % 2 == 0 ? 0.9f : 0.35f, guesses);
    Counts.guess(WIDTH, ranks, before, until, least, greatest, round % 2 == 0 ? 0.35f : 0.9f, guesses);
    for (int k = 0; k < 4 * WIDTH; k++) {
      int interval = k < 2 * WIDTH ? k % WIDTH : WIDTH + k % WIDTH;
      int low = above[interval];
      int high = upTo[interval];
      float guess = guesses[k];
      int pivot = Math.abs(guess) <= Float.MAX_VALUE ? Keys.of(guess) : (low & high) + ((low ^ high) >> 1);
      pivots[k] = Math.max(Math.min(pivot, high - 1), low + 1);
    }
  }

  private void halve() {
    for (int k = 0; k < 4 * WIDTH; k++) {
      int interval = k < 2 * WIDTH ? k % WIDTH : WIDTH + k % WIDTH;
      pivots[k] = (above[interval] & upTo[interval]) + ((above[interval] ^ upTo[interval]) >> 1);
    }
  }

  private void leaveOut() {
    int inside = 0;
    for (int k = 0; k < 2 * WIDTH; k++) {
      inside += until[k] - before[k];
    }
    if (inside > rows / 2) {
      return;
    }
    rows = Counts.filter(active, at, rows, above, upTo, candidates);
    active = candidates;
    at = 0;
    for (int k = 0; k < WIDTH; k++) {
      pivots[k] = above[k];
      pivots[k + 2 * WIDTH] = above[k + WIDTH];
    }
    Arrays.fill(left, 0);
    Counts.count(active, at, rows, pivots, left, counts);
    for (int k = 0; k < WIDTH; k++) {
      left[k] = before[k] - counts[k];
      left[k + WIDTH] = before[k + WIDTH] - counts[k + 2 * WIDTH];
    }
  }

  /** The sums of the ranks, which are one or two. */
  private void sum(int c) {
    for (int k = 0; k < WIDTH; k++) {
      double sum = 0.0 + Keys.value(above[k] + 1);
      sums[c + k] = ranks[k] < ranks[k + WIDTH] ? sum + Keys.value(upTo[k + WIDTH]) : sum;
    }
  }
}
