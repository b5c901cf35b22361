package org.monna.jmh;

import java.util.random.RandomGenerator;

/**
 * A smooth non-convex objective in closed form, with known constants: node i has the loss
 *
 * <pre>  Q_i(x) = sum over coordinates of phi(x[c] - a_i[c]),   phi(u) = u^2 / (1 + u^2)</pre>
 *
 * <p>phi is convex near 0 and concave beyond 1/sqrt(3), flat far away: -1/2 &lt;= phi'' &lt;= 2, so all losses are
 * {@value #SMOOTHNESS}-smooth. The a_i are spread around 1 in each coordinate and centred, so that the losses differ:
 * the mean over i of ||grad Q_i - grad Q||^2 is at most L^2 mean ||a_i - a||^2 = {@link #heterogeneity}. A stochastic gradient is
 * the gradient plus Gaussian noise of variance 1 in each coordinate, so sigma^2 = d.
 */
final class Objective {

  /** L, the largest second derivative of phi. */
  static final double SMOOTHNESS = 2;

  private final float[][] minima;

  /**
   * @param nodes the honest nodes
   * @param spread the standard deviation of the a_i in each coordinate
   */
  Objective(int nodes, int d, double spread, RandomGenerator random) {
    minima = new float[nodes][d];
    for (int c = 0; c < d; c++) {
      double mean = 0;
      for (float[] minimum : minima) {
        minimum[c] = (float) (spread * random.nextGaussian());
        mean += minimum[c] / nodes;
      }
      for (float[] minimum : minima) {
        minimum[c] += (float) (1 - mean);
      }
    }
  }

  int d() {
    return minima[0].length;
  }

  /** zeta^2, the bound on the mean of ||grad Q_i - grad Q||^2. */
  double heterogeneity() {
    double sum = 0;
    for (float[] minimum : minima) {
      for (float a : minimum) {
        sum += (a - 1.0) * (a - 1.0);
      }
    }
    return SMOOTHNESS * SMOOTHNESS * sum / minima.length;
  }

  private static float slope(float u) {
    float v = 1 + u * u;
    return 2 * u / (v * v);
  }

  /** A stochastic gradient of one node's loss. */
  void gradient(int node, float[] x, RandomGenerator noise, float[] out) {
    float[] minimum = minima[node];
    for (int c = 0; c < x.length; c++) {
      out[c] = slope(x[c] - minimum[c]) + (float) noise.nextGaussian();
    }
  }

  /** The gradient of the mean of the losses. */
  void meanGradient(double[] x, double[] out) {
    for (int c = 0; c < x.length; c++) {
      double sum = 0;
      for (float[] minimum : minima) {
        sum += slope((float) x[c] - minimum[c]);
      }
      out[c] = sum / minima.length;
    }
  }
}
