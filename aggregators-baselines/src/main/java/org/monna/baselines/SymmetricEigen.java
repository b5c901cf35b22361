package org.monna.baselines;

import static org.monna.baselines.Dense.add;
import static org.monna.baselines.Dense.dot;
import static org.monna.baselines.Dense.multiply;

import java.util.Arrays;

/**
 * The largest eigenvalue of a symmetric matrix without negative ones worth mentioning, and a unit eigenvector, by the
 * method of Lanczos with full orthogonalisation: in at most n steps it makes the matrix tridiagonal, and mostly it is
 * done earlier. Time O(n^2) a step.
 *
 * <p>It would miss an eigenvector to which the first vector is perpendicular, so that one is pseudo-random, seeded with
 * the diagonal of the matrix: who could arrange the matrix around the vector would have changed the vector. The same
 * matrix gives the same bits.
 */
final class SymmetricEigen {

  private static final int STEPS = 300;
  private static final double TOLERANCE = 1e-11;

  private final double value;
  private final double[] vector;

  private SymmetricEigen(double value, double[] vector) {
    this.value = value;
    this.vector = vector;
  }

  /** The largest eigenvalue, to rounding. */
  double value() {
    return value;
  }

  /**
   * A unit vector with {@code ||A vector - value vector|| <= 1e-11 value}, or after {@link #STEPS} steps the best one
   * found.
   */
  double[] vector() {
    return vector;
  }

  static SymmetricEigen largest(double[][] matrix) {
    int n = matrix.length;
    double scale = 0;
    for (double[] row : matrix) {
      scale = Math.max(scale, Arrays.stream(row).map(Math::abs).max().orElse(0));
    }
    if (scale == 0) {
      double[] any = new double[n];
      any[0] = 1;
      return new SymmetricEigen(0, any);
    }
    int most = Math.min(n, STEPS);
    double[][] basis = new double[most][];
    double[] diagonal = new double[most];
    double[] beside = new double[most];
    basis[0] = start(matrix, Math.getExponent(scale));
    for (int k = 0; ; k++) {
      double[] next = multiply(matrix, basis[k]);
      diagonal[k] = dot(basis[k], next);
      // Twice is enough to lose no digit.
      for (int twice = 0; twice < 2; twice++) {
        for (int j = k; j >= 0; j--) {
          add(-dot(basis[j], next), basis[j], next);
        }
      }
      double norm = Math.sqrt(dot(next, next));
      SymmetricEigen small = Tridiagonal.largest(diagonal, beside, k + 1);
      double residual = norm * Math.abs(small.vector[k]);
      if (k + 1 == most || norm <= 1e-15 * n * scale || residual <= TOLERANCE * small.value) {
        double[] vector = new double[n];
        for (int j = 0; j <= k; j++) {
          add(small.vector[j], basis[j], vector);
        }
        return new SymmetricEigen(Math.max(0, small.value), vector);
      }
      beside[k] = norm;
      basis[k + 1] = scaled(next, 1 / norm);
    }
  }

  /** The first vector, the same for a matrix that is 2^k times larger: scaled vectors shall have scaled results. */
  private static double[] start(double[][] matrix, int exponent) {
    long seed = matrix.length;
    for (int i = 0; i < matrix.length; i++) {
      seed = mix(seed + Double.doubleToRawLongBits(Math.scalb(matrix[i][i], -exponent)));
    }
    double[] start = new double[matrix.length];
    for (int i = 0; i < start.length; i++) {
      start[i] = (mix(seed + i * 0x9e3779b97f4a7c15L) >> 11) * 0x1p-52;
    }
    return scaled(start, 1 / Math.sqrt(dot(start, start)));
  }

  /** The finaliser of SplitMix64. */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  private static double[] scaled(double[] x, double factor) {
    return Arrays.stream(x).map(value -> value * factor).toArray();
  }

  /** The largest eigenvalue of a tridiagonal matrix, and its unit eigenvector. */
  private static final class Tridiagonal {

    private Tridiagonal() {}

    /**
     * Bisection down to the rounding, with the number of positive pivots of {@code T - x I} as the guide, then the
     * eigenvector by two eliminations that meet where it is largest. x ends just above the eigenvalue, where all pivots
     * are negative: nothing can break down.
     */
    static SymmetricEigen largest(double[] a, double[] b, int n) {
      double low = Double.NEGATIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < n; i++) {
        low = Math.max(low, a[i]);
        high = Math.max(high, a[i] + (i > 0 ? b[i - 1] : 0) + (i + 1 < n ? b[i] : 0));
      }
      high += Math.abs(high) * 1e-15 + Double.MIN_NORMAL;
      for (double middle = low + (high - low) / 2; low < middle && middle < high; middle = low + (high - low) / 2) {
        if (isAbove(middle, a, b, n)) {
          high = middle;
        } else {
          low = middle;
        }
      }
      return new SymmetricEigen(high, vector(high, a, b, n));
    }

    private static boolean isAbove(double x, double[] a, double[] b, int n) {
      double pivot = a[0] - x;
      for (int i = 1; i < n && pivot < 0; i++) {
        pivot = a[i] - x - b[i - 1] * b[i - 1] / pivot;
      }
      return pivot < 0;
    }

    /** A pivot to divide by: rounding may make one zero that is just below. */
    private static double negative(double pivot) {
      return pivot < 0 ? pivot : -Double.MIN_NORMAL;
    }

    private static double[] vector(double x, double[] a, double[] b, int n) {
      double[] down = new double[n];
      double[] up = new double[n];
      for (int i = 0; i < n; i++) {
        down[i] = negative(a[i] - x - (i > 0 ? b[i - 1] * b[i - 1] / down[i - 1] : 0));
      }
      int twist = n - 1;
      double best = Double.POSITIVE_INFINITY;
      for (int i = n - 1; i >= 0; i--) {
        up[i] = negative(a[i] - x - (i + 1 < n ? b[i] * b[i] / up[i + 1] : 0));
        double meeting = Math.abs(down[i] + up[i] - (a[i] - x));
        if (meeting < best) {
          best = meeting;
          twist = i;
        }
      }
      double[] vector = new double[n];
      vector[twist] = 1;
      for (int i = twist - 1; i >= 0; i--) {
        vector[i] = -vector[i + 1] * b[i] / down[i];
      }
      for (int i = twist + 1; i < n; i++) {
        vector[i] = -vector[i - 1] * b[i - 1] / up[i];
      }
      return scaled(vector, 1 / Math.sqrt(dot(vector, vector)));
    }
  }
}
