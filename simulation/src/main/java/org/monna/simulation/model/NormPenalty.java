package org.monna.simulation.model;

import org.monna.simulation.data.Dataset;

/**
 * A model whose loss has a penalty on the length of its parameters: loss + factor · ‖θ‖, with the gradient factor · θ /
 * ‖θ‖, which is 0 at θ = 0. MoNNA's experiments name this L2 regularization, with the factor 1e-4 on MNIST and 1e-2 on
 * CIFAR-10; it is the norm, not its square. (By reading their scripts the term is never differentiated there, so that
 * what they ran had none.)
 *
 * @param factor at least 0
 */
public record NormPenalty(GradientModel model, double factor) implements GradientModel {

  public NormPenalty {
    if (!(factor >= 0 && Double.isFinite(factor))) {
      throw new IllegalArgumentException("the factor of the penalty is " + factor + ", but must be a number from 0 up");
    }
  }

  @Override
  public int parameters() {
    return model.parameters();
  }

  @Override
  public float[] initialParameters(long seed) {
    return model.initialParameters(seed);
  }

  @Override
  public double gradient(float[] parameters, Dataset batch, float[] gradient) {
    double loss = model.gradient(parameters, batch, gradient);
    double squares = 0;
    for (float p : parameters) {
      squares += (double) p * p;
    }
    double norm = Math.sqrt(squares);
    double scale = norm == 0 ? 0 : factor / norm;
    for (int c = 0; c < gradient.length; c++) {
      gradient[c] = (float) (gradient[c] + scale * parameters[c]);
    }
    return loss + factor * norm;
  }

  @Override
  public int[] predict(float[] parameters, Dataset examples) {
    return model.predict(parameters, examples);
  }

  @Override
  public void close() {
    model.close();
  }

  @Override
  public String toString() {
    return "%s with %s times the norm of the parameters added to the loss".formatted(model, factor);
  }
}
