package org.monna.baselines;

import org.monna.Aggregator;
import org.monna.Certificate;
import org.monna.Coordinatewise;
import org.monna.Geometry;
import org.monna.Plan;
import org.monna.spi.Admissible;

/**
 * The coordinate-wise median; of an even number of values the mid-point of the two middle ones.
 *
 * <p><b>Admissible</b>: every n; it tolerates any f &lt; n/2 and need not be told.
 *
 * <p><b>Cost</b>: one pass over the data and a selection network of O(n log^2 n) comparisons a coordinate; a tile of n rows as memory.
 *
 * <p><b>Non-finite input</b>: NaN counts as positive infinity; fewer than n/2 of them in a coordinate cannot reach the middle.
 *
 * <p><b>Guarantee</b>: (f, kappa)-robust for every f &lt; n/2, with kappa = (n-1)/(n+1-2f) for odd n, which is tight, and n/(n-2f) for even
 * n. The published value is 4 ((n-f)/(n-2f))^2. The result lies, in each coordinate, between the least and the largest value of every S.
 *
 * <p><b>References</b>: Yin et al., ICML 2018, arXiv 1803.01498; Allouah et al., AISTATS 2023, arXiv 2302.01772; the sharper
 * constants are proved in docs/proofs.md.
 */
public record Median() implements Aggregator {

  @Override
  public Geometry.Need need(int n) {
    return Geometry.Need.NONE;
  }

  @Override
  public Plan plan(Geometry geometry) {
    int n = geometry.size();
    return Plan.coordinatewise(n, Coordinatewise.ranks((n - 1) / 2, n / 2 + 1));
  }

  @Override
  public Certificate certificate(int n) {
    return certificate(n, (n - 1) / 2);
  }

  @Override
  public Certificate certificate(int n, int f) {
    Admissible.f("median", f);
    if (n <= 2 * (long) f) {
      return Certificate.none(n, f, "half of the vectors can move the median anywhere");
    }
    double kappa = n % 2 == 1 ? (n - 1.0) / (n + 1 - 2 * f) : (double) n / (n - 2 * f);
    return Certificate.robust(n, f, kappa, "docs/proofs.md, median");
  }

  @Override
  public String toString() {
    return "median";
  }
}
