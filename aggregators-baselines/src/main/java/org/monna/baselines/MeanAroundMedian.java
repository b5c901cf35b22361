package org.monna.baselines;

import org.monna.Aggregator;
import org.monna.Certificate;
import org.monna.Coordinatewise;
import org.monna.Geometry;
import org.monna.Plan;
import org.monna.spi.Admissible;

/**
 * Mean around the median (MeaMed): in each coordinate the mean of the n-f values nearest to the median.
 *
 * <pre>
 *   F[c] = mean of the n-f values x_i[c] nearest to median(x_1[c], ..., x_n[c])
 * </pre>
 *
 * <p><b>Conventions</b>: the median of an even number is the mid-point, as in ByzFL; others take the lower or the upper middle. Of a
 * value below and one above the median at the same distance the one below is kept, so the order of the vectors does not matter.
 *
 * <p><b>Admissible</b>: n &gt; 2f.
 *
 * <p><b>Cost</b>: one pass over the data and a network of O(n log^2 n) comparisons a coordinate, of which those that only order values
 * that are kept anyway are left out; a tile of n rows as memory.
 *
 * <p><b>Non-finite input</b>: NaN counts as positive infinity; up to f of them in a coordinate are farthest from the median.
 *
 * <p><b>Guarantee</b>: (f, kappa)-robust with kappa = min{4f/a, rho (1 + sqrt((n-f)/a))^2, 8f^2/(n-f)}, a = ceil(n/2) - f, rho =
 * f/(n-2f), at most 8 rho. In one dimension also |F - mean_S| &lt;= 2f/(n-f) diameter(S). The result can lie outside the range of S.
 *
 * <p><b>References</b>: Xie, Koyejo, Gupta, Generalized Byzantine-tolerant SGD, 2018, arXiv 1802.10116; the bounds are proved in
 * docs/proofs.md.
 *
 * @param f the number of arbitrary vectors
 */
public record MeanAroundMedian(int f) implements Aggregator {

  public MeanAroundMedian {
    Admissible.f("mean-around-median", f);
  }

  @Override
  public Geometry.Need need(int n) {
    Admissible.requireMajority(this, n, f);
    return Geometry.Need.NONE;
  }

  @Override
  public Plan plan(Geometry geometry) {
    int n = geometry.size();
    return Plan.coordinatewise(n, Coordinatewise.around((n - 1) / 2, n / 2 + 1, n - f));
  }

  @Override
  public Certificate certificate(int n) {
    need(n);
    double h = n - f;
    double a = (n + 1) / 2 - f;
    double root = 1 + Math.sqrt(h / a);
    double kappa = Math.min(Math.min(4 * f / a, f * root * root / (n - 2 * f)), 8.0 * f * f / h);
    return Certificate.robust(n, f, kappa, "docs/proofs.md, mean around median");
  }

  @Override
  public String toString() {
    return "mean-around-median(f=" + f + ")";
  }
}
