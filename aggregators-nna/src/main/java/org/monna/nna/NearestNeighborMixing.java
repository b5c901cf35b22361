package org.monna.nna;

import org.monna.Aggregator;
import org.monna.Certificate;
import org.monna.Geometry;
import org.monna.Mixing;
import org.monna.PreAggregator;
import org.monna.spi.Admissible;

/**
 * Nearest-neighbour mixing (NNM): every vector becomes the mean of the n-f nearest to it, itself included; ties by lowest index.
 *
 * <pre>
 *   y_i = (1/(n-f)) sum of x_j over the n-f nearest to x_i
 * </pre>
 *
 * <p><b>Admissible</b>: n &gt; 2f.
 *
 * <p><b>Cost</b>: all pairwise distances in pass 1, n n doubles. Before a rule that ends in one row of weights pass 2 is that of the rule.
 *
 * <p><b>Non-finite input</b>: such vectors are nobody's neighbours but their own, as long as there are at most f.
 *
 * <p><b>Guarantee</b>: after it, a rule with (f, kappa)-robustness has {@code kappa' = M (kappa + 1)}, M the least of 8f/(n-f) and (3 + 2 sqrt(2))
 * f/(n-2f). This helps rules whose kappa does not vanish with f/n; the trimmed mean alone is better in this measure.
 *
 * <p><b>Reference</b>: Allouah et al., Fixing by Mixing: A Recipe for Optimal Byzantine ML under Heterogeneity, AISTATS 2023, arXiv
 * 2302.01772 (M = 8f/(n-f)); both forms of M are proved in docs/proofs.md.
 *
 * @param f the number of arbitrary vectors
 */
public record NearestNeighborMixing(int f) implements PreAggregator {

  public NearestNeighborMixing {
    Admissible.f("nnm", f);
  }

  @Override
  public Geometry.Need need(int n) {
    Admissible.requireMajority(this, n, f);
    return Geometry.Need.PAIRWISE;
  }

  @Override
  public Mixing mixing(Geometry geometry) {
    int n = geometry.size();
    double[][] weights = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j : geometry.nearest(i, n - f)) {
        weights[i][j] = 1.0 / (n - f);
      }
    }
    return Mixing.of(weights);
  }

  @Override
  public Certificate certificate(int n, Aggregator rule) {
    need(n);
    Certificate after = rule.certificate(n, f);
    if (after.kappa().isEmpty()) {
      return Certificate.none(n, f, "nnm needs a rule with a kappa for f = " + f + " after it; " + after);
    }
    double kappa = reduction(n, f) * (after.kappa().getAsDouble() + 1);
    return Certificate.robust(n, f, kappa, "docs/proofs.md, nearest-neighbour mixing, before " + rule);
  }

  /** The factor M of the mixing lemma: {@code Var_S(y) + ||mean_S(y) - mean_S(x)||^2 <= M Var_S(x)}. */
  static double reduction(int n, int f) {
    return Math.min(8.0 * f / (n - f), (3 + 2 * Math.sqrt(2)) * f / (n - 2 * f));
  }

  @Override
  public String toString() {
    return "nnm(f=" + f + ")";
  }
}
