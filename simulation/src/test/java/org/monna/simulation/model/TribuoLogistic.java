package org.monna.simulation.model;

import com.oracle.labs.mlrg.olcut.util.Pair;
import org.monna.simulation.data.Dataset;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.math.LinearParameters;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.la.DenseVector;
import org.tribuo.math.la.SGDVector;

/**
 * Multinomial logistic regression by Tribuo, another library for machine learning on the JVM: what {@link GradientModel}
 * asks for fits more than the one library that the simulation comes with. The order of the parameters is that of the
 * model {@code logistic}.
 */
final class TribuoLogistic implements GradientModel {

  private final int features;
  private final int classes;
  private final LinearParameters linear;
  private final LogMulticlass loss = new LogMulticlass();

  TribuoLogistic(int features, int classes) {
    this.features = features;
    this.classes = classes;
    // Biases are the weights of a feature that is always 1.
    this.linear = new LinearParameters(features + 1, classes);
  }

  @Override
  public int parameters() {
    return classes * (features + 1);
  }

  @Override
  public float[] initialParameters(long seed) {
    return new float[parameters()];
  }

  @Override
  public double gradient(float[] parameters, Dataset batch, float[] gradient) {
    setParameters(parameters);
    double sum = 0;
    DenseMatrix mean = new DenseMatrix(classes, features + 1);
    for (int i = 0; i < batch.size(); i++) {
      DenseVector input = input(batch, i);
      Pair<Double, SGDVector> step = loss.lossAndGradient(batch.labels()[i], linear.predict(input));
      // Tribuo climbs the likelihood.
      sum -= step.getA();
      mean.intersectAndAddInPlace(linear.gradients(step, input)[0], g -> g / batch.size());
    }
    for (int c = 0; c < classes; c++) {
      for (int k = 0; k <= features; k++) {
        gradient[k < features ? c * features + k : classes * features + c] = (float) -mean.get(c, k);
      }
    }
    return sum / batch.size();
  }

  @Override
  public int[] predict(float[] parameters, Dataset examples) {
    setParameters(parameters);
    int[] predicted = new int[examples.size()];
    for (int i = 0; i < predicted.length; i++) {
      predicted[i] = linear.predict(input(examples, i)).indexOfMax();
    }
    return predicted;
  }

  private void setParameters(float[] parameters) {
    for (int c = 0; c < classes; c++) {
      for (int k = 0; k <= features; k++) {
        linear.getWeightMatrix().set(c, k, parameters[k < features ? c * features + k : classes * features + c]);
      }
    }
  }

  private DenseVector input(Dataset examples, int index) {
    float[] row = new float[features];
    examples.copyRow(index, row);
    DenseVector input = new DenseVector(features + 1);
    for (int k = 0; k < features; k++) {
      input.set(k, row[k]);
    }
    input.set(features, 1);
    return input;
  }
}
