package org.monna;

import static java.util.Objects.requireNonNull;

/**
 * What a rule decided: {@code out[c] = phi(M X[:, c])} for every coordinate c.
 *
 * @param mixing the m x n weights M
 * @param phi the function of the m numbers, the same for every coordinate
 */
public record Plan(Mixing mixing, Coordinatewise phi) {

  public Plan {
    requireNonNull(mixing, "mixing");
    requireNonNull(phi, "phi");
    phi.check(mixing.rows());
  }

  /** One row of weights: {@code out = sum_i weights[i] x_i}. Vectors of weight 0 are not read. */
  public static Plan weights(double... weights) {
    return new Plan(Mixing.of(new double[][] {weights}), Coordinatewise.single());
  }

  /** The mean of the vectors with these indices; the others are not read. */
  public static Plan mean(int n, int... selected) {
    double[] weights = new double[n];
    for (int i : selected) {
      weights[i] = 1.0 / selected.length;
    }
    return weights(weights);
  }

  /** One function of the n vectors themselves, coordinate by coordinate. */
  public static Plan coordinatewise(int n, Coordinatewise phi) {
    return new Plan(Mixing.identity(n), phi);
  }

  /** This plan for vectors that come out of a mixing: {@code phi((M P) X)}. */
  Plan after(Mixing first) {
    return new Plan(mixing.after(first), phi);
  }
}
