package org.monna.baselines;

import org.monna.Aggregator;
import org.monna.Certificate;
import org.monna.Geometry;
import org.monna.Mixing;
import org.monna.PreAggregator;

/**
 * Static clipping: every vector longer than c is scaled down to norm c.
 *
 * <pre>
 *   y_i = min(1, c / ||x_i||) x_i
 * </pre>
 *
 * <p><b>Admissible</b>: every n; c positive and finite.
 *
 * <p><b>Cost</b>: norms in pass 1, n doubles, which the rule's distances come on top of; before a rule that ends in one row of weights pass 2
 * is that of the rule.
 *
 * <p><b>Non-finite input</b>: becomes the zero vector, with weight 0.
 *
 * <p><b>Guarantee</b>: none: a c chosen beforehand knows nothing of the vectors, and n-f equal ones longer than c are moved. It bounds what
 * one vector can do to a linear rule, and has no kappa. {@link AdaptiveRobustClipping} chooses c from the vectors and has one.
 *
 * <p><b>Reference</b>: Allouah et al., Adaptive Gradient Clipping for Robust Federated Learning, ICLR 2025, arXiv 2405.14432, on why it
 * has no kappa.
 *
 * @param c the largest norm that is left as it is
 */
public record Clipping(double c) implements PreAggregator {

  public Clipping {
    if (!(c > 0 && c < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("clipping: c = " + c + " is not positive and finite");
    }
  }

  @Override
  public Geometry.Need need(int n) {
    return Geometry.Need.NORMS;
  }

  @Override
  public Geometry.Need need(int n, Geometry.Need wanted) {
    return need(n).and(wanted.ofScaled());
  }

  @Override
  public Mixing mixing(Geometry geometry) {
    double[] factors = new double[geometry.size()];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = factor(geometry, i, c);
    }
    return Mixing.diagonal(factors);
  }

  /** What vector i is multiplied by so that it is no longer than c; 0 if it is not finite. */
  static double factor(Geometry geometry, int i, double c) {
    double norm = Math.sqrt(geometry.squaredNorm(i));
    return norm > c ? c / norm : 1;
  }

  @Override
  public Certificate certificate(int n, Aggregator rule) {
    int f = rule.certificate(n).f();
    return Certificate.none(
        n, f, "vectors that agree are moved if they are longer than c = " + c + "; arc(f) clips with a guarantee");
  }

  @Override
  public String toString() {
    return "clipping(c=" + c + ")";
  }
}
