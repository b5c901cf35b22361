package org.monna.simulation.attack;

import java.util.OptionalDouble;

/**
 * {@code (1-z) mean} of the honest vectors. Without a z it is the {@linkplain WorstFactor worst} z &gt;= 0, found anew in
 * each step.
 *
 * <p>Xie, Koyejo, Gupta, Fall of Empires: Breaking Byzantine-tolerant SGD by Inner Product Manipulation, UAI 2019, arXiv
 * 1903.03936, in the form and with the search of MoNNA's experiments (arXiv 2209.10931).
 */
record FallOfEmpires(OptionalDouble z) implements Attack {

  @Override
  public float[][] forge(Scene scene) {
    float[] mean = scene.mean();
    float[] back = scene.along(new float[mean.length], mean, -1);
    double factor = z.orElseGet(() -> new WorstFactor(scene, scene.views(), mean, back).search());
    return new float[][] {scene.along(mean, back, factor)};
  }

  @Override
  public String toString() {
    return BuiltInAttacks.text("foe", "z", z);
  }
}
