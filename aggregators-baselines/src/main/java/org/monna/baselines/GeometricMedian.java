package org.monna.baselines;

import org.monna.Aggregator;
import org.monna.Certificate;
import org.monna.Geometry;
import org.monna.Plan;
import org.monna.spi.Admissible;

/**
 * The geometric median: the point with the least sum of distances to the vectors.
 *
 * <pre>
 *   F = argmin over z of sum of ||x_i - z||, to a tolerance:
 *   sum of ||x_i - F|| - least sum  &lt;=  epsilon * (sum of the least more than half of the ||x_i - F||)
 * </pre>
 *
 * <p><b>Conventions</b>: this is the minimiser, not a fixed number of steps towards one: a few smoothed Weiszfeld steps
 * from zero, which other implementations return, have no bound. The tolerance is relative to distances that are honest
 * for the most part: one relative to the whole sum would be worthless as soon as an arbitrary vector is far away.
 * Distances are measured to about seven digits, enough for an epsilon of 1e-7.
 *
 * <p><b>Admissible</b>: every n; it tolerates any f &lt; n/2 and need not be told.
 *
 * <p><b>Cost</b>: all pairwise distances in pass 1, 3 n n doubles, 6 n n if that pass is repeated; pass 2 over all vectors; between them mostly fewer
 * than ten steps of a Newton method in n dimensions, a few products with an n x n matrix each, and at most 100. A
 * vector pulls with the same strength from wherever it is; the direction of one that is more than a hundred times
 * farther away than the typical one is lost in the rounding of its distances, and if there is such a vector, pass 1 is
 * repeated once or twice for the directions, whatever the distance.
 *
 * <p><b>Non-finite input</b>: left out; the result is the geometric median of the others, for which the guarantee holds
 * as well.
 *
 * <p><b>Guarantee</b>: (f, kappa)-robust for every f &lt; n/2, with kappa = ((n-f + epsilon k) / (n-2f - epsilon k))^2,
 * k = floor(n/2) + 1, as long as the divisor is positive; that is ((n-f)/(n-2f))^2 for the exact minimiser. The
 * published value is 4 ((n-f)/(n-2f))^2.
 *
 * <p><b>References</b>: Weiszfeld, Tohoku Math. J. 43, 1937; Kuhn, Math. Programming 4, 1973; Vardi and Zhang, PNAS 97,
 * 2000; Pillutla et al., Robust Aggregation for Federated Learning, arXiv 1912.13445; Allouah et al., AISTATS 2023,
 * arXiv 2302.01772; the sharper constants are proved in docs/proofs.md.
 *
 * @param epsilon the tolerance, between 0 and 1; below 1e-7 the digits of the distances decide
 */
public record GeometricMedian(double epsilon) implements Aggregator {

  /** The tolerance unless one is given: 1e-6. */
  public static final double DEFAULT = 1e-6;

  public GeometricMedian {
    if (!(epsilon > 0 && epsilon < 1)) {
      throw new IllegalArgumentException("geometric-median: epsilon = " + epsilon + " is not between 0 and 1");
    }
  }

  /** To a millionth. */
  public GeometricMedian() {
    this(DEFAULT);
  }

  @Override
  public Geometry.Need need(int n) {
    return Geometry.Need.PAIRWISE;
  }

  @Override
  public Plan plan(Geometry geometry) {
    FiniteVectors finite = FiniteVectors.of(geometry);
    return finite.size() == 0
        ? finite.meanOfAll()
        : finite.weights(GeometricMedianSearch.weights(finite, epsilon));
  }

  @Override
  public Certificate certificate(int n) {
    return certificate(n, (n - 1) / 2);
  }

  @Override
  public Certificate certificate(int n, int f) {
    Admissible.f("geometric-median", f);
    if (n <= 2 * (long) f) {
      return Certificate.none(n, f, "half of the vectors can move the geometric median anywhere");
    }
    double slack = epsilon * (n / 2 + 1);
    double divisor = n - 2 * f - slack;
    if (divisor <= 0) {
      return Certificate.none(n, f, "epsilon = " + epsilon + " is too coarse for n - 2f = " + (n - 2 * f));
    }
    double root = (n - f + slack) / divisor;
    return Certificate.robust(n, f, root * root, "docs/proofs.md, geometric median");
  }

  /** The default tolerance is left out. */
  @Override
  public String toString() {
    return epsilon == DEFAULT ? "geometric-median" : "geometric-median(epsilon=" + epsilon + ")";
  }
}
