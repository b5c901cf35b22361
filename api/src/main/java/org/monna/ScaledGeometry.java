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

  private final Geometry given;
  private final double[] factors;

  private ScaledGeometry(Geometry given, double[] factors) {
    this.given = given;
    this.factors = factors;
  }

  static Geometry of(Geometry given, double[] factors, Need wanted) {
    ScaledGeometry scaled = new ScaledGeometry(given, factors);
    boolean[] nonFinite = new boolean[given.size()];
    for (int i = 0; i < nonFinite.length; i++) {
      nonFinite[i] = factors[i] != 0 && !given.isFinite(i);
    }
    return Geometry.derived(nonFinite, wanted, scaled::squaredNorm, scaled::squaredDistance);
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
    double error = Geometry.MEASURED * (Math.abs(distance) + Math.abs(a - b) * (Math.abs(x) + Math.abs(y)));
    double longest = Math.sqrt(squaredNorm(i)) + Math.sqrt(squaredNorm(j));
    return Math.min(Math.max(distance + (a - b) * (x - y), error), longest * longest);
  }
}
