package org.monna.baselines;

import org.monna.Aggregator;
import org.monna.Certificate;
import org.monna.Geometry;
import org.monna.Guarantee;
import org.monna.Plan;
import org.monna.spi.Admissible;
import org.monna.spi.Order;

/**
 * CenterwO, an approximate 1-center with outliers: the mean of the n-f vectors in the smallest ball around one of them.
 *
 * <pre>
 *   R_i = the distance from x_i to the farthest of the n-f vectors nearest to it, x_i itself included
 *   p = the lowest index with the least R_p
 *   F = (1/(n-f)) sum of x_j over the n-f nearest to x_p; ties by lowest index
 * </pre>
 *
 * <p><b>Admissible</b>: n &gt; 2f.
 *
 * <p><b>Cost</b>: all pairwise distances in pass 1, n n doubles; pass 2 over n-f vectors; O(n^2 log n) between. For as much as Krum costs it
 * has a lambda of the order of that of {@link MinimumDiameterAveraging}, which searches.
 *
 * <p><b>Non-finite input</b>: infinitely far, so neither centre nor neighbour as long as there are at most f.
 *
 * <p><b>Guarantee</b>: (f, lambda)-resilient with lambda = 3f/(n-f). With h = n-f, r = f/h, rho = f/(n-2f), R = 1 + sqrt(h-1), (f,
 * kappa)-robust with kappa the smaller of (2rR + r sqrt(rho) + sqrt(r))^2, which is O(f^2/n), and rho (1 + R sqrt(1-1/h))^2.
 *
 * <p><b>References</b>: Yi et al., Near-Optimal Resilient Aggregation Rules for Distributed Learning Using 1-Center and 1-Mean Clustering
 * with Outliers, AAAI 2024, arXiv 2312.12835, with lambda = (2 sqrt(2) + 1) f/(n-f); the constants above are proved in docs/proofs.md.
 *
 * @param f the number of arbitrary vectors
 */
public record CenterWithOutliers(int f) implements Aggregator {

  public CenterWithOutliers {
    Admissible.f("centerwo", f);
  }

  @Override
  public Geometry.Need need(int n) {
    Admissible.requireMajority(this, n, f);
    return Geometry.Need.PAIRWISE;
  }

  @Override
  public Plan plan(Geometry geometry) {
    int n = geometry.size();
    int[][] balls = new int[n][];
    double[] radii = new double[n];
    for (int i = 0; i < n; i++) {
      balls[i] = geometry.nearest(i, n - f);
      radii[i] = geometry.squaredDistance(i, balls[i][n - f - 1]);
    }
    return Plan.mean(n, balls[Order.smallest(radii)]);
  }

  @Override
  public Certificate certificate(int n) {
    need(n);
    double h = n - f;
    double r = f / h;
    double rho = (double) f / (n - 2 * f);
    double radius = 1 + Math.sqrt(h - 1);
    double few = 2 * r * radius + r * Math.sqrt(rho) + Math.sqrt(r);
    double many = Math.sqrt(rho) * (1 + radius * Math.sqrt(1 - 1 / h));
    double error = Math.min(few, many);
    String source = "docs/proofs.md, CenterwO";
    return Certificate.robust(n, f, error * error, source).with(new Guarantee.Resilience(3 * r, source));
  }

  @Override
  public String toString() {
    return "centerwo(f=" + f + ")";
  }
}
