package org.monna;

import org.monna.Geometry.Need;

/**
 * Norms and distances of vectors that were each scaled, from those of the vectors: {@code ||a x - b y||^2 = a b ||x - y||^2 + (a - b) (a
 * ||x||^2 - b ||y||^2)}. Time O(1) for each, and distances from a pivot need no others.
 *
 * <p>If x is much longer than y, the two terms cancel, and at a ratio of a million nothing is left: what y is has drowned in the measured
 * distance. An arbitrary vector could then pass for anybody's neighbour by being long and being clipped. So a derived distance is never less
 * than the rounding error of its terms, nor more than the triangle inequality allows; where no digits are left, it is the latter.
 */
final class ScaledGeometry {

  /** The relative error of measured norms and distances, whose block sums are in float. */
  private static final double ROUNDING = 0x1p-20;

  private final Geometry given;
  private final double[] factors;

  private ScaledGeometry(Geometry given, double[] factors) {
    this.given = given;
    this.factors = factors;
  }

  static Geometry of(Geometry given, double[] factors, Need wanted) {
    ScaledGeometry scaled = new ScaledGeometry(given, factors);
    int n = given.size();
    boolean[] nonFinite = new boolean[n];
    double[] norms = new double[wanted.norms() ? n : 0];
    for (int i = 0; i < n; i++) {
      nonFinite[i] = factors[i] != 0 && !given.isFinite(i);
      if (wanted.norms()) {
        norms[i] = scaled.squaredNorm(i);
      }
    }
    return new Geometry(n, wanted, norms, scaled.distances(wanted), nonFinite);
  }

  private double[] distances(Need wanted) {
    int n = given.size();
    if (wanted.pairwise()) {
      double[] distances = new double[Geometry.pair(n, 0)];
      for (int i = 1; i < n; i++) {
        for (int j = 0; j < i; j++) {
          distances[Geometry.pair(i, j)] = squaredDistance(i, j);
        }
      }
      return distances;
    }
    double[] distances = new double[wanted.pivot() >= 0 ? n : 0];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = squaredDistance(i, wanted.pivot());
    }
    return distances;
  }

  private double squaredNorm(int i) {
    // A factor of 0 makes a vector of infinite norm zero.
    return factors[i] == 0 ? 0 : factors[i] * factors[i] * given.squaredNorm(i);
  }

  private double squaredDistance(int i, int j) {
    double a = factors[i];
    double b = factors[j];
    if (a == b) {
      return a == 0 ? 0 : a * b * given.squaredDistance(i, j);
    }
    if (a == 0 || b == 0) {
      return a == 0 ? squaredNorm(j) : squaredNorm(i);
    }
    double x = a * given.squaredNorm(i);
    double y = b * given.squaredNorm(j);
    double distance = a * b * given.squaredDistance(i, j);
    double error = ROUNDING * (Math.abs(distance) + Math.abs(a - b) * (Math.abs(x) + Math.abs(y)));
    double longest = Math.sqrt(squaredNorm(i)) + Math.sqrt(squaredNorm(j));
    return Math.min(Math.max(distance + (a - b) * (x - y), error), longest * longest);
  }
}
