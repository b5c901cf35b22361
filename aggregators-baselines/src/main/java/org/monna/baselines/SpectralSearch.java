package org.monna.baselines;

import java.util.Arrays;

/**
 * The search for the k of n vectors with the least largest eigenvalue of the covariance; among equal ones, up to
 * rounding, for the first set in lexicographic order.
 *
 * <p>The largest eigenvalue of the scatter (k times the covariance) of a set is below L if and only if {@code L |c|^2 -
 * |sum c_i x_i|^2} is positive for all c with sum 0, that is if {@code K = L (I + 11') - G} is positive definite, with
 * G the inner products of {@code x_i - x_0} for the vectors i of the set but the first, 0. With L from the best set
 * known, vectors are taken or left out in their order, and K is eliminated as they are taken. What is left of it for
 * those still to be decided on tells early that a branch is lost: who has no positive pivot any more must be left out,
 * and so must one of any two that have no positive 2 x 2 determinant together.
 *
 * <p>The first set known is one of small variance ({@link MinimumVarianceSearch#nearOptimum}), improved by exchanges.
 * Without any branch given up there are as many steps as {@link SearchLimit#prefixes}, and a few more for each set that
 * is better than all before.
 */
final class SpectralSearch {

  /**
   * In numbers of a matrix that are looked at: seconds, for the worst vectors that were found. (n, f) = (30, 10) is one
   * of the largest. The matrices need 8 n^3 bytes.
   */
  static final SearchLimit LIMIT = new SearchLimit(128, 1e11, (n, f) -> SearchLimit.prefixes(n, f) * n * n);

  /** Eigenvalues that differ by less are equal. */
  private static final double ROUNDING = 1e-12;

  private final double[][] squared;
  private final int n;
  private final int k;

  /** What is left of K after so and so many have been taken; rows by index, the lower triangle. */
  private final double[][][] left;

  private final int[] taken;
  private final double[] column;
  private int[] best;
  private double least;
  private double limit;
  private int[] resume = {};

  private SpectralSearch(double[][] squared, int k) {
    this.squared = squared;
    this.n = squared.length;
    this.k = k;
    this.left = new double[k + 1][n][n];
    this.taken = new int[k];
    this.column = new double[n];
    this.best = MinimumVarianceSearch.nearOptimum(squared, k);
    this.least = largestEigenvalue(best);
  }

  static int[] find(double[][] squared, int k) {
    SpectralSearch search = new SpectralSearch(squared, k);
    search.exchange();
    search.limit = search.least * (1 + ROUNDING) * k;
    while (search.decide(0, 0)) {
      search.resume = search.best;
    }
    return search.best;
  }

  /**
   * Decides on vector t and all later ones, after {@code count} have been taken. True if a better set was found, with
   * which to resume.
   */
  private boolean decide(int t, int count) {
    if (count == k) {
      boolean resumed = resume.length > 0;
      resume = new int[0];
      return !resumed && isBetter();
    }
    int leaveOut = n - t - (k - count);
    if (count > 0 && isLost(t, leaveOut, left[count])) {
      resume = new int[0];
      return false;
    }
    if (resume.length == 0 || resume[count] == t) {
      if (count == 0 || left[count][t][t] > 0) {
        take(t, count);
        if (decide(t + 1, count + 1)) {
          return true;
        }
      }
      resume = new int[0];
    }
    return leaveOut > 0 && decide(t + 1, count);
  }

  private boolean isBetter() {
    double eigenvalue = largestEigenvalue(taken);
    if (eigenvalue * k > limit) {
      return false;
    }
    best = taken.clone();
    least = eigenvalue;
    limit = least * (1 - ROUNDING) * k;
    return true;
  }

  /** True if more than {@code leaveOut} of the vectors from t on must be left out. */
  private boolean isLost(int t, int leaveOut, double[][] matrix) {
    int out = 0;
    long[] paired = new long[(n + 63) / 64];
    for (int u = t; u < n; u++) {
      if (!(matrix[u][u] > 0)) {
        out++;
        paired[u >> 6] |= 1L << u;
      }
    }
    for (int u = t + 1; u < n && out <= leaveOut; u++) {
      for (int v = t; v < u && !IndependentSets.contains(paired, u); v++) {
        double beside = matrix[u][v];
        if (!IndependentSets.contains(paired, v) && beside * beside >= matrix[u][u] * matrix[v][v]) {
          out++;
          paired[u >> 6] |= 1L << u;
          paired[v >> 6] |= 1L << v;
        }
      }
    }
    return out > leaveOut;
  }

  /** Takes vector t: makes the matrix that is left for the vectors after it. */
  private void take(int t, int count) {
    taken[count] = t;
    double[][] next = left[count + 1];
    double[][] now = left[count];
    if (count > 0) {
      for (int u = t + 1; u < n; u++) {
        column[u] = now[u][t];
      }
    }
    for (int u = t + 1; u < n; u++) {
      double[] row = next[u];
      if (count == 0) {
        for (int v = t + 1; v <= u; v++) {
          row[v] = limit - (squared[u][t] + squared[v][t] - squared[u][v]) / 2;
        }
        row[u] += limit;
      } else {
        double factor = column[u] / now[t][t];
        double[] from = now[u];
        for (int v = t + 1; v <= u; v++) {
          row[v] = from[v] - factor * column[v];
        }
      }
    }
  }

  /** The largest eigenvalue of the covariance of a set, from the inner products of its vectors around their mean. */
  private double largestEigenvalue(int[] set) {
    double[] weights = new double[n];
    for (int i : set) {
      weights[i] = 1;
    }
    return new WeightedCovariance(squared, weights).top().value();
  }

  /** Exchanges a vector inside for one outside as long as that lowers the largest eigenvalue. */
  private void exchange() {
    int[] set = best.clone();
    boolean[] inside = new boolean[n];
    for (int i : set) {
      inside[i] = true;
    }
    for (int tried = 0, a = 0; tried < k; tried++, a = (a + 1) % k) {
      int out = set[a];
      for (int v = 0; v < n; v++) {
        if (!inside[v]) {
          set[a] = v;
          if (isBelow(set, least * (1 - ROUNDING) * k)) {
            inside[out] = false;
            inside[v] = true;
            least = largestEigenvalue(set);
            best = set.clone();
            tried = -1;
            break;
          }
        }
      }
      set[a] = best[a];
    }
    Arrays.sort(best);
  }

  /** True if the largest eigenvalue of the scatter of a set is below a limit, by the elimination of K. */
  private boolean isBelow(int[] set, double limit) {
    double[][] lower = new double[k][k];
    for (int a = 1; a < k; a++) {
      for (int b = 1; b <= a; b++) {
        double sum = limit - (squared[set[a]][set[0]] + squared[set[b]][set[0]] - squared[set[a]][set[b]]) / 2;
        sum += a == b ? limit : 0;
        for (int c = 1; c < b; c++) {
          sum -= lower[a][c] * lower[b][c];
        }
        if (a == b && !(sum > 0)) {
          return false;
        }
        lower[a][b] = a == b ? Math.sqrt(sum) : sum / lower[b][b];
      }
    }
    return true;
  }
}
