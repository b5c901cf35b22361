package org.monna.optim;

import static java.util.Objects.requireNonNull;

import java.io.DataInput;
import java.io.IOException;
import org.monna.Optimizer;

/**
 * Nesterov's accelerated gradient in the form of Sutskever et al. (ICML 2013) as deep-learning libraries write it: {@code m = beta m +
 * g}, {@code x -= rate (g + beta m)}, m = 0 at first.
 *
 * @param rate the learning rate of each step
 * @param beta the weight of the past, {@code 0 <= beta < 1}
 */
public record Nesterov(Schedule rate, double beta) implements Optimizer {

  public Nesterov {
    requireNonNull(rate, "rate");
    PolyakMomentum.requireFraction("nesterov: beta", beta);
  }

  @Override
  public State newState(int d) {
    return MemoryState.create("nesterov", this::step, d, true);
  }

  @Override
  public State restore(DataInput input, int d) throws IOException {
    return MemoryState.restore("nesterov", this::step, input, d, true);
  }

  private void step(float[] parameters, float[] gradient, float[] momentum, long step) {
    float rate = (float) this.rate.rate(step);
    float beta = (float) this.beta;
    for (int c = 0; c < parameters.length; c++) {
      float next = beta * momentum[c] + gradient[c];
      momentum[c] = next;
      parameters[c] -= rate * (gradient[c] + beta * next);
    }
  }
}
