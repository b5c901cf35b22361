package org.monna.kernels.simd;

import static org.monna.kernel.Kernels.BLOCK;
import static org.monna.kernel.Kernels.LANES;

import org.monna.kernel.SumsOfSquares;

/**
 * Adds sums of squares, block by block: which rows meet in which tile. {@link Squares} does the arithmetic.
 *
 * <p>Rows are taken by threes. While three rows stay in the first-level cache, those before them pass by in threes, at most {@link
 * #CACHED_ROWS} in a sweep, so that these stay in the second-level cache for the next three.
 *
 * <p>The virtual lanes of several tiles are folded and added together: to read again what a tile has just stored is to wait for it.
 */
final class SquaredDistances {

  private static final int CACHED_ROWS = 48;

  /** Four tiles of nine pairs. */
  private static final int SLOTS = 36;

  private final float[][] rows;
  private final int to;
  private final double[] sums;
  private final double[] wideLanes = new double[LANES];

  /** The sums of squares that are not yet added: their virtual lanes, ... */
  private final float[] lanes = new float[SLOTS * LANES];

  /** ... the rows i and j, or i and -1 for the norm of row i, and the index of the sum. */
  private final int[] slots = new int[3 * SLOTS];

  private int count;

  /** The block: its coordinates, those in groups of LANES, and all. */
  private int from;

  private int laned;
  private int end;

  SquaredDistances(float[][] rows, int from, int to, double[] sums) {
    this.rows = rows;
    this.to = to;
    this.sums = sums;
    this.end = from;
  }

  /** Moves on to the next block; false if there is none. */
  boolean nextBlock() {
    from = end;
    end += Math.min(BLOCK, to - from);
    laned = end - (end - from) % LANES;
    return from < end;
  }

  void norms() {
    int last = rows.length - 1;
    for (int i = 0; i <= last; i += 8) {
      int at = room(8);
      for (int p = 0; p < LANES; p += Squares.WIDTH) {
        // A row beyond the last is the last again, for nothing.
        Squares.norms(
            rows[i],
            rows[Math.min(i + 1, last)],
            rows[Math.min(i + 2, last)],
            rows[Math.min(i + 3, last)],
            rows[Math.min(i + 4, last)],
            rows[Math.min(i + 5, last)],
            rows[Math.min(i + 6, last)],
            rows[Math.min(i + 7, last)],
            from + p,
            laned,
            lanes,
            at + p);
      }
      for (int k = i; k <= Math.min(i + 7, last); k++) {
        fill(k, -1, k);
      }
    }
    add();
  }

  void fromPivot(int pivot) {
    int last = rows.length - 1;
    for (int i = 0; i <= last; i += 8) {
      fan(pivot, i, last);
      for (int k = i; k <= Math.min(i + 7, last); k++) {
        fill(k, pivot, k);
      }
    }
    add();
  }

  void pairwise() {
    for (int first = 0; first < rows.length; first += CACHED_ROWS) {
      pairsWith(first, Math.min(first + CACHED_ROWS, rows.length));
    }
    add();
  }

  /** The pairs (i, j) with first &lt;= j &lt; last and j &lt; i. */
  private void pairsWith(int first, int last) {
    // First, since it reads six rows at a time, and main memory likes many reads at a time.
    int threes = first + (last - first) / 3 * 3;
    for (int j = first; j < threes; j += 6) {
      triangles(j, j + 3 < threes ? j + 3 : j);
    }
    int i = first;
    for (; i + 3 <= rows.length; i += 3) {
      for (int j = first; j + 3 <= Math.min(i, last); j += 3) {
        tile(i, j);
      }
    }
    int before = Math.min(i, last);
    if (i + 2 == rows.length) {
      for (int j = first; j < before; j += 4) {
        duo(i, j, before - 1);
      }
      if (i < last) {
        fans(i + 1, i, i);
      }
    } else if (i + 1 == rows.length) {
      fans(i, first, before - 1);
    }
  }

  private void tile(int i, int j) {
    int at = room(9);
    for (int p = 0; p < LANES; p += Squares.WIDTH) {
      Squares.tile(
          rows[i], rows[i + 1], rows[i + 2], rows[j], rows[j + 1], rows[j + 2], from + p, laned, lanes, at + p);
    }
    for (int k = i; k < i + 3; k++) {
      fillPair(k, j);
      fillPair(k, j + 1);
      fillPair(k, j + 2);
    }
  }

