package org.monna.baselines;

import org.monna.Aggregator;
import org.monna.Certificate;
import org.monna.Geometry;
import org.monna.Plan;
import org.monna.spi.Admissible;

/**
 * Smallest maximum eigenvalue averaging (SMEA): the mean of the n-f vectors whose covariance has the least largest
 * eigenvalue.
 *
 * <pre>
 *   S = argmin over all sets of n-f vectors of lambda_max(Cov_S),
 *       Cov_S = (1/(n-f)) sum over S of (x_i - mean_S) (x_i - mean_S)'; ties by the first set in lexicographic order
 *   F = (1/(n-f)) sum of x_i over i in S
 * </pre>
 *
 * <p><b>Conventions</b>: exact eigenvalues, not a power iteration from a random vector. Those that differ by less than
 * 1e-12 of themselves are equal.
 *
 * <p><b>Admissible</b>: n &gt; 2f, and as many sets as can be searched: all f for n &lt;= 27, f &lt;= 10 for n = 30, f
 * &lt;= 6 for n = 40, f &lt;= 3 for n = 100, no f &gt; 0 for n &gt; 128. Beyond, an error names the largest f; {@code
 * caf} is a rule of the same kind in polynomial time.
 *
 * <p><b>Cost</b>: all pairwise distances in pass 1, up to n^3 doubles; pass 2 over n-f vectors. The sets are not
 * listed: a branch and bound on eliminations takes some hundred thousand steps for n = 30 and f = 10, a fraction of a
 * second, and a few seconds where millions of sets are nearly as good as the best. It is exact whatever the vectors.
 *
 * <p><b>Non-finite input</b>: never chosen as long as there are at most f. If there are more, the mean of the finite
 * vectors.
 *
 * <p><b>Guarantee</b>: with rho = f/(n-2f), (f, kappa)-robust with kappa = 4 rho, which is tight, in the stronger sense
 * in which Var_S is replaced by {@code lambda_max(Cov_S)}. The published value is 4 rho (1 + rho).
 *
 * <p><b>References</b>: Allouah et al., On the Privacy-Robustness-Utility Trilemma in Distributed Learning, ICML 2023,
 * arXiv 2302.04787; the sharper constants are proved in docs/proofs.md.
 *
 * @param f the number of arbitrary vectors
 */
public record Smea(int f) implements Aggregator {

  public Smea {
    Admissible.f("smea", f);
  }

  @Override
  public Geometry.Need need(int n) {
    SpectralSearch.LIMIT.require(this, n, f);
    return Geometry.Need.PAIRWISE;
  }

  @Override
  public Plan plan(Geometry geometry) {
    return FiniteVectors.meanOfBest(geometry, f, SpectralSearch::find);
  }

  @Override
  public Certificate certificate(int n) {
    need(n);
    return Certificate.spectrallyRobust(
        n, f, 4.0 * f / (n - 2 * f), "docs/proofs.md, minimum variance and SMEA");
  }

  @Override
  public String toString() {
    return "smea(f=" + f + ")";
  }
}
