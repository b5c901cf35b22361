package org.monna.baselines;

import org.monna.Aggregator;
import org.monna.Certificate;
import org.monna.Geometry;
import org.monna.Guarantee;
import org.monna.Plan;
import org.monna.spi.Admissible;

/**
 * Minimum diameter averaging (MDA, also "brute"): the mean of the n-f vectors with the least diameter.
 *
 * <pre>
 *   S = argmin over all sets of n-f vectors of max ||x_i - x_j||; ties by the first set in lexicographic order
 *   F = (1/(n-f)) sum of x_i over i in S
 * </pre>
 *
 * <p><b>Conventions</b>: ties are the rule rather than the exception, since the sets with one farthest pair in common
 * all have the same diameter.
 *
 * <p><b>Admissible</b>: n &gt; 2f, and as many sets as can be searched: all f for n &lt;= 64, f &lt;= 35 for n = 100,
 * f &lt;= 17 for n = 1,000, no f &gt; 0 for n &gt; 4,096. Beyond, an error names the largest f.
 *
 * <p><b>Cost</b>: all pairwise distances in pass 1, 2 n n doubles; pass 2 over n-f vectors. The sets are not listed: a
 * bisection over the distances asks whether f vectors cover all farther pairs, a search of at most about 1.47^f nodes
 * and mostly few. It is exact whatever the vectors; milliseconds for n = 30 and f = 10.
 *
 * <p><b>Non-finite input</b>: never chosen as long as there are at most f. If there are more, the mean of the finite
 * vectors.
 *
 * <p><b>Guarantee</b>: (f, lambda)-resilient with lambda = 2f/(n-f), which is tight, and (f, kappa)-robust with the
 * smaller of 8f^2/(n-f) and f/(n-2f) (1 + sqrt(n-f-1))^2.
 *
 * <p><b>References</b>: Rousseeuw 1985; El-Mhamdi et al., Genuinely Distributed Byzantine Machine Learning, PODC 2020,
 * arXiv 1905.03853; Farhadkhani et al., ICML 2022, arXiv 2205.12173 (lambda); kappa is proved in docs/proofs.md.
 *
 * @param f the number of arbitrary vectors
 */
public record MinimumDiameterAveraging(int f) implements Aggregator {

  public MinimumDiameterAveraging {
    Admissible.f("minimum-diameter-averaging", f);
  }

  @Override
  public Geometry.Need need(int n) {
    MinimumDiameterSearch.LIMIT.require(this, n, f);
    return Geometry.Need.PAIRWISE;
  }

  @Override
  public Plan plan(Geometry geometry) {
    return FiniteVectors.meanOfBest(geometry, f, MinimumDiameterSearch::find);
  }

  @Override
  public Certificate certificate(int n) {
    need(n);
    double h = n - f;
    double lambda = 2 * f / h;
    double root = 1 + Math.sqrt(h - 1);
    double kappa = Math.min(2 * h * lambda * lambda, root * root * f / (n - 2 * f));
    String source = "docs/proofs.md, minimum-diameter averaging";
    return Certificate.robust(n, f, kappa, source)
        .with(new Guarantee.Resilience(lambda, "Farhadkhani et al. 2022, arXiv 2205.12173; " + source));
  }

  @Override
  public String toString() {
    return "minimum-diameter-averaging(f=" + f + ")";
  }
}
