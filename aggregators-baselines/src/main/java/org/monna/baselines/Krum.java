package org.monna.baselines;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.monna.Aggregator;
import org.monna.Certificate;
import org.monna.Geometry;
import org.monna.Guarantee;
import org.monna.Plan;
import org.monna.spi.Admissible;
import org.monna.spi.Count;
import org.monna.spi.Order;

/**
 * Krum: the vector with the least sum of squared distances to its nearest others.
 *
 * <pre>
 *   score(i) = sum of ||x_i - x_j||^2 over the {@code neighbors} others nearest to x_i
 *   F = x_k, k the lowest index with the least score
 * </pre>
 *
 * <p><b>Conventions</b>: {@code neighbors} is n-f-1 unless given; Blanchard et al. use n-f-2. Distances are squared: without squares it is
 * another rule, for which the bound below is false.
 *
 * <p><b>Admissible</b>: n &gt; 2f, 1 &lt;= neighbors &lt; n (for n = 1 there are none).
 *
 * <p><b>Cost</b>: all pairwise distances in pass 1, n n doubles; pass 2 copies one vector; O(n^2 log n) between.
 *
 * <p><b>Non-finite input</b>: infinitely far, so never chosen as long as there are at most f.
 *
 * <p><b>Guarantee</b>: with f &lt;= v = neighbors &lt;= n-f-1, (f, kappa)-robust with kappa = 2/(v-f+1) (2v(n-f)/(n-f-1) + n-f), which is 6
 * (n-f)/(n-2f) for v = n-f-1; and (f, lambda)-resilient with lambda = 1 + sqrt(v/(v-f+1)). With fewer neighbours f vectors at one far place are
 * each other's nearest; with more, far vectors count in every score.
 *
 * <p><b>References</b>: Blanchard et al., NeurIPS 2017, arXiv 1703.02757; Allouah et al., AISTATS 2023, arXiv 2302.01772 (kappa for n-f-1);
 * both constants are proved in docs/proofs.md.
 *
 * @param f the number of arbitrary vectors
 * @param neighbors how many others a score sums over
 */
public record Krum(int f, Count neighbors) implements Aggregator {

  /** All others that can be honest: n-f-1. */
  public static final Count OTHERS = Count.honestMinus(1);

  public Krum {
    Admissible.f("krum", f);
    requireNonNull(neighbors, "neighbors");
  }

  /** With n-f-1 neighbours. */
  public Krum(int f) {
    this(f, OTHERS);
  }

  @Override
  public Geometry.Need need(int n) {
    Admissible.requireMajority(this, n, f);
    int count = neighbors.of(n, f);
    Admissible.require(n == 1 || (count >= 1 && count < n), this, "1 <= neighbors < n", n, f);
    return Geometry.Need.PAIRWISE;
  }

  @Override
  public Plan plan(Geometry geometry) {
    int n = geometry.size();
    return Plan.mean(n, Order.smallest(scores(geometry, neighbors.of(n, f))));
  }

  /** The sums of the least squared distances to others, added in ascending order so that the order of the vectors does not matter. */
  static double[] scores(Geometry geometry, int neighbors) {
    int n = geometry.size();
    double[] scores = new double[n];
    double[] distances = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        distances[j] = i == j ? -1 : geometry.squaredDistance(i, j);
      }
      Arrays.sort(distances);
      for (int k = 1; k <= Math.min(neighbors, n - 1); k++) {
        scores[i] += distances[k];
      }
    }
    return scores;
  }

  @Override
  public Certificate certificate(int n) {
    need(n);
    int v = neighbors.of(n, f);
    if (n == 1) {
      return Certificate.robust(n, f, 0, "the only vector");
    }
    if (v < f || v >= n - f) {
      return Certificate.none(
          n, f, "a bound needs f <= neighbors < n-f, but neighbors = %d, n = %d and f = %d".formatted(v, n, f));
    }
    double h = n - f;
    double kappa = 2.0 / (v - f + 1) * (2 * v * h / (h - 1) + h);
    return Certificate.robust(n, f, kappa, "Allouah et al. 2023, arXiv 2302.01772; docs/proofs.md, Krum")
        .with(new Guarantee.Resilience(1 + Math.sqrt(v / (v - f + 1.0)), "docs/proofs.md, Krum"));
  }

  @Override
  public String toString() {
    return neighbors.equals(OTHERS) ? "krum(f=" + f + ")" : "krum(f=%d, neighbors=%s)".formatted(f, neighbors);
  }
}
