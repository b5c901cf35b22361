package org.monna.baselines;

import org.monna.Aggregator;
import org.monna.Certificate;
import org.monna.Geometry;
import org.monna.Plan;
import org.monna.spi.Admissible;
import org.monna.spi.Order;

/**
 * MeanwO, an approximate 1-mean clustering with outliers: the mean of the n-f vectors nearest to {@linkplain Krum Krum's} vector.
 *
 * <pre>
 *   p = the lowest index with the least sum of squared distances to its n-f-1 nearest others
 *   F = (1/(n-f)) sum of x_j over the n-f nearest to x_p, x_p itself included; ties by lowest index
 * </pre>
 *
 * <p><b>Admissible</b>: n &gt; 2f.
 *
 * <p><b>Cost</b>: all pairwise distances in pass 1, n n doubles; pass 2 over n-f vectors; O(n^2 log n) between. As much as Krum, whose bound
 * does not vanish with f/n.
 *
 * <p><b>Non-finite input</b>: infinitely far, so neither pivot nor neighbour as long as there are at most f.
 *
 * <p><b>Guarantee</b>: (f, kappa)-robust with kappa = (3 + 2 sqrt(2)) rho, rho = f/(n-2f); the published value is 6 rho (1 + rho).
 *
 * <p><b>References</b>: Yi et al., Near-Optimal Resilient Aggregation Rules for Distributed Learning Using 1-Center and 1-Mean Clustering
 * with Outliers, AAAI 2024, arXiv 2312.12835; the sharper kappa is proved in docs/proofs.md.
 *
 * @param f the number of arbitrary vectors
 */
public record MeanWithOutliers(int f) implements Aggregator {

  public MeanWithOutliers {
    Admissible.f("meanwo", f);
  }

  @Override
  public Geometry.Need need(int n) {
    Admissible.requireMajority(this, n, f);
    return Geometry.Need.PAIRWISE;
  }

  @Override
  public Plan plan(Geometry geometry) {
    int n = geometry.size();
    int pivot = Order.smallest(Krum.scores(geometry, n - f - 1));
    return Plan.mean(n, geometry.nearest(pivot, n - f));
  }

  @Override
  public Certificate certificate(int n) {
    need(n);
    double kappa = (3 + 2 * Math.sqrt(2)) * f / (n - 2 * f);
    return Certificate.robust(n, f, kappa, "docs/proofs.md, MeanwO");
  }

  @Override
  public String toString() {
    return "meanwo(f=" + f + ")";
  }
}
