package org.monna.baselines;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.monna.Geometry;

/**
 * The steps of centered clipping from vector 0 of a geometry, in the weights of the vectors: {@code v = sum a_i x_i},
 * at first {@code a_0 = 1}.
 *
 * <p>The distances of the first step are those from vector 0. Later ones are {@linkplain SeenFrom seen from} the vector
 * in the middle of more than half of all, around which few digits are needed: from zero, vectors close to each other
 * and far from it would look the same.
 */
final class ClippedSteps {

  private final Geometry geometry;
  private final double tau;
  private final double[] weights;
  private final FiniteVectors finite;
  private @Nullable SeenFrom seen;

  ClippedSteps(Geometry geometry, double tau) {
    this.geometry = geometry;
    this.tau = tau;
    this.weights = new double[geometry.size()];
    this.weights[0] = 1;
    this.finite = FiniteVectors.of(geometry);
  }

  double[] weights() {
    return weights;
  }

  void step() {
    int n = weights.length - 1;
    double[] squares = weights[0] == 1 ? squaresFromFirst() : squares();
    double[] shares = Arrays.stream(squares).map(square -> Math.min(1, tau / Math.sqrt(square)) / n).toArray();
    shares[0] = 0;
    double moved = Arrays.stream(shares).sum();
    Arrays.setAll(weights, i -> weights[i] * (1 - moved) + shares[i]);
  }

  private double[] squaresFromFirst() {
    double[] squares = new double[weights.length];
    Arrays.setAll(squares, i -> geometry.squaredDistance(0, i));
    return squares;
  }

  /** The squared distances from v; infinite for a vector that is not finite. */
  private double[] squares() {
    if (seen == null) {
      double[][] squared = finite.squaredDistances();
      seen = new SeenFrom(squared, SeenFrom.middle(squared, squared.length / 2 + 1));
    }
    double[] b = new double[finite.size()];
    for (int i = 0; i < b.length; i++) {
      b[i] = weights[finite.index(i)] * seen.radius[i];
    }
    double[] projected = seen.project(b);
    double square = Dense.dot(b, projected);
    double[] squares = new double[weights.length];
    Arrays.fill(squares, Double.POSITIVE_INFINITY);
    for (int i = 0; i < b.length; i++) {
      double r = seen.radius[i];
      squares[finite.index(i)] = Math.max(0, square - 2 * r * projected[i] + r * r);
    }
    return squares;
  }
}
