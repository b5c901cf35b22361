package org.monna.simulation.model;

import org.monna.simulation.data.Dataset;

/**
 * A model to be trained whose parameters are one flat array, as the rules of this library want them: the only thing the
 * simulation asks of a machine-learning library. Four methods make one.
 *
 * <p>Everything that training changes is in the parameters, which come from outside with every call. So one object serves
 * all nodes, nothing that one node learns reaches another by way of the model, and who keeps the parameters has kept
 * all. Same input, same bits, whichever object computes them. Not thread-safe; different objects can be used by different
 * threads.
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

  /** The class that the model gives to each example, whose own label it does not see. */
  int[] predict(float[] parameters, Dataset examples);

  /** The number of examples whose class is predicted. */
  default int correct(float[] parameters, Dataset examples) {
    int[] predicted = predict(parameters, examples);
    int correct = 0;
    for (int i = 0; i < predicted.length; i++) {
      correct += predicted[i] == examples.labels()[i] ? 1 : 0;
    }
    return correct;
  }

  /** Frees native memory, if there is any. */
  @Override
  default void close() {}
}
