package org.monna.simulation.attack;

/**
 * Normal noise around zero, independent in each coordinate.
 *
 * @param sd the standard deviation
 */
record Gaussian(double sd) implements Attack {

  @Override
  public float[][] forge(Scene scene) {
    float[] forged = new float[scene.length()];
    for (int c = 0; c < forged.length; c++) {
      forged[c] = (float) (sd * scene.random().nextGaussian());
    }
    return new float[][] {forged};
  }

  @Override
  public String toString() {
    return "gaussian(sd=" + sd + ")";
  }
}
