package org.monna.simulation.attack;

import java.util.OptionalDouble;

/**
 * {@code -tau mean} of the honest vectors: {@link FallOfEmpires} with z = 1 + tau. Without a tau it is the {@linkplain
 * WorstFactor worst} tau &gt;= 0, found anew in each step.
 */
record InnerProductManipulation(OptionalDouble tau) implements Attack {

  @Override
  public float[][] forge(Scene scene) {
    float[] zero = new float[scene.length()];
    float[] back = scene.along(zero, scene.mean(), -1);
    double factor = tau.orElseGet(() -> new WorstFactor(scene, scene.views(), zero, back).search());
    return new float[][] {scene.along(zero, back, factor)};
  }

  @Override
  public String toString() {
    return BuiltInAttacks.text("ipm", "tau", tau);
  }
}
