package org.monna.simulation.attack;

import org.monna.Geometry;

/**
 * {@code mean - gamma deviation} of the honest vectors, with the largest gamma for which it is no farther from any honest
 * vector than the two honest vectors that are farthest from each other.
 *
 * <p>Its squared distance from honest vector i is {@code A_i + 2 gamma B_i + gamma^2 C}, whose coefficients are distances
 * that are measured once; gamma is the least of the roots.
 *
 * <p>Shejwalkar, Houmansadr, Manipulating the Byzantine, NDSS 2021, in the form that knows all honest vectors.
 */
record MinMax() implements Attack {

  @Override
  public float[][] forge(Scene scene) {
    int h = scene.honest().length;
    Spread spread = scene.spread();
    float[] mean = spread.mean();
    float[] direction = scene.along(new float[mean.length], spread.deviation(), -1);
    Geometry geometry =
        scene.survey().with(Geometry.Need.PAIRWISE, mean, scene.along(mean, direction, 1));
    return new float[][] {scene.along(mean, direction, gamma(geometry, h))};
  }

  /** The gamma for h honest vectors, their mean and that plus the direction. */
  private static double gamma(Geometry geometry, int h) {
    double farthest = 0;
    for (int i = 0; i < h; i++) {
      for (int j = 0; j < i; j++) {
        farthest = Math.max(farthest, geometry.squaredDistance(i, j));
      }
    }
    double c = geometry.squaredDistance(h, h + 1);
    double gamma = Double.POSITIVE_INFINITY;
    for (int i = 0; i < h; i++) {
      double a = geometry.squaredDistance(h, i);
      double b = (geometry.squaredDistance(h + 1, i) - a - c) / 2;
      gamma = Math.min(gamma, (Math.sqrt(Math.max(0, b * b + c * (farthest - a))) - b) / c);
    }
    // Without any spread there is nowhere to go.
    return Double.isFinite(gamma) ? gamma : 0;
  }

  @Override
  public String toString() {
    return "min-max";
  }
}
