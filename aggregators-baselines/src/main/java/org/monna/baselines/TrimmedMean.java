package org.monna.baselines;

import org.monna.Aggregator;
import org.monna.Certificate;
import org.monna.Coordinatewise;
import org.monna.Geometry;
import org.monna.Plan;
import org.monna.spi.Admissible;

/**
 * The coordinate-wise trimmed mean: in each coordinate the mean of what is left without the f smallest and the f largest values.
 *
 * <p><b>Admissible</b>: n &gt; 2f.
 *
 * <p><b>Cost</b>: one pass over the data and a selection network of O(n log^2 n) comparisons a coordinate; a tile of n rows as memory.
 *
 * <p><b>Non-finite input</b>: NaN counts as positive infinity; up to f of them in a coordinate are trimmed. Only what is kept is summed.
 *
 * <p><b>Guarantee</b>: (f, kappa)-robust with kappa = f/(n-2f), the least that any rule can have; the published value is 6 rho (1 + rho)
 * with rho = f/(n-2f). The result lies, in each coordinate, between the least and the largest value of every S.
 *
 * <p><b>References</b>: Yin et al., ICML 2018, arXiv 1803.01498; Allouah et al., AISTATS 2023, arXiv 2302.01772; the exact kappa
 * is proved in docs/proofs.md.
 *
 * @param f the number of arbitrary vectors
 */
public record TrimmedMean(int f) implements Aggregator {

  public TrimmedMean {
    Admissible.f("trimmed-mean", f);
  }

  @Override
  public Geometry.Need need(int n) {
    Admissible.requireMajority(this, n, f);
    return Geometry.Need.NONE;
  }

  @Override
  public Plan plan(Geometry geometry) {
    int n = geometry.size();
    return Plan.coordinatewise(n, Coordinatewise.ranks(f, n - f));
  }

  @Override
  public Certificate certificate(int n) {
    need(n);
    return Certificate.robust(n, f, (double) f / (n - 2 * f), "docs/proofs.md, trimmed mean");
  }

  @Override
  public String toString() {
    return "trimmed-mean(f=" + f + ")";
  }
}
