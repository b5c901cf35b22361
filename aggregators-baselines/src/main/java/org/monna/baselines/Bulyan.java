package org.monna.baselines;

import java.util.Arrays;
import org.monna.Aggregator;
import org.monna.Certificate;
import org.monna.Coordinatewise;
import org.monna.Geometry;
import org.monna.Mixing;
import org.monna.Plan;
import org.monna.spi.Admissible;

/**
 * Bulyan: Krum selects n-2f vectors one after the other; in each coordinate the mean of the n-4f selected values nearest to their median.
 *
 * <pre>
 *   repeat theta = n-2f times: move Krum's vector of those that are left to the selection
 *   F[c] = mean of the beta = theta-2f selected values nearest to the median of the selected values
 * </pre>
 *
 * <p><b>Conventions</b>: with m vectors left, a Krum score sums the squared distances to the max(1, m-f-2) nearest others that are left;
 * f stays and scores are formed anew after every removal, ties by lowest index. The median of an even number is the mid-point; of a value
 * below and one above it at the same distance the one below is kept. Some implementations use theta = n-2f-2, never update the scores, or
 * average several vectors in a round: these are other rules.
 *
 * <p><b>Admissible</b>: n &gt;= 4f+3.
 *
 * <p><b>Cost</b>: all pairwise distances once in pass 1, n n doubles; O(n^3) additions between; pass 2 over theta vectors with a network
 * of O(theta log^2 theta) comparisons a coordinate.
 *
 * <p><b>Non-finite input</b>: infinitely far, so never selected as long as there are at most f.
 *
 * <p><b>Guarantee</b>: (f, kappa)-robust with kappa = (2 sqrt((n-f-m)/m) + sqrt((n-f)/(n-3f)))^2, m = ceil((n-4f)/2), whatever theta vectors
 * are selected; 0 for f = 0, which is the mean. The selection is what makes an attack in few coordinates hard; this bound does not see it.
 *
 * <p><b>References</b>: El Mhamdi, Guerraoui, Rouault, The Hidden Vulnerability of Distributed Learning in Byzantium, ICML 2018, arXiv
 * 1802.07927; kappa is proved in docs/proofs.md.
 *
 * @param f the number of arbitrary vectors
 */
public record Bulyan(int f) implements Aggregator {

  public Bulyan {
    Admissible.f("bulyan", f);
  }

  @Override
  public Geometry.Need need(int n) {
    Admissible.require(n >= 4 * (long) f + 3, this, "n >= 4f + 3", n, f);
    return Geometry.Need.PAIRWISE;
  }

  @Override
  public Plan plan(Geometry geometry) {
    int theta = geometry.size() - 2 * f;
    return new Plan(
        Mixing.selection(geometry.size(), select(geometry, theta)),
        Coordinatewise.around((theta - 1) / 2, theta / 2 + 1, theta - 2 * f));
  }

  private int[] select(Geometry geometry, int theta) {
    int n = geometry.size();
    int[][] nearest = new int[n][];
    Arrays.setAll(nearest, i -> geometry.nearest(i, n));
    boolean[] gone = new boolean[n];
    int[] selected = new int[theta];
    for (int round = 0; round < theta; round++) {
      int neighbors = Math.max(1, n - round - f - 2);
      int best = -1;
      double least = Double.NaN;
      for (int i = 0; i < n; i++) {
        if (!gone[i]) {
          double score = score(geometry, i, nearest[i], gone, neighbors);
          if (best < 0 || score < least) {
            best = i;
            least = score;
          }
        }
      }
      gone[best] = true;
      selected[round] = best;
    }
    return selected;
  }

  /** The sum of the squared distances to the nearest others that are not gone, formed anew: a difference would lose digits. */
  private static double score(Geometry geometry, int i, int[] nearest, boolean[] gone, int neighbors) {
    double score = 0;
    int count = 0;
    for (int k = 1; k < nearest.length && count < neighbors; k++) {
      if (!gone[nearest[k]]) {
        score += geometry.squaredDistance(i, nearest[k]);
        count++;
      }
    }
    return score;
  }

  @Override
  public Certificate certificate(int n) {
    need(n);
    if (f == 0) {
      return Certificate.robust(n, 0, 0, "the mean of all vectors");
    }
    double h = n - f;
    int m = (n - 4 * f + 1) / 2;
    double root = 2 * Math.sqrt((h - m) / m) + Math.sqrt(h / (n - 3 * f));
    return Certificate.robust(n, f, root * root, "docs/proofs.md, Bulyan");
  }

  @Override
  public String toString() {
    return "bulyan(f=" + f + ")";
  }
}
