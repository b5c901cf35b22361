package org.monna.baselines;

import org.monna.Aggregator;
import org.monna.Certificate;
import org.monna.Geometry;
import org.monna.Mixing;
import org.monna.PreAggregator;
import org.monna.spi.Admissible;
import org.monna.spi.Order;

/**
 * Adaptive robust clipping (ARC): the k longest vectors are scaled down to the norm of the longest other one.
 *
 * <pre>
 *   k = floor(2 f (n-f) / n)
 *   C = the (k+1)-largest norm
 *   y_i = min(1, C / ||x_i||) x_i
 * </pre>
 *
 * <p><b>Conventions</b>: k is formed in whole numbers; in floating point it can come out one too small, as for n = 242, f = 33.
 *
 * <p><b>Admissible</b>: n &gt; 2f.
 *
 * <p><b>Cost</b>: norms in pass 1, n doubles, which the rule's distances come on top of; before a rule that ends in one row of weights pass 2
 * is that of the rule.
 *
 * <p><b>Non-finite input</b>: longest of all; among the k longest, of which there are at least f, it becomes the zero vector, with weight 0.
 * More than k are left for the rule to see.
 *
 * <p><b>Guarantee</b>: before a rule with (f, kappa)-robustness, {@code kappa' = kappa + k/(n-f-k)}, at most kappa + 2f/(n-2f).
 * The result of a rule within the hull of its vectors is no longer than C, which n-k vectors do not exceed.
 *
 * <p><b>Reference</b>: Allouah, Guerraoui, Gupta, Jellouli, Rizk, Stephan, Adaptive Gradient Clipping for Robust Federated Learning, ICLR
 * 2025, arXiv 2405.14432, with kappa' = 3 kappa; the sharper one is proved in docs/proofs.md.
 *
 * @param f the number of arbitrary vectors
 */
public record AdaptiveRobustClipping(int f) implements PreAggregator {

  public AdaptiveRobustClipping {
    Admissible.f("arc", f);
  }

  @Override
  public Geometry.Need need(int n) {
    Admissible.requireMajority(this, n, f);
    return Geometry.Need.NORMS;
  }

  @Override
  public Geometry.Need need(int n, Geometry.Need wanted) {
    return need(n).and(wanted.ofScaled());
  }

  /** How many vectors are clipped at the most. */
  int clipped(int n) {
    return (int) (2L * f * (n - f) / n);
  }

  @Override
  public Mixing mixing(Geometry geometry) {
    int n = geometry.size();
    double[] shortness = new double[n];
    for (int i = 0; i < n; i++) {
      shortness[i] = -geometry.squaredNorm(i);
    }
    int k = clipped(n);
    int[] longest = Order.smallest(shortness, k + 1);
    double c = Math.sqrt(geometry.squaredNorm(longest[k]));
    double[] factors = new double[n];
    for (int i = 0; i < n; i++) {
      factors[i] = Clipping.factor(geometry, i, c);
    }
    for (int j = 0; j < k; j++) {
      // If C is infinite as well, the quotient says nothing.
      factors[longest[j]] = geometry.isFinite(longest[j]) ? factors[longest[j]] : 0;
    }
    return Mixing.diagonal(factors);
  }

  @Override
  public Certificate certificate(int n, Aggregator rule) {
    need(n);
    Certificate after = rule.certificate(n, f);
    if (after.kappa().isEmpty()) {
      return Certificate.none(n, f, "arc needs a rule with a kappa for f = " + f + " after it; " + after);
    }
    int k = clipped(n);
    double kappa = after.kappa().getAsDouble() + (double) k / (n - f - k);
    return Certificate.robust(n, f, kappa, "docs/proofs.md, ARC, of " + rule);
  }

  @Override
  public String toString() {
    return "arc(f=" + f + ")";
  }
}
