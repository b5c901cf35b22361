package org.monna.jmh;

import java.util.Arrays;

/**
 * The straight line {@code y = intercept + slope x} of least squares.
 *
 * @param rSquared the part of the variance of y that the line explains; 1 if y is constant and so is the line; NaN, like the others,
 *     if fewer than two different x are given
 */
record LineFit(double slope, double intercept, double rSquared) {

  static LineFit of(double[] x, double[] y) {
    double meanX = Arrays.stream(x).average().orElse(Double.NaN);
    double meanY = Arrays.stream(y).average().orElse(Double.NaN);
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xx += (x[i] - meanX) * (x[i] - meanX);
      xy += (x[i] - meanX) * (y[i] - meanY);
      yy += (y[i] - meanY) * (y[i] - meanY);
    }
    if (xx == 0) {
      return new LineFit(Double.NaN, Double.NaN, Double.NaN);
    }
    double slope = xy / xx;
    return new LineFit(slope, meanY - slope * meanX, yy == 0 ? 1 : xy * xy / (xx * yy));
  }
}
