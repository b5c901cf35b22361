package org.monna.simulation.model;

import org.monna.simulation.data.Dataset;

/**
 * A model with which training can be followed by hand: the loss of a batch is {@code parameters . (mean of the rows)},
 * so its gradient is the mean of the rows whatever the parameters are.
 */
public record LinearModel(int parameters) implements GradientModel {

  @Override
  public float[] initialParameters(long seed) {
    return new float[parameters];
  }

  @Override
  public double gradient(float[] at, Dataset batch, float[] gradient) {
    float[][] rows = batch.rows();
    double loss = 0;
    for (int c = 0; c < parameters; c++) {
      double sum = 0;
      for (float[] row : rows) {
        sum += row[c];
      }
      gradient[c] = (float) (sum / rows.length);
      loss += at[c] * gradient[c];
    }
    return loss;
  }

  @Override
  public int[] predict(float[] at, Dataset examples) {
    return new int[examples.size()];
  }
}
