package org.monna.simulation.attack;

import java.util.OptionalDouble;

/**
 * {@code -scale mean} of the honest vectors. Plain sign flipping is scale 1; without a scale it is h/f for h honest and f
 * Byzantine nodes, which makes the mean of all vectors zero (after Allen-Zhu et al., ICLR 2021, arXiv 2012.14368).
 */
record ScaledSignFlipping(OptionalDouble scale) implements Attack {

  @Override
  public float[][] forge(Scene scene) {
    double factor = scale.orElse((double) scene.honest().length / scene.attackers());
    float[] forged = scene.mean();
    for (int c = 0; c < forged.length; c++) {
      forged[c] = (float) (-factor * forged[c]);
    }
    return new float[][] {forged};
  }

  @Override
  public String toString() {
    return scale.equals(OptionalDouble.of(1))
        ? "sign-flipping"
        : BuiltInAttacks.text("scaled-sign-flipping", "scale", scale);
  }
}
