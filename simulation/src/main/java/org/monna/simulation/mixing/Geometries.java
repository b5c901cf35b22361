package org.monna.simulation.mixing;

import org.monna.Geometry;
import org.monna.Geometry.Need;

/** The geometry of some vectors of many, without a look at the vectors. */
public final class Geometries {

  private Geometries() {}

  /**
   * What is needed of the geometry of the vectors with these indices, in this order, from all distances between all of
   * them (and their norms, if needed). An index may be there more than once.
   */
  public static Geometry select(Geometry all, int[] indices, Need need) {
    int n = indices.length;
    double[] norms = new double[need.norms() ? n : 0];
    double[] distances = new double[need.countDistances(n)];
    boolean[] nonFinite = new boolean[n];
    for (int i = 0; i < n; i++) {
      nonFinite[i] = !all.isFinite(indices[i]);
      if (need.norms()) {
        norms[i] = all.squaredNorm(indices[i]);
      }
      if (need.pivot() >= 0) {
        distances[i] = all.squaredDistance(indices[need.pivot()], indices[i]);
      }
      for (int j = 0; j < i && need.pairwise(); j++) {
        distances[Geometry.pair(i, j)] = all.squaredDistance(indices[i], indices[j]);
      }
    }
    return new Geometry(n, need, norms, distances, nonFinite);
  }
}
