package org.monna.simulation.attack;

/** What honest nodes would send on the average if class c of k were labelled k-1-c in all their examples. */
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
