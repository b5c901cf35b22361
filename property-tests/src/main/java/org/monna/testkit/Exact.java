package org.monna.testkit;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The quantities of the definitions, in double and as the definitions say. */
public final class Exact {

  private Exact() {}

  /** The indices 0..n-1. */
  public static int[] all(int n) {
    int[] all = new int[n];
    Arrays.setAll(all, i -> i);
    return all;
  }

  /** The mean of the vectors with these indices. */
  public static double[] mean(float[][] vectors, int[] indices) {
    double[] mean = new double[vectors[0].length];
    for (int c = 0; c < mean.length; c++) {
      for (int i : indices) {
        mean[c] += vectors[i][c];
      }
      mean[c] /= indices.length;
    }
    return mean;
  }

  /** The squared distance between a vector and a point. */
  public static double squaredDistance(float[] vector, double[] point) {
    double sum = 0;
    for (int c = 0; c < point.length; c++) {
      sum += (vector[c] - point[c]) * (vector[c] - point[c]);
    }
    return sum;
  }

  /** The squared distance between two vectors. */
  public static double squaredDistance(float[] x, float[] y) {
    double sum = 0;
    for (int c = 0; c < x.length; c++) {
      sum += ((double) x[c] - y[c]) * ((double) x[c] - y[c]);
    }
    return sum;
  }

  /** Var_S: the mean of the squared distances from the mean. */
  public static double variance(float[][] vectors, int[] indices, double[] mean) {
    double sum = 0;
    for (int i : indices) {
      sum += squaredDistance(vectors[i], mean);
    }
    return sum / indices.length;
  }

  /** The largest distance between two of the vectors. */
  public static double diameter(float[][] vectors, int[] indices) {
    double largest = 0;
    for (int i : indices) {
      for (int j : indices) {
        largest = Math.max(largest, i < j ? squaredDistance(vectors[i], vectors[j]) : 0);
      }
    }
    return Math.sqrt(largest);
  }

  /** The largest distance of the vectors from a point. */
  public static double radius(float[][] vectors, int[] indices, double[] point) {
    double largest = 0;
    for (int i : indices) {
      largest = Math.max(largest, squaredDistance(vectors[i], point));
    }
    return Math.sqrt(largest);
  }

  /** The largest eigenvalue of the covariance {@code (1/|S|) sum (x_i - mean)(x_i - mean)'}. */
  public static double largestEigenvalue(float[][] vectors, int[] indices, double[] mean) {
    // The Gram matrix of the deviations has the same eigenvalues but for zeros, and is as small as S.
    int s = indices.length;
    double[][] gram = new double[s][s];
    for (int a = 0; a < s; a++) {
      for (int b = 0; b <= a; b++) {
        double sum = 0;
        for (int c = 0; c < mean.length; c++) {
          sum += (vectors[indices[a]][c] - mean[c]) * (vectors[indices[b]][c] - mean[c]);
        }
        gram[a][b] = sum / s;
        gram[b][a] = sum / s;
      }
    }
    return largestEigenvalue(gram);
  }

  /** By Jacobi's rotations, until what is left beside the diagonal is rounding. */
  private static double largestEigenvalue(double[][] a) {
    int n = a.length;
    double trace = 0;
    for (int i = 0; i < n; i++) {
      trace += a[i][i];
    }
    for (int sweep = 0; sweep < 30; sweep++) {
      double largest = 0;
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          largest = Math.max(largest, Math.abs(a[p][q]));
          if (a[p][q] != 0) {
            rotate(a, p, q);
          }
        }
      }
      if (largest <= 1e-15 * trace) {
        break;
      }
    }
    double largest = 0;
    for (int i = 0; i < n; i++) {
      largest = Math.max(largest, a[i][i]);
    }
    return largest;
  }

  private static void rotate(double[][] a, int p, int q) {
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(theta, 1));
    double cosine = 1 / Math.hypot(t, 1);
    double sine = t * cosine;
    for (int k = 0; k < a.length; k++) {
      double left = a[k][p];
      double right = a[k][q];
      a[k][p] = cosine * left - sine * right;
      a[k][q] = sine * left + cosine * right;
    }
    for (int k = 0; k < a.length; k++) {
      double upper = a[p][k];
      double lower = a[q][k];
      a[p][k] = cosine * upper - sine * lower;
      a[q][k] = sine * upper + cosine * lower;
    }
  }

  /** True if no coordinate is NaN or infinite. */
  public static boolean isFinite(float[] vector) {
    for (float value : vector) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /** A random direction of length 1. */
  static double[] direction(int d, RandomGenerator random) {
    double[] direction = new double[d];
    double sum = 0;
    for (int c = 0; c < d; c++) {
      direction[c] = random.nextGaussian();
      sum += direction[c] * direction[c];
    }
    double length = Math.sqrt(sum);
    Arrays.setAll(direction, c -> direction[c] / length);
    return direction;
  }
}
