package org.monna.kernel;

import java.util.Arrays;

/** One block of the canonical sums of squares, in float and, where that lost digits, in double. See {@link Kernels}. */
public final class SumsOfSquares {

  private SumsOfSquares() {}

  /** The squared distance over a block of at most {@link Kernels#BLOCK} coordinates. */
  static double distance(float[] x, float[] y, int from, int to) {
    float sum = distanceInFloat(x, y, from, to);
    return isExact(sum) ? sum : distanceInDouble(x, y, from, to, sum);
  }

  /** The squared norm over a block of at most {@link Kernels#BLOCK} coordinates. */
  static double norm(float[] x, int from, int to) {
    float sum = normInFloat(x, from, to);
    return isExact(sum) ? sum : normInDouble(x, from, to);
  }

  // Sixteen variables for the sixteen lanes: an array of them would be stored and loaded again with every addition.
  private static float distanceInFloat(float[] x, float[] y, int from, int to) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    float s8 = 0;
    float s9 = 0;
    float s10 = 0;
    float s11 = 0;
    float s12 = 0;
    float s13 = 0;
    float s14 = 0;
    float s15 = 0;
    int laned = to - (to - from) % Kernels.LANES;
    for (int c = from; c < laned; c += Kernels.LANES) {
      s0 += square(x[c] - y[c]);
      s1 += square(x[c + 1] - y[c + 1]);
      s2 += square(x[c + 2] - y[c + 2]);
      s3 += square(x[c + 3] - y[c + 3]);
      s4 += square(x[c + 4] - y[c + 4]);
      s5 += square(x[c + 5] - y[c + 5]);
      s6 += square(x[c + 6] - y[c + 6]);
      s7 += square(x[c + 7] - y[c + 7]);
      s8 += square(x[c + 8] - y[c + 8]);
      s9 += square(x[c + 9] - y[c + 9]);
      s10 += square(x[c + 10] - y[c + 10]);
      s11 += square(x[c + 11] - y[c + 11]);
      s12 += square(x[c + 12] - y[c + 12]);
      s13 += square(x[c + 13] - y[c + 13]);
      s14 += square(x[c + 14] - y[c + 14]);
      s15 += square(x[c + 15] - y[c + 15]);
    }
    float sum = fold(s0 + s8, s1 + s9, s2 + s10, s3 + s11, s4 + s12, s5 + s13, s6 + s14, s7 + s15);
    for (int c = laned; c < to; c++) {
      sum += square(x[c] - y[c]);
    }
    return sum;
  }

  private static float normInFloat(float[] x, int from, int to) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    float s8 = 0;
    float s9 = 0;
    float s10 = 0;
    float s11 = 0;
    float s12 = 0;
    float s13 = 0;
    float s14 = 0;
    float s15 = 0;
    int laned = to - (to - from) % Kernels.LANES;
    for (int c = from; c < laned; c += Kernels.LANES) {
      s0 += square(x[c]);
      s1 += square(x[c + 1]);
      s2 += square(x[c + 2]);
      s3 += square(x[c + 3]);
      s4 += square(x[c + 4]);
      s5 += square(x[c + 5]);
      s6 += square(x[c + 6]);
      s7 += square(x[c + 7]);
      s8 += square(x[c + 8]);
      s9 += square(x[c + 9]);
      s10 += square(x[c + 10]);
      s11 += square(x[c + 11]);
      s12 += square(x[c + 12]);
      s13 += square(x[c + 13]);
      s14 += square(x[c + 14]);
      s15 += square(x[c + 15]);
    }
    float sum = fold(s0 + s8, s1 + s9, s2 + s10, s3 + s11, s4 + s12, s5 + s13, s6 + s14, s7 + s15);
    for (int c = laned; c < to; c++) {
      sum += square(x[c]);
    }
    return sum;
  }

  private static float square(float e) {
    return e * e;
  }

  /** Folds by halves, from the eight sums of the first halving. */
  private static float fold(
      float s0, float s1, float s2, float s3, float s4, float s5, float s6, float s7) {
    return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
  }

  /** True if a block sum in float has lost nothing to underflow or overflow. */
  public static boolean isExact(float sum) {
    return sum >= Kernels.SMALLEST && sum <= Float.MAX_VALUE;
  }

  private static double distanceInDouble(float[] x, float[] y, int from, int to, float inFloat) {
    if (isSame(x, y, from, to, inFloat)) {
      return 0;
    }
    double[] lanes = new double[Kernels.LANES];
    int laned = to - (to - from) % Kernels.LANES;
    for (int c = from; c < laned; c += Kernels.LANES) {
      for (int k = 0; k < Kernels.LANES; k++) {
        double e = (double) x[c + k] - y[c + k];
        lanes[k] += e * e;
      }
    }
    return distance(lanes, x, y, laned, to);
  }

  private static double normInDouble(float[] x, int from, int to) {
    double[] lanes = new double[Kernels.LANES];
    int laned = to - (to - from) % Kernels.LANES;
    for (int c = from; c < laned; c += Kernels.LANES) {
      for (int k = 0; k < Kernels.LANES; k++) {
        double e = x[c + k];
        lanes[k] += e * e;
      }
    }
    return norm(lanes, x, laned, to);
  }

  /**
   * True if a squared distance in float, which is not exact, is 0 because the rows are the same. All coordinates are finite then:
   * the difference of two infinities would have made it NaN.
   */
  public static boolean isSame(float[] x, float[] y, int from, int to, float sum) {
    return sum == 0 && Arrays.equals(x, from, to, y, from, to);
  }

  /** The squared distance from its lanes, which are overwritten, and the coordinates beyond them; infinite rather than NaN. */
  public static double distance(double[] lanes, float[] x, float[] y, int laned, int to) {
    double sum = fold(lanes);
    for (int c = laned; c < to; c++) {
      double e = (double) x[c] - y[c];
      sum += e * e;
    }
    return sum < Double.POSITIVE_INFINITY ? sum : Double.POSITIVE_INFINITY;
  }

  /** The squared norm from its lanes, which are overwritten, and the coordinates beyond them; infinite rather than NaN. */
  public static double norm(double[] lanes, float[] x, int laned, int to) {
    double sum = fold(lanes);
    for (int c = laned; c < to; c++) {
      double e = x[c];
      sum += e * e;
    }
    return sum < Double.POSITIVE_INFINITY ? sum : Double.POSITIVE_INFINITY;
  }

  /** True if no coordinate is NaN or infinite. */
  public static boolean isFinite(float[] x, int from, int to) {
    for (int c = from; c < to; c++) {
      if (!Float.isFinite(x[c])) {
        return false;
      }
    }
    return true;
  }

  private static double fold(double[] lanes) {
    for (int half = Kernels.LANES / 2; half > 0; half /= 2) {
      for (int k = 0; k < half; k++) {
        lanes[k] += lanes[k + half];
      }
    }
    return lanes[0];
  }
}
