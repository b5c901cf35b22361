package org.monna.simulation.model;

import org.monna.simulation.data.Dataset;

/**
 * A model to be trained whose parameters are one flat array, as the rules of this library want them: the only thing the
 * simulation asks of a machine-learning library. Parameters come from outside with every call, so that one object
 * serves all nodes. Not thread-safe.
 */
public interface GradientModel extends AutoCloseable {

  /** The number d of parameters. */
  int parameters();

  /** Parameters to start from: the same seed gives the same bits. */
  float[] initialParameters(long seed);

  /**
   * The mean loss of a batch, and its gradient.
   *
   * @param parameters length d; not modified
   * @param gradient length d; wholly overwritten
   */
  double gradient(float[] parameters, Dataset batch, float[] gradient);

  /** The class that the model gives to each row. */
  int[] predict(float[] parameters, float[][] rows);

  /** The number of examples whose class is predicted. */
  default int correct(float[] parameters, Dataset data) {
    int[] predicted = predict(parameters, data.rows());
    int correct = 0;
    for (int i = 0; i < predicted.length; i++) {
      correct += predicted[i] == data.labels()[i] ? 1 : 0;
    }
    return correct;
  }

  /** Frees the native memory. */
  @Override
  void close();
}
