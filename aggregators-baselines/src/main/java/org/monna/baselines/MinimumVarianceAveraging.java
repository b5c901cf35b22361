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
 * <p><b>Admissible</b>: n &gt; 2f.
 *
 * <p><b>Cost</b>: all pairwise distances in pass 1, (f + 2) n n doubles; pass 2 over n-f vectors. The sets are not
 * listed: a branch and bound visits a few thousand of 30 million for n = 30 and f = 10, in milliseconds. It is exact
 * whatever the vectors for all admissible f if n &lt;= 22, and for n = 30 if f &lt;= 6. Beyond, it is exact unless that
 * would take more than some 3 million steps: then, and for n &gt; 400 or where the memory above would be more than 32
 * MB, the set is one with at most twice the least variance. A rule of the same kind in polynomial time is {@code caf}.
 *
 * <p><b>Non-finite input</b>: never chosen as long as there are at most f. If there are more, the mean of the finite
 * vectors.
 *
 * <p><b>Guarantee</b>: with rho = f/(n-2f), (f, kappa)-robust with kappa = 4 rho, which is tight; where the search may
 * be cut short, with (1 + sqrt(2))^2 rho.
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
    Admissible.requireMajority(this, n, f);
    return Geometry.Need.PAIRWISE;
  }

  @Override
  public Plan plan(Geometry geometry) {
    FiniteVectors finite = FiniteVectors.of(geometry);
    int honest = geometry.size() - f;
    return finite.size() <= honest
        ? finite.meanOfAll()
        : finite.mean(MinimumVarianceSearch.find(finite.squaredDistances(), honest));
  }

  @Override
  public Certificate certificate(int n) {
    need(n);
    double times = MinimumVarianceSearch.isExact(n, f) ? 1 : 2;
    return Certificate.robust(n, f, kappa(n, f, times), "docs/proofs.md, minimum variance and SMEA");
  }

  /** The kappa of the mean of a set with at most so many times the least spread. */
  static double kappa(int n, int f, double times) {
    double root = 1 + Math.sqrt(times);
    return root * root * f / (n - 2 * f);
  }

  @Override
  public String toString() {
    return "minimum-variance-averaging(f=" + f + ")";
  }
}
