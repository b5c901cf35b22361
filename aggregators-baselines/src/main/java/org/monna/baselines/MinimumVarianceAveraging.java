package org.monna.baselines;

import org.monna.Aggregator;
import org.monna.Certificate;
import org.monna.Geometry;
import org.monna.Plan;
import org.monna.spi.Admissible;

/**
 * Minimum variance averaging (MVA): the mean of the n-f vectors with the least variance.
 *
 * <pre>
 *   S = argmin over all sets of n-f vectors of sum of ||x_i - mean_S||^2; ties by the first set in lexicographic order
 *   F = (1/(n-f)) sum of x_i over i in S
 * </pre>
 *
 * <p><b>Conventions</b>: variances that differ by less than 1e-12 of themselves are equal.
 *
 * <p><b>Admissible</b>: n &gt; 2f, and as many sets as can be searched: all f for n &lt;= 27, f &lt;= 10 for n = 30, f
 * &lt;= 7 for n = 40, f &lt;= 4 for n = 100, no f &gt; 0 for n &gt; 1,000. Beyond, an error names the largest f; {@code
 * caf} and {@code meanwo} are rules of the same kind in polynomial time.
 *
 * <p><b>Cost</b>: all pairwise distances in pass 1, (f + 4) n n doubles; pass 2 over n-f vectors. The sets are not
 * listed: a branch and bound visits a few thousand of 30 million for n = 30 and f = 10, in milliseconds, and takes a
 * second or so for vectors whose distances are all nearly equal. It is exact whatever the vectors.
 *
 * <p><b>Non-finite input</b>: never chosen as long as there are at most f. If there are more, the mean of the finite
 * vectors.
 *
 * <p><b>Guarantee</b>: with rho = f/(n-2f), (f, kappa)-robust with kappa = 4 rho, which is tight.
 *
 * <p><b>References</b>: the least-squares form of minimum diameter averaging; the bounds are proved in docs/proofs.md.
 *
 * @param f the number of arbitrary vectors
 */
public record MinimumVarianceAveraging(int f) implements Aggregator {

  public MinimumVarianceAveraging {
    Admissible.f("minimum-variance-averaging", f);
  }

  @Override
  public Geometry.Need need(int n) {
    MinimumVarianceSearch.LIMIT.require(this, n, f);
    return Geometry.Need.PAIRWISE;
  }

  @Override
  public Plan plan(Geometry geometry) {
    return FiniteVectors.meanOfBest(geometry, f, MinimumVarianceSearch::find);
  }

  @Override
  public Certificate certificate(int n) {
    need(n);
    return Certificate.robust(n, f, 4.0 * f / (n - 2 * f), "docs/proofs.md, minimum variance and SMEA");
  }

  @Override
  public String toString() {
    return "minimum-variance-averaging(f=" + f + ")";
  }
}
