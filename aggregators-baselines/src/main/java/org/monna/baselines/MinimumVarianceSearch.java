package org.monna.baselines;

import java.util.Arrays;
import org.monna.spi.Order;

/**
 * The search for the k of n vectors with the least variance, that is the least sum of squared distances between them;
 * among equal sums, up to rounding, for the first set in lexicographic order.
 *
 * <p>Vectors are taken or left out in their order, so the first of equal sets is found first, and a branch is given up
 * when it cannot lead below the best sum known. What a vector u still to be decided on will add, if taken, is its
 * distances to those taken before and half of those to the others to come, at least to the nearest ones: the table
 * {@link #half} holds that half for every u, step and number of vectors that may yet be left out. All sums are of
 * distances between vectors that may be together in a set, never differences of larger ones, so a far vector costs no
 * digits.
 *
 * <p>The first set known is {@link #nearOptimum}, which stays if its vectors are all equal: nothing is better, and it
 * begins with the first vector that has enough equal ones. Without any branch given up there are as many steps as
 * {@link SearchLimit#prefixes}.
 */
final class MinimumVarianceSearch {

  /** Seconds, for the worst vectors that were found. (n, f) = (30, 10) is one of the largest. */
  static final SearchLimit LIMIT = new SearchLimit(1000, 1.1e8, SearchLimit::prefixes);

  /** Sums that differ by less are equal. */
  private static final double ROUNDING = 1e-12;

  private final double[][] squared;
  private final int n;
  private final int k;
  private final double[][][] half;

  /** The sums of squared distances to the first so and so many vectors taken, of every vector. */
  private final double[][] toTaken;

  private final int[] taken;
  private final double[] largest;
  private int[] best;
  private double limit;

  /** The branches that were looked at. */
  private long visited;

  MinimumVarianceSearch(double[][] squared, int k) {
    this.squared = squared;
    this.n = squared.length;
    this.k = k;
    this.half = new double[n][n - k + 1][n];
    this.toTaken = new double[k + 1][n];
    this.taken = new int[k];
    this.largest = new double[n - k];
    this.best = nearOptimum(squared, k);
    this.limit = sum(best) * (1 + ROUNDING);
  }

  static int[] find(double[][] squared, int k) {
    return new MinimumVarianceSearch(squared, k).find();
  }

  int[] find() {
    fillHalves();
    decide(0, 0, 0);
    return best;
  }

  long visited() {
    return visited;
  }

  private void fillHalves() {
    for (int u = 0; u < n; u++) {
      int[] order = Order.smallest(squared[u], n);
      for (int t = 0; t <= u; t++) {
        double sum = 0;
        int others = n - t - 1;
        for (int v : order) {
          if (v >= t && v != u) {
            if (others <= n - k) {
              half[t][others][u] = sum / 2;
            }
            sum += squared[u][v];
            others--;
          }
        }
        half[t][0][u] = sum / 2;
      }
    }
  }

  /**
   * Decides on vector t and all later ones, after {@code count} have been taken, whose sum of squared distances is
   * {@code sum}.
   */
  private void decide(int t, int count, double sum) {
    visited++;
    if (count == k) {
      best = taken.clone();
      limit = sum * (1 - ROUNDING);
      return;
    }
    int leaveOut = n - t - (k - count);
    if (sum + leastToCome(t, leaveOut, toTaken[count]) >= limit) {
      return;
    }
    for (int u = t + 1; u < n; u++) {
      toTaken[count + 1][u] = toTaken[count][u] + squared[t][u];
    }
    taken[count] = t;
    decide(t + 1, count + 1, sum + toTaken[count][t]);
    if (leaveOut > 0) {
      decide(t + 1, count, sum);
    }
  }

  /** The sum of what the vectors from t on add at least, without the {@code leaveOut} largest of these numbers. */
  private double leastToCome(int t, int leaveOut, double[] toTaken) {
    double[] halves = half[t][leaveOut];
    double sum = 0;
    int held = 0;
    for (int u = t; u < n; u++) {
      double value = toTaken[u] + halves[u];
      int p;
      if (held < leaveOut) {
        for (p = held++; p > 0 && largest[p - 1] > value; p--) {
          largest[p] = largest[p - 1];
        }
        largest[p] = value;
      } else if (leaveOut > 0 && value > largest[0]) {
        sum += largest[0];
        for (p = 0; p + 1 < leaveOut && largest[p + 1] < value; p++) {
          largest[p] = largest[p + 1];
        }
        largest[p] = value;
      } else {
        sum += value;
      }
    }
    return sum;
  }

  private double sum(int[] set) {
    double sum = 0;
    for (int i : set) {
      for (int j : set) {
        sum += j < i ? squared[i][j] : 0;
      }
    }
    return sum;
  }

  /**
   * A set, ascending, of small variance: the k vectors nearest to the one with the least sum of
   * squared distances to them, changed one by one as long as that makes the variance smaller.
   */
  static int[] nearOptimum(double[][] squared, int k) {
    int[] set = smallestBall(squared, k);
    boolean[] inside = new boolean[squared.length];
    for (int i : set) {
      inside[i] = true;
    }
    for (int swaps = 0; swaps < squared.length && swap(squared, set, inside); swaps++) {}
    Arrays.sort(set);
    return set;
  }

  private static int[] smallestBall(double[][] squared, int k) {
    int[] best = {};
    double least = Double.POSITIVE_INFINITY;
    for (double[] row : squared) {
      int[] ball = Order.smallest(row, k);
      double sum = Dense.sum(Arrays.stream(ball).mapToDouble(j -> row[j]).toArray());
      if (sum < least) {
        least = sum;
        best = ball;
      }
    }
    return best;
  }

  /** Makes the best exchange of a vector inside by one outside, if there is one that lowers the sum. */
  private static boolean swap(double[][] squared, int[] set, boolean[] inside) {
    double[] sums = new double[squared.length];
    double total = 0;
    for (int u = 0; u < sums.length; u++) {
      for (int i : set) {
        sums[u] += squared[u][i];
      }
      total += inside[u] ? sums[u] : 0;
    }
    double least = -ROUNDING * total;
    int out = -1;
    int in = -1;
    for (int a = 0; a < set.length; a++) {
      for (int v = 0; v < sums.length; v++) {
        double change = sums[v] - squared[v][set[a]] - sums[set[a]];
        if (!inside[v] && change < least) {
          least = change;
          out = a;
          in = v;
        }
      }
    }
    if (out < 0) {
      return false;
    }
    inside[set[out]] = false;
    inside[in] = true;
    set[out] = in;
    return true;
  }
}
