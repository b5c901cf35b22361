package org.monna.baselines;

import org.monna.Aggregator;
import org.monna.Certificate;
import org.monna.Coordinatewise;
import org.monna.Geometry;
import org.monna.Plan;
import org.monna.spi.Admissible;

/**
 * Phocas: in each coordinate the mean of the n-f values nearest to the {@linkplain TrimmedMean trimmed mean}.
 *
 * <pre>
 *   t[c] = mean of x_1[c], ..., x_n[c] without the f smallest and the f largest
 *   F[c] = mean of the n-f values x_i[c] nearest to t[c]
 * </pre>
 *
 * <p><b>Conventions</b>: of a value below and one above t at the same distance the one below is kept, so the order of the vectors does
 * not matter.
 *
 * <p><b>Admissible</b>: n &gt; 2f.
 *
 * <p><b>Cost</b>: one pass over the data and a network of O(n log^2 n) comparisons a coordinate, of which those that only order the
 * middle n-2f values are left out; a tile of n rows as memory.
 *
 * <p><b>Non-finite input</b>: NaN counts as positive infinity; up to f of them in a coordinate are trimmed from t and farthest from it.
 *
 * <p><b>Guarantee</b>: (f, kappa)-robust with kappa = 4f/(n-2f), four times the least that any rule can have. It is tight. In one dimension also |F -
 * mean_S| &lt;= 2f/(n-f) diameter(S). The result can lie outside the range of S.
 *
 * <p><b>References</b>: Xie, Koyejo, Gupta, Phocas: dimensional Byzantine-resilient stochastic gradient descent, 2018, arXiv 1805.09682;
 * the bound is proved in docs/proofs.md.
 *
 * @param f the number of arbitrary vectors
 */
public record Phocas(int f) implements Aggregator {

  public Phocas {
    Admissible.f("phocas", f);
  }

  @Override
  public Geometry.Need need(int n) {
    Admissible.requireMajority(this, n, f);
    return Geometry.Need.NONE;
  }

  @Override
  public Plan plan(Geometry geometry) {
    int n = geometry.size();
    return Plan.coordinatewise(n, Coordinatewise.around(f, n - f, n - f));
  }

  @Override
  public Certificate certificate(int n) {
    need(n);
    return Certificate.robust(n, f, 4.0 * f / (n - 2 * f), "docs/proofs.md, Phocas");
  }

  @Override
  public String toString() {
    return "phocas(f=" + f + ")";
  }
}
