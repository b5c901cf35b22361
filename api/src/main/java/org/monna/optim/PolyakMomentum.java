package org.monna.optim;

import static java.util.Objects.requireNonNull;

import java.io.DataInput;
import java.io.IOException;
import org.monna.Optimizer;
import org.monna.kernel.KernelSelection;

/**
 * Gradient descent with Polyak's heavy ball: {@code m = beta m + (1 - dampening) g}, {@code x -= rate m}, m = 0 at first.
 *
 * <p>With dampening = beta, m is an exponential average of the gradients: this is the form of MoNNA (arXiv 2209.10931), with beta =
 * 0.99 in its experiments. With dampening = 0 it is that of most deep-learning libraries.
 *
 * @param rate the learning rate of each step
 * @param beta the weight of the past, {@code 0 <= beta < 1}
 * @param dampening what is taken from the weight 1 of a gradient, {@code 0 <= dampening < 1}
 */
public record PolyakMomentum(Schedule rate, double beta, double dampening) implements Optimizer {

  public PolyakMomentum {
    requireNonNull(rate, "rate");
    requireFraction("polyak-momentum: beta", beta);
    requireFraction("polyak-momentum: dampening", dampening);
  }

  /** The form of MoNNA: dampening = beta. */
  public PolyakMomentum(Schedule rate, double beta) {
    this(rate, beta, beta);
  }

  static void requireFraction(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException("%s = %s is not in [0, 1)".formatted(name, value));
    }
  }

  @Override
  public State newState(int d) {
    return MemoryState.create("polyak-momentum", this::step, d, true);
  }

  @Override
  public State restore(DataInput input, int d) throws IOException {
    return MemoryState.restore("polyak-momentum", this::step, input, d, true);
  }

  private void step(float[] parameters, float[] gradient, float[] momentum, long step) {
    KernelSelection.kernels()
        .momentumStep(
            parameters, gradient, momentum, (float) beta, (float) (1 - dampening), (float) rate.rate(step));
  }
}
