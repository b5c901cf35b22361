package org.monna.kernels.simd;

import static org.monna.kernel.Kernels.BLOCK;
import static org.monna.kernel.Kernels.LANES;

import org.monna.kernel.SumsOfSquares;

/**
 * Adds sums of squares, block by block: which rows meet in which tile. {@link Squares} does the arithmetic.
 *
 * <p>Rows are taken by threes. While three rows stay in the first-level cache, those before them pass by in threes, at most {@link
 * #CACHED_ROWS} in a sweep, so that these stay in the second-level cache for the next three.
 */
final class SquaredDistances {

  private static final int CACHED_ROWS = 48;

  private final float[][] rows;
  private final int to;
  private final double[] sums;
  private final float[] lanes = new float[9 * LANES];
  private final double[] wideLanes = new double[LANES];

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
      for (int p = 0; p < LANES; p += Squares.WIDTH) {
        Squares.norms(
            rows[i],
            rows[Math.min(i + 1, last)],
            rows[Math.min(i + 2, last)],
            rows[Math.min(i + 3, last)],
            rows[Math.min(i + 4, last)],
            rows[Math.min(i + 5, last)],
            rows[Math.min(i + 6, last)],
            rows[Math.min(i + 7, last)],
            from,
            laned,
            p,
            lanes);
      }
      int count = Math.min(8, last - i + 1);
      Squares.fold(lanes, count);
      for (int k = 0; k < count; k++) {
        addNorm(i + k, lanes[k * LANES]);
      }
    }
  }

  private void addNorm(int i, float sum) {
    float[] x = rows[i];
    for (int c = laned; c < end; c++) {
      sum += x[c] * x[c];
    }
    if (SumsOfSquares.isExact(sum)) {
      sums[i] += sum;
    } else if (sums[i] < Double.POSITIVE_INFINITY) {
      WideSquares.norm(x, from, laned, wideLanes);
      sums[i] += SumsOfSquares.norm(wideLanes, x, laned, end);
    }
  }

  void fromPivot(int pivot) {
    int last = rows.length - 1;
    for (int i = 0; i <= last; i += 8) {
      int count = fan(pivot, i, last);
      for (int k = 0; k < count; k++) {
        add(i + k, pivot, k, i + k);
      }
    }
  }

  /** The pairs of row i and up to eight others from row j to the last; returns their number. */
  private int fan(int i, int j, int last) {
    for (int p = 0; p < LANES; p += Squares.WIDTH) {
      // A row beyond the last is the last again, for nothing.
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
          from,
          laned,
          p,
          lanes);
    }
    int count = Math.min(8, last - j + 1);
    Squares.fold(lanes, count);
    return count;
  }

  /** Adds the folded sum of the k-th pair of the tile, that of rows i and j. */
  private void add(int i, int j, int k, int index) {
    float sum = lanes[k * LANES];
    if (laned < end || !SumsOfSquares.isExact(sum)) {
      addSlowly(rows[i], rows[j], sum, index);
    } else {
      sums[index] += sum;
    }
  }

  private void addSlowly(float[] x, float[] y, float sum, int index) {
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

  private void addPair(int i, int j, int k) {
    add(i, j, k, i * (i - 1) / 2 + j);
  }

  void pairwise() {
    for (int first = 0; first < rows.length; first += CACHED_ROWS) {
      pairsWith(first, Math.min(first + CACHED_ROWS, rows.length));
    }
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
    for (int p = 0; p < LANES; p += Squares.WIDTH) {
      Squares.tile(
          rows[i], rows[i + 1], rows[i + 2], rows[j], rows[j + 1], rows[j + 2], from, laned, p, lanes);
    }
    Squares.fold(lanes, 9);
    addThree(i, j, 0);
    addThree(i + 1, j, 3);
    addThree(i + 2, j, 6);
  }

  private void addThree(int i, int j, int k) {
    addPair(i, j, k);
    addPair(i, j + 1, k + 1);
    addPair(i, j + 2, k + 2);
  }

  private void triangles(int i, int j) {
    for (int p = 0; p < LANES; p += Squares.WIDTH) {
      Squares.triangles(
          rows[i], rows[i + 1], rows[i + 2], rows[j], rows[j + 1], rows[j + 2], from, laned, p, lanes);
    }
    Squares.fold(lanes, 6);
    addTriangle(i, 0);
    if (i != j) {
      addTriangle(j, 3);
    }
  }

  private void addTriangle(int i, int k) {
    addPair(i + 1, i, k);
    addPair(i + 2, i, k + 1);
    addPair(i + 2, i + 1, k + 2);
  }

  private void duo(int i, int j, int last) {
    float[] y0 = rows[j];
    float[] y1 = rows[Math.min(j + 1, last)];
    float[] y2 = rows[Math.min(j + 2, last)];
    float[] y3 = rows[Math.min(j + 3, last)];
    for (int p = 0; p < LANES; p += Squares.WIDTH) {
      Squares.duo(rows[i], rows[i + 1], y0, y1, y2, y3, from, laned, p, lanes);
    }
    Squares.fold(lanes, 8);
    for (int k = 0; k < 4 && j + k <= last; k++) {
      addPair(i, j + k, k);
      addPair(i + 1, j + k, k + 4);
    }
  }

  private void fans(int i, int first, int last) {
    for (int j = first; j <= last; j += 8) {
      int count = fan(i, j, last);
      for (int k = 0; k < count; k++) {
        addPair(i, j + k, k);
      }
    }
  }
}
