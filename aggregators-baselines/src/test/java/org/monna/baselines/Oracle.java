package org.monna.baselines;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.monna.Engine;
import org.monna.Geometry;
import org.monna.Plan;

/** Slow and plain computations in coordinates and over all subsets, in double. */
final class Oracle {

  private Oracle() {}

  static Geometry geometry(float[][] vectors) {
    return Engine.sequential().geometry(Geometry.Need.PAIRWISE.and(Geometry.Need.NORMS), vectors);
  }

  /** The result of a plan of one row of weights, not rounded to float. */
  static double[] result(Plan plan, float[][] vectors) {
    double[] sum = new double[vectors[0].length];
    for (int i = 0; i < vectors.length; i++) {
      double weight = plan.mixing().weight(0, i);
      for (int c = 0; c < sum.length && weight != 0; c++) {
        sum[c] += weight * vectors[i][c];
      }
    }
    return sum;
  }

  static int[] support(Plan plan) {
    return IntStream.range(0, plan.mixing().columns())
        .filter(i -> plan.mixing().weight(0, i) != 0)
        .toArray();
  }

  static double distance(double[] x, float[] y) {
    double sum = 0;
    for (int c = 0; c < x.length; c++) {
      sum += (x[c] - y[c]) * (x[c] - y[c]);
    }
    return Math.sqrt(sum);
  }

  static double distance(double[] x, double[] y) {
    double sum = 0;
    for (int c = 0; c < x.length; c++) {
      sum += (x[c] - y[c]) * (x[c] - y[c]);
    }
    return Math.sqrt(sum);
  }

  static double[] mean(float[][] vectors, int... set) {
    double[] mean = new double[vectors[0].length];
    for (int i : set) {
      for (int c = 0; c < mean.length; c++) {
        mean[c] += (double) vectors[i][c] / set.length;
      }
    }
    return mean;
  }

  /** The covariance with divisor sum of weights, in coordinates. */
  static double[][] covariance(float[][] vectors, double[] weights, double[] mean) {
    int d = mean.length;
    double total = Arrays.stream(weights).sum();
    double[][] covariance = new double[d][d];
    for (int i = 0; i < vectors.length; i++) {
      for (int a = 0; a < d && weights[i] > 0; a++) {
        for (int b = 0; b < d; b++) {
          covariance[a][b] += weights[i] / total * (vectors[i][a] - mean[a]) * (vectors[i][b] - mean[b]);
        }
      }
    }
    return covariance;
  }

  static double[][] covariance(float[][] vectors, int... set) {
    double[] weights = new double[vectors.length];
    for (int i : set) {
      weights[i] = 1;
    }
    return covariance(vectors, weights, mean(vectors, set));
  }

  static double trace(double[][] matrix) {
    double trace = 0;
    for (int i = 0; i < matrix.length; i++) {
      trace += matrix[i][i];
    }
    return trace;
  }

  /** The eigenvalues, and in the columns of the second result the eigenvectors, by Jacobi's rotations. */
  static double[][][] jacobi(double[][] symmetric) {
    int n = symmetric.length;
    double[][] a = Arrays.stream(symmetric).map(double[]::clone).toArray(double[][]::new);
    double[][] v = new double[n][n];
    for (int i = 0; i < n; i++) {
      v[i][i] = 1;
    }
    for (int sweep = 0; sweep < 60; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          if (a[p][q] != 0) {
            double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
            double t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
            double c = 1 / Math.hypot(t, 1);
            for (double[] row : a) {
              rotate(row, p, q, c, t * c);
            }
            double[] rowP = a[p].clone();
            for (int i = 0; i < n; i++) {
              a[p][i] = c * rowP[i] - t * c * a[q][i];
              a[q][i] = t * c * rowP[i] + c * a[q][i];
            }
            for (double[] row : v) {
              rotate(row, p, q, c, t * c);
            }
          }
        }
      }
    }
    double[] values = new double[n];
    Arrays.setAll(values, i -> a[i][i]);
    return new double[][][] {{values}, v};
  }

  private static void rotate(double[] row, int p, int q, double c, double s) {
    double x = row[p];
    row[p] = c * x - s * row[q];
    row[q] = s * x + c * row[q];
  }

  static double largestEigenvalue(double[][] symmetric) {
    return Arrays.stream(jacobi(symmetric)[0][0]).max().orElseThrow();
  }

  /** All sets of k of the indices below n, in lexicographic order. */
  static void subsets(int n, int k, Consumer<int[]> each) {
    int[] set = new int[k];
    Arrays.setAll(set, i -> i);
    for (int last = 0; last >= 0; ) {
      each.accept(set);
      last = k - 1;
      while (last >= 0 && set[last] == n - k + last) {
        last--;
      }
      if (last >= 0) {
        set[last]++;
        for (int i = last + 1; i < k; i++) {
          set[i] = set[i - 1] + 1;
        }
      }
    }
  }
}
