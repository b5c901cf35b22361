package org.monna.simulation;

import org.monna.Aggregator;

/** The mean of the honest models with the sign changed. */
record SignFlipping() implements Attack {

  @Override
  public float[] forge(float[][] honest, int f, Aggregator rule) {
    float[] forged = Spread.of(honest).at(0);
    for (int c = 0; c < forged.length; c++) {
      forged[c] = -forged[c];
    }
    return forged;
  }

  @Override
  public String toString() {
    return "sign-flipping";
  }
}