  private void triangles(int i, int j) {
    int at = room(6);
    for (int p = 0; p < LANES; p += Squares.WIDTH) {
      Squares.triangles(
          rows[i], rows[i + 1], rows[i + 2], rows[j], rows[j + 1], rows[j + 2], from + p, laned, lanes, at + p);
    }
    fillTriangle(i);
    if (i != j) {
      fillTriangle(j);
    }
  }

  private void fillTriangle(int i) {
    fillPair(i + 1, i);
    fillPair(i + 2, i);
    fillPair(i + 2, i + 1);
  }

  private void duo(int i, int j, int last) {
    int at = room(8);
    float[] y0 = rows[j];
    float[] y1 = rows[Math.min(j + 1, last)];
    float[] y2 = rows[Math.min(j + 2, last)];
    float[] y3 = rows[Math.min(j + 3, last)];
    for (int p = 0; p < LANES; p += Squares.WIDTH) {
      Squares.duo(rows[i], rows[i + 1], y0, y1, y2, y3, from + p, laned, lanes, at + p);
    }
    for (int k = j; k <= Math.min(j + 3, last); k++) {
      fillPair(i, k);
      fillPair(i + 1, k);
    }
  }

  private void fans(int i, int first, int last) {
    for (int j = first; j <= last; j += 8) {
      fan(i, j, last);
      for (int k = j; k <= Math.min(j + 7, last); k++) {
        fillPair(i, k);
      }
    }
  }

  /** The pairs of row i and up to eight others from row j to the last. */
  private void fan(int i, int j, int last) {
    int at = room(8);
    for (int p = 0; p < LANES; p += Squares.WIDTH) {
      Squares.fan(
          rows[i],
          rows[j],
          rows[Math.min(j + 1, last)],
          rows[Math.min(j + 2, last)],
          rows[Math.min(j + 3, last)],
          rows[Math.min(j + 4, last)],
          rows[Math.min(j + 5, last)],
          rows[Math.min(j + 6, last)],
          rows[Math.min(j + 7, last)],
          from + p,
          laned,
          lanes,
          at + p);
    }
  }

  /** Makes room for the lanes of so many sums. Returns the place of the first. */
  private int room(int more) {
    if (count + more > SLOTS) {
      add();
    }
    return count * LANES;
  }

  private void fillPair(int i, int j) {
    fill(i, j, i * (i - 1) / 2 + j);
  }

  /** Tells whose lanes are the next. */
  private void fill(int i, int j, int index) {
    slots[3 * count] = i;
    slots[3 * count + 1] = j;
    slots[3 * count + 2] = index;
    count++;
  }

  private void add() {
    Squares.fold(lanes, count);
    for (int k = 0; k < count; k++) {
      float sum = lanes[k * LANES];
      if (laned == end && SumsOfSquares.isExact(sum)) {
        sums[slots[3 * k + 2]] += sum;
      } else if (slots[3 * k + 1] < 0) {
        addNorm(rows[slots[3 * k]], sum, slots[3 * k + 2]);
      } else {
        addDistance(rows[slots[3 * k]], rows[slots[3 * k + 1]], sum, slots[3 * k + 2]);
      }
    }
    count = 0;
  }

  private void addNorm(float[] x, float sum, int index) {
    for (int c = laned; c < end; c++) {
      sum += x[c] * x[c];
    }
    if (SumsOfSquares.isExact(sum)) {
      sums[index] += sum;
    } else if (sums[index] < Double.POSITIVE_INFINITY) {
      WideSquares.norm(x, from, laned, wideLanes);
      sums[index] += SumsOfSquares.norm(wideLanes, x, laned, end);
    }
  }

  private void addDistance(float[] x, float[] y, float sum, int index) {
    for (int c = laned; c < end; c++) {
      float e = x[c] - y[c];
      sum += e * e;
    }
    if (SumsOfSquares.isExact(sum)) {
      sums[index] += sum;
    } else if (sums[index] < Double.POSITIVE_INFINITY && !SumsOfSquares.isSame(x, y, from, end, sum)) {
      WideSquares.distance(x, y, from, laned, wideLanes);
      sums[index] += SumsOfSquares.distance(wideLanes, x, y, laned, end);
    }
  }
}
