package org.monna.simulation.attack;

import java.util.Arrays;

/**
 * The same value in all coordinates.
 *
 * @param name for {@link Attacks#parse}
 */
record Constant(String name, float value) implements Attack {

  @Override
  public float[][] forge(Scene scene) {
    float[] forged = new float[scene.length()];
    Arrays.fill(forged, value);
    return new float[][] {forged};
  }

  @Override
  public String toString() {
    return name;
  }
}
