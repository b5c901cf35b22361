package org.monna.kernel;

import java.util.Arrays;

/** One block of the canonical sums of squares, in float and, where that lost digits, in double. See {@link Kernels}. */
public final class SumsOfSquares {

  private SumsOfSquares() {}

  /** The squared distance over a block of at most {@link Kernels#BLOCK} coordinates. */
  static double distance(float[] x, float[] y, int from, int to) {
    float[] lanes = new float[Kernels.LANES];
    int laned = to - (to - from) % Kernels.LANES;
    for (int c = from; c < laned; c += Kernels.LANES) {
      for (int k = 0; k < Kernels.LANES; k++) {
        float e = x[c + k] - y[c + k];
        lanes[k] += e * e;
      }
    }
    float sum = fold(lanes);
    for (int c = laned; c < to; c++) {
      float e = x[c] - y[c];
      sum += e * e;
    }
    return isExact(sum) ? sum : distanceInDouble(x, y, from, to);
  }

  /** The squared norm over a block of at most {@link Kernels#BLOCK} coordinates. */
  static double norm(float[] x, int from, int to) {
    float[] lanes = new float[Kernels.LANES];
    int laned = to - (to - from) % Kernels.LANES;
    for (int c = from; c < laned; c += Kernels.LANES) {
      for (int k = 0; k < Kernels.LANES; k++) {
        lanes[k] += x[c + k] * x[c + k];
      }
    }
    float sum = fold(lanes);
    for (int c = laned; c < to; c++) {
      sum += x[c] * x[c];
    }
    return isExact(sum) ? sum : normInDouble(x, from, to);
  }

  /** True if a block sum in float has lost nothing to underflow or overflow. */
  public static boolean isExact(float sum) {
    return sum >= Kernels.SMALLEST && sum <= Float.MAX_VALUE;
  }

  /** The squared distance over a block in double; positive infinity if a coordinate is not finite. */
  public static double distanceInDouble(float[] x, float[] y, int from, int to) {
    if (Arrays.equals(x, from, to, y, from, to) && isFinite(x, from, to)) {
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
    double sum = fold(lanes);
    for (int c = laned; c < to; c++) {
      double e = (double) x[c] - y[c];
      sum += e * e;
    }
    return sum < Double.POSITIVE_INFINITY ? sum : Double.POSITIVE_INFINITY;
  }

  /** The squared norm over a block in double; positive infinity if a coordinate is not finite. */
  public static double normInDouble(float[] x, int from, int to) {
    double[] lanes = new double[Kernels.LANES];
    int laned = to - (to - from) % Kernels.LANES;
    for (int c = from; c < laned; c += Kernels.LANES) {
      for (int k = 0; k < Kernels.LANES; k++) {
        double e = x[c + k];
        lanes[k] += e * e;
      }
    }
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

  private static float fold(float[] lanes) {
    for (int half = Kernels.LANES / 2; half > 0; half /= 2) {
      for (int k = 0; k < half; k++) {
        lanes[k] += lanes[k + half];
      }
    }
    return lanes[0];
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
