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
 * <p>The first set known is {@link #nearOptimum}. Without any branch given up there are as many steps as {@link
 * SearchLimit#prefixes}, and a few more for each set that is better than all before.
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
  private double limit;
  private int[] resume = {};

  /** The branches that were looked at, those on the way to where the search is resumed once. */
  private long visited;

  SpectralSearch(double[][] squared, int k) {
    this.squared = squared;
    this.n = squared.length;
    this.k = k;
    this.left = new double[k + 1][n][n];
    this.taken = new int[k];
    this.column = new double[n];
    this.best = nearOptimum(squared, k);
    this.limit = largestEigenvalue(squared, best) * (1 + ROUNDING) * k;
  }

  static int[] find(double[][] squared, int k) {
    return new SpectralSearch(squared, k).find();
  }

  int[] find() {
    while (decide(0, 0)) {
      resume = best;
    }
    return best;
  }

  long visited() {
    return visited;
  }

  /**
   * Decides on vector t and all later ones, after {@code count} have been taken. True if a better set was found, with
   * which to resume.
   */
  private boolean decide(int t, int count) {
    visited += resume.length == 0 ? 1 : 0;
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
    double eigenvalue = largestEigenvalue(squared, taken);
    if (eigenvalue * k > limit) {
      return false;
    }
    best = taken.clone();
    limit = eigenvalue * (1 - ROUNDING) * k;
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
  private static double largestEigenvalue(double[][] squared, int[] set) {
    double[] weights = new double[squared.length];
    for (int i : set) {
      weights[i] = 1;
    }
    return new WeightedCovariance(squared, weights).top().value();
  }

  /**
   * A set, ascending, of small largest eigenvalue: one of small variance, in which vectors are exchanged one by one as
   * long as that lowers the eigenvalue.
   */
  static int[] nearOptimum(double[][] squared, int k) {
    int[] set = MinimumVarianceSearch.nearOptimum(squared, k);
    double least = largestEigenvalue(squared, set);
    boolean[] inside = new boolean[squared.length];
    for (int i : set) {
      inside[i] = true;
    }
    for (int tried = 0, a = 0; tried < k; tried++, a = (a + 1) % k) {
      int member = set[a];
      for (int v = 0; v < squared.length; v++) {
        if (!inside[v]) {
          set[a] = v;
          // Both must say so: were rounding to decide, vectors could be exchanged for ever.
          double value = isBelow(squared, set, least * (1 - ROUNDING) * k) ? largestEigenvalue(squared, set) : least;
          if (value < least) {
            inside[member] = false;
            inside[v] = true;
            least = value;
            member = v;
            tried = -1;
            break;
          }
        }
      }
      set[a] = member;
    }
    Arrays.sort(set);
    return set;
  }

  /** True if the largest eigenvalue of the scatter of a set is below a limit, by the elimination of K. */
  static boolean isBelow(double[][] squared, int[] set, double limit) {
    int k = set.length;
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
