package org.monna.simulation.mixing;

import java.util.Arrays;
import org.monna.Aggregator;
import org.monna.Certificate;
import org.monna.Geometry;
import org.monna.Geometry.Need;
import org.monna.Plan;
import org.monna.baselines.CenteredClipping;

/**
 * Centered clipping around the node's own vector, which is vector 0 and counts as one of the n (He, Karimireddy, Jaggi,
 * Byzantine-Robust Decentralized Learning via ClippedGossip, arXiv 2202.01545; "self-centered clipping" in the
 * experiments of arXiv 2209.10931).
 *
 * @param rule the clipping, which itself starts from zero: it is given the vectors as they are seen from the node's own
 */
public record SelfCentredClipping(CenteredClipping rule) implements Aggregator {

  @Override
  public Need need(int n) {
    return rule.iterations() == 1 ? Need.fromPivot(0) : Need.PAIRWISE;
  }

  @Override
  public Plan plan(Geometry geometry) {
    int n = geometry.size();
    // For later steps the vectors themselves are not at hand: their distances follow from all distances.
    Need need = rule.iterations() == 1 ? Need.NORMS : Need.NORMS.and(Need.PAIRWISE);
    double[] fromOwn = new double[n];
    double[] pairwise = new double[need.pairwise() ? Geometry.pair(n, 0) : 0];
    boolean[] nonFinite = new boolean[n];
    for (int i = 0; i < n; i++) {
      fromOwn[i] = geometry.squaredDistance(0, i);
      nonFinite[i] = !geometry.isFinite(i);
      for (int j = 0; j < i && need.pairwise(); j++) {
        pairwise[Geometry.pair(i, j)] = geometry.squaredDistance(i, j);
      }
    }
    Plan steps = rule.plan(new Geometry(n, need, fromOwn, pairwise, nonFinite));
    // own + sum of b_i (x_i - own)
    double[] weights = new double[n];
    Arrays.setAll(weights, i -> steps.mixing().weight(0, i));
    weights[0] += 1 - Arrays.stream(weights).sum();
    return Plan.weights(weights);
  }

  @Override
  public Certificate certificate(int n) {
    return Certificate.none(n, 0, "a node that clips around itself need not come close to the others");
  }

  @Override
  public String toString() {
    return rule.toString();
  }
}
