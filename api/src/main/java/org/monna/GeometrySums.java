package org.monna;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.monna.Geometry.Need;
import org.monna.kernel.Kernels;

/**
 * Pass 1 on a part of the coordinates: the sums of squares from which a {@link Geometry} is made.
 *
 * <p>Parts are {@link #SHARD} coordinates long, counted from coordinate 0, whatever measures them. Their sums are {@linkplain #add
 * added} in ascending order, so that one thread, many threads and many machines end with the same bits.
 */
final class GeometrySums {

  /** The number of coordinates of a part: fixed, since it decides the order of the additions. */
  static final int SHARD = 16 * Kernels.BLOCK;

  private final int n;
  private final Need need;
  private final double[] norms;
  private final double[] distances;

  GeometrySums(Need need, int n) {
    if (need.pivot() >= n) {
      throw new IllegalArgumentException("pivot " + need.pivot() + " of " + n + " vectors");
    }
    this.n = n;
    this.need = need;
    this.norms = new double[need.norms() ? n : 0];
    this.distances = new double[need.pairwise() ? Geometry.pair(n, 0) : need.pivot() >= 0 ? n : 0];
  }

  /** Replaces the sums by those over the coordinates {@code from <= c < to} of the rows. */
  void measure(Kernels kernels, float[][] rows, int from, int to) {
    clear();
    if (need.norms()) {
      kernels.addSquaredNorms(rows, from, to, norms);
    }
    if (need.pairwise()) {
      kernels.addPairwiseSquaredDistances(rows, from, to, distances);
    } else if (need.pivot() >= 0) {
      kernels.addSquaredDistances(rows, need.pivot(), from, to, distances);
    }
  }

  /** Back to no coordinates. */
  void clear() {
    Arrays.fill(norms, 0);
    Arrays.fill(distances, 0);
  }

  /** Adds the sums over the next coordinates. */
  void add(GeometrySums next) {
    add(norms, next.norms);
    add(distances, next.distances);
  }

  private static void add(double[] sums, double[] next) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += next[i];
    }
  }

  /**
   * The geometry, once all coordinates are in. A vector at a finite distance from another one is finite; only of those that are
   * infinitely far from all others the values themselves must tell.
   */
  Geometry geometry(IntPredicate isFinite) {
    boolean[] nonFinite = new boolean[n];
    for (int i = 0; i < n; i++) {
      nonFinite[i] = isSuspect(i) && !isFinite.test(i);
    }
    return new Geometry(n, need, norms, distances, nonFinite);
  }

  private boolean isSuspect(int i) {
    if (need.norms()) {
      return norms[i] == Double.POSITIVE_INFINITY;
    }
    if (need.pairwise()) {
      for (int j = 0; j < n; j++) {
        if (j != i && distances[i > j ? Geometry.pair(i, j) : Geometry.pair(j, i)] < Double.POSITIVE_INFINITY) {
          return false;
        }
      }
      return true;
    }
    if (need.pivot() >= 0 && i != need.pivot()) {
      return distances[i] == Double.POSITIVE_INFINITY;
    }
    return need.pivot() >= 0 && n > 0 && anyInfinite();
  }

  private boolean anyInfinite() {
    for (double distance : distances) {
      if (distance == Double.POSITIVE_INFINITY) {
        return true;
      }
    }
    return false;
  }
}
