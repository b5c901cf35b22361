package org.monna.simulation.attack;

/**
 * The mean model moved by a plain step on examples in which class c of k is labelled k-1-c, or with a server the mean gradient of such
 * examples; as in the published scripts, without momentum.
 */
record LabelFlipping() implements Attack {

  @Override
  public boolean mislabels() {
    return true;
  }

  @Override
  public float[][] forge(Scene scene) {
    return new float[][] {scene.mislabelled().get()};
  }

  @Override
  public String toString() {
    return "label-flipping";
  }
}
