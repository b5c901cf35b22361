package org.monna.simulation.attack;

import java.util.OptionalDouble;

/**
 * {@code mean + z deviation}, coordinate by coordinate, over the honest vectors: hidden among them, and always to the
 * same side. Without a z it is the {@linkplain WorstFactor worst} z &gt;= 0, found anew in each step.
 *
 * <p>Baruch, Baruch, Goldberg, A Little Is Enough: Circumventing Defenses For Distributed Learning, NeurIPS 2019, arXiv
 * 1902.06156, with the search of MoNNA's experiments (arXiv 2209.10931).
 */
record ALittleIsEnough(OptionalDouble z) implements Attack {

  @Override
  public float[][] forge(Scene scene) {
    Spread spread = z.isPresent() ? scene.spread() : Spread.unmeasured(scene.length());
    double factor = z.orElseGet(() -> worst(scene, spread));
    return new float[][] {scene.along(spread.mean(), spread.deviation(), factor)};
  }

  /** Measures the spread on the way. */
  private static double worst(Scene scene, Spread spread) {
    return new WorstFactor(
            scene, scene.views(), spread.mean(), spread.deviation(), spread.measuring(scene.honest()))
        .search();
  }

  @Override
  public String toString() {
    return BuiltInAttacks.text("alie", "z", z);
  }
}
