package org.monna.optim;

import static java.util.Objects.requireNonNull;

import java.io.DataInput;
import java.io.IOException;
import org.monna.Optimizer;

/**
 * Stochastic gradient descent: {@code x -= rate g}. Remembers nothing but the number of steps.
 *
 * @param rate the learning rate of each step
 */
public record Sgd(Schedule rate) implements Optimizer {

  public Sgd {
    requireNonNull(rate, "rate");
  }

  /** With the same rate at every step. */
  public Sgd(double rate) {
    this(Schedule.constant(rate));
  }

  @Override
  public State newState(int d) {
    return MemoryState.create("sgd", this::step, d, false);
  }

  @Override
  public State restore(DataInput input, int d) throws IOException {
    return MemoryState.restore("sgd", this::step, input, d, false);
  }

  private void step(float[] parameters, float[] gradient, float[] memory, long step) {
    float rate = (float) this.rate.rate(step);
    for (int c = 0; c < parameters.length; c++) {
      parameters[c] -= rate * gradient[c];
    }
  }
}
