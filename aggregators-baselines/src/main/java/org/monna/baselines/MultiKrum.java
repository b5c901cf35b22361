package org.monna.baselines;

import static java.util.Objects.requireNonNull;

import org.monna.Aggregator;
import org.monna.Certificate;
import org.monna.Geometry;
import org.monna.Plan;
import org.monna.spi.Admissible;
import org.monna.spi.Count;
import org.monna.spi.Order;

/**
 * Multi-Krum: the mean of the m vectors with the least {@linkplain Krum Krum scores}, over n-f-1 others, squared; ties by lowest index.
 *
 * <p><b>Conventions</b>: m is n-f unless given; Blanchard et al. leave it free, others use n-f-2. The mean is unweighted.
 *
 * <p><b>Admissible</b>: n &gt; 2f, 1 &lt;= m &lt;= n.
 *
 * <p><b>Cost</b>: all pairwise distances in pass 1, n n doubles; pass 2 over m vectors; O(n^2 log n) between.
 *
 * <p><b>Non-finite input</b>: infinitely far, so not chosen for m &lt;= n-f as long as there are at most f.
 *
 * <p><b>Guarantee</b>: for m &lt;= n-f, (f, kappa)-robust with kappa = 6 (n-f)/(n-2f); for m = n-f also kappa = 2f (5n-4f) / ((n-f)(n-2f)),
 * which vanishes with f/n. For m &gt; n-f none: an arbitrary vector is always chosen.
 *
 * <p><b>References</b>: Blanchard et al., NeurIPS 2017, arXiv 1703.02757; the bounds are proved in docs/proofs.md.
 *
 * @param f the number of arbitrary vectors
 * @param m how many vectors are averaged
 */
public record MultiKrum(int f, Count m) implements Aggregator {

  /** As many as are honest: n-f. */
  public static final Count HONEST = Count.honestMinus(0);

  public MultiKrum {
    Admissible.f("multi-krum", f);
    requireNonNull(m, "m");
  }

  /** With m = n-f. */
  public MultiKrum(int f) {
    this(f, HONEST);
  }

  @Override
  public Geometry.Need need(int n) {
    Admissible.requireMajority(this, n, f);
    int selected = m.of(n, f);
    Admissible.require(selected >= 1 && selected <= n, this, "1 <= m <= n", n, f);
    return Geometry.Need.PAIRWISE;
  }

  @Override
  public Plan plan(Geometry geometry) {
    int n = geometry.size();
    return Plan.mean(n, Order.smallest(Krum.scores(geometry, n - f - 1), m.of(n, f)));
  }

  @Override
  public Certificate certificate(int n) {
    need(n);
    int selected = m.of(n, f);
    if (selected > n - f) {
      return Certificate.none(n, f, "m = " + selected + " > n - f: an arbitrary vector is always chosen");
    }
    double any = 6.0 * (n - f) / (n - 2 * f);
    if (selected < n - f) {
      return Certificate.robust(n, f, any, "docs/proofs.md, Multi-Krum");
    }
    double all = 2.0 * f * (5.0 * n - 4 * f) / ((double) (n - f) * (n - 2 * f));
    return Certificate.robust(n, f, Math.min(any, all), "docs/proofs.md, Multi-Krum");
  }

  @Override
  public String toString() {
    return m.equals(HONEST) ? "multi-krum(f=" + f + ")" : "multi-krum(f=%d, m=%s)".formatted(f, m);
  }
}
