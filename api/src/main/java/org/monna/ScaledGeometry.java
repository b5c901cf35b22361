package org.monna;

import org.monna.Geometry.Need;

/**
 * Norms and distances of vectors that were each scaled, from those of the vectors: {@code ||a x - b y||^2 = a b ||x - y||^2 + (a - b) (a
 * ||x||^2 - b ||y||^2)}. Time O(1) for each, and distances from a pivot need no others.
 */
final class ScaledGeometry {

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
    double norms = (a - b) * (a * given.squaredNorm(i) - b * given.squaredNorm(j));
    return Math.max(0, a * b * given.squaredDistance(i, j) + norms);
  }
}
