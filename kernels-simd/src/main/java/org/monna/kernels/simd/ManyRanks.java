package org.monna.kernels.simd;

import java.util.Arrays;
import org.monna.kernel.Keys;
import org.monna.kernel.ScalarKernels;
import org.monna.kernel.Scratch;
import org.monna.kernel.SelectionNetwork;
import org.monna.kernel.WindowNetwork;

/** Means of some of so many ordered numbers that counting takes less than a network. */
final class ManyRanks {

  private static final int WIDTH = Columns.WIDTH;

  private final int m;
  private final Columns columns;
  private final RankSearch search;
  private final double[] sums;

  // Of one column: the bounds of what is added, how many numbers were, and how many of those on a bound are to be.
  private final int[] bounds;
  private final int[] counts = new int[3 * WIDTH];
  private final int[] copies = new int[2 * WIDTH];
  private final int[] limits = new int[2 * WIDTH];

  // Of one column: the distances to the centres.
  private final double[] centres = new double[WIDTH];
  private final int[] distances;
  private final int[] ties = new int[4 * WIDTH];
  private final int[] zeros = new int[WIDTH];
  private final int[] farthest = new int[WIDTH];
  private final Scratch scratch;

  ManyRanks(int m, Scratch scratch) {
    this.m = m;
    this.columns = new Columns(m, scratch);
    this.search = new RankSearch(m, scratch);
    this.sums = scratch.wide(columns.tile);
    this.bounds = search.found;
    this.distances = scratch.moreKeys(m * WIDTH);
    this.scratch = scratch;
  }

  void mean(SelectionNetwork network, float[][] rows, int from, int to, float[] out, int outFrom) {
    int count = network.to() - network.from();
    for (int done = 0; done < to - from; done += columns.tile) {
      int length = Math.min(columns.tile, to - from - done);
      columns.read(rows, from + done, length);
      for (int c = 0; c < length; c += WIDTH) {
        sum(network.from(), network.to(), c);
      }
      WideSums.round(sums, 1.0 / count, length, out, outFrom + done);
    }
  }

  void meanAround(WindowNetwork network, float[][] rows, int from, int to, float[] out, int outFrom) {
    for (int done = 0; done < to - from; done += columns.tile) {
      int length = Math.min(columns.tile, to - from - done);
      columns.read(rows, from + done, length);
      for (int c = 0; c < length; c += WIDTH) {
        sum(network.from(), network.to(), c);
        if (!sumNearest(network, c)) {
          for (int k = 0; k < WIDTH && c + k < length; k++) {
            if (counts[k] != network.keep()) {
              sums[c + k] =
                  ScalarKernels.sumOfNearest(rows, from + done + c + k, centres[k], network.keep(), scratch);
            }
          }
        }
      }
      WideSums.round(sums, 1.0 / network.keep(), length, out, outFrom + done);
    }
  }

  /**
   * The sums of the numbers nearest to the centres, whose sums are there. Distances, in double, are rounded to float, in which only some
   * that are nearly the same become equal; so those up to the last one that is kept are the ones to keep, if their number is right.
   *
   * @return false if in some lanes it is not, which {@link #counts} tells
   */
  private boolean sumNearest(WindowNetwork network, int c) {
    int column = c / WIDTH * columns.stride;
    boolean finite = true;
    for (int k = 0; k < WIDTH; k++) {
      // Divided: a multiplication by the reciprocal would miss centres that are exact, and with them ties.
      double centre = sums[c + k] / (network.to() - network.from());
      centres[k] = centre;
      finite &= Double.isFinite(centre);
      double far =
          Math.max(centre - Keys.value(columns.least[c + k]), Keys.value(columns.greatest[c + k]) - centre);
      farthest[k] = Double.isNaN(far) ? Keys.GREATEST : Keys.of((float) Math.abs(far));
    }
    if (!finite) {
      Arrays.fill(counts, -1);
      return false;
    }
    Counts.distances(columns.keys, column, m, centres, distances);
    search.find(network.keep() - 1, network.keep() - 1, distances, 0, zeros, farthest, 0);
    Arrays.fill(limits, 0, WIDTH, 0);
    System.arraycopy(search.found, 0, limits, WIDTH, WIDTH);
    Counts.sum(distances, 0, columns.keys, column, m, limits, sums, c, counts);
    if (!are(network.keep())) {
      sumTies(network.keep(), c);
    }
    return are(network.keep());
  }

  /** Whether the counts of all lanes are as expected. */
  private boolean are(int count) {
    for (int k = 0; k < WIDTH; k++) {
      if (counts[k] != count) {
        return false;
      }
    }
    return true;
  }

  /**
   * The sums of the nearest numbers, some of which at the limit are to be left out: easy if, lane by lane, those not above the centre are
   * the same number, and those above it.
   */
  private void sumTies(int keep, int c) {
    int column = c / WIDTH * columns.stride;
    for (int k = 0; k < WIDTH; k++) {
      float middle = (float) centres[k];
      limits[k] = Keys.of(middle > centres[k] ? Math.nextDown(middle) : middle);
    }
    Counts.ties(distances, columns.keys, column, m, limits, ties, counts);
    for (int k = 0; k < WIDTH; k++) {
      int below = counts[k + WIDTH];
      int above = counts[k + 2 * WIDTH];
      int missing = keep - counts[k];
      float low = Keys.value(ties[k]);
      float high = Keys.value(ties[k + 2 * WIDTH]);
      boolean aboveFirst = below > 0 && above > 0 && centres[k] - low > high - centres[k];
      copies[k] = aboveFirst ? Math.max(0, missing - above) : Math.min(below, missing);
      copies[k + WIDTH] = missing - copies[k];
      boolean same = (below == 0 || ties[k] == ties[k + WIDTH]) && (above == 0 || ties[k + 2 * WIDTH] == ties[k + 3 * WIDTH]);
      counts[k] = same ? keep : -1;
    }
    Counts.sumTies(distances, columns.keys, column, m, limits, copies, sums, c);
  }

  /** The sums of the ranks {@code from <= k < to} of the column of coordinate c. */
  private void sum(int from, int to, int c) {
    int column = c / WIDTH * columns.stride;
    search.find(from, to - 1, columns.keys, column, columns.least, columns.greatest, c);
    if (to - from <= 2) {
      for (int k = 0; k < WIDTH; k++) {
        sums[c + k] = 0.0 + Keys.value(bounds[k]) + (to - from == 1 ? 0 : Keys.value(bounds[k + WIDTH]));
      }
      return;
    }
    Counts.sum(columns.keys, column, columns.keys, column, m, bounds, sums, c, counts);
    if (!are(to - from)) {
      countCopies(from, to, column);
      Counts.sumSome(columns.keys, column, m, bounds, copies, sums, c);
    }
  }

  /** How many of the numbers that equal a bound have one of the ranks. */
  private void countCopies(int from, int to, int column) {
    for (int k = 0; k < WIDTH; k++) {
      limits[k] = bounds[k];
      limits[k + WIDTH] = bounds[k + WIDTH] - 1;
    }
    Counts.countTwo(columns.keys, column, m, limits, counts);
    for (int k = 0; k < WIDTH; k++) {
      boolean same = bounds[k] == bounds[k + WIDTH];
      copies[k] = same ? to - from : counts[k] - from;
      copies[k + WIDTH] = same ? 0 : to - counts[k + WIDTH];
    }
  }
}
