package org.monna.baselines;

import java.util.Arrays;

/**
 * Vectors as they are seen from one of them, the centre: at which distance and in which direction, {@code x_i = centre
 * + R_i u_i}.
 *
 * <p>Points are sums {@code z = centre + sum_i b_i u_i}, held as the coefficients b; all that is ever asked of them
 * follows from the cosines {@code C = <u_i, u_j>}: {@code ||z - x_i||^2 = b'Cb - 2 R_i (Cb)_i + R_i^2}. Directions have
 * length one whatever the distance, so the terms of a far vector are as large as those of a near one, and nothing has
 * to cancel but what is close to z. The more usual {@code sum_j c_j D_ij - 1/2 c'Dc} adds the squares of far distances,
 * of which nothing should be left.
 *
 * <p>Distances are measured to about seven digits, and the difference of two of them tells little of the angle between
 * vectors that are at very different distances, and nothing from a ratio of some millions on. Where that matters, the
 * vectors are {@linkplain #again looked at again}, scaled to length one.
 */
final class SeenFrom {

  /** The ratio of distances from which on their difference tells nothing of an angle, which counts as a right one: 2^22. */
  private static final double ANGLE = 0x1p22;

  /** The distances from the centre. */
  final double[] radius;

  /** The cosines; 0 between a vector that lies at the centre, and so has no direction, and any other. */
  final double[][] cosine;

  /** As far as the distances tell. */
  SeenFrom(double[][] squared, int centre) {
    this(sqrt(squared[centre]), squared, centre);
  }

  /** With distances of other vectors in the same directions. */
  private SeenFrom(double[] radius, double[][] squared, int centre) {
    int n = squared.length;
    double[] length = sqrt(squared[centre]);
    this.radius = radius;
    cosine = new double[n][n];
    for (int i = 0; i < n; i++) {
      cosine[i][i] = 1;
      for (int j = 0; j < i; j++) {
        double sum = squared[centre][i] + squared[centre][j] - squared[i][j];
        boolean hasAngle = hasAngle(length[i], length[j]);
        cosine[i][j] = hasAngle ? Math.max(-1, Math.min(1, sum / (2 * length[i] * length[j]))) : 0;
        cosine[j][i] = cosine[i][j];
      }
    }
  }

  /** With the directions measured. */
  static SeenFrom again(FiniteVectors vectors, double[][] squared, int centre) {
    double[] radius = sqrt(squared[centre]);
    return new SeenFrom(radius, vectors.squaredDistancesOfDirections(centre, radius), centre);
  }

  private static boolean hasAngle(double x, double y) {
    return Math.max(x, y) < ANGLE * Math.min(x, y);
  }

  /** The product C b. */
  double[] project(double[] b) {
    return Dense.multiply(cosine, b);
  }

  /**
   * The vector with the least sum of the {@code count} least distances; if these are more than half of all, near most
   * vectors.
   */
  static int middle(double[][] squared, int count) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < squared.length; i++) {
      double sum = sumOfLeast(sqrt(squared[i]), count);
      if (sum < least) {
        least = sum;
        best = i;
      }
    }
    return best;
  }

  static double[] sqrt(double[] squares) {
    return Arrays.stream(squares).map(Math::sqrt).toArray();
  }

  static double sumOfLeast(double[] distances, int count) {
    double[] sorted = distances.clone();
    Arrays.sort(sorted);
    return Dense.sum(Arrays.copyOf(sorted, count));
  }
}
