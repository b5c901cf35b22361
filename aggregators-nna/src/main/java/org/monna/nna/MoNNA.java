package org.monna.nna;

import static java.util.Objects.requireNonNull;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.monna.Engine;
import org.monna.Optimizer;
import org.monna.spi.Admissible;

/**
 * One node's view of MoNNA: momentum, nearest-neighbour averaging, no server.
 *
 * <pre>
 *   m = beta m + (1 - beta) g(x)             g: a stochastic gradient at the node's own model x
 *   x' = x - rate m                          {@link #localStep localStep(g)}: the vector to send
 *   x = NNA of x' and what was received      {@link #mix mix(received)}, with x' as the pivot
 * </pre>
 *
 * <p>In the paper's protocol a node of n obtains n-f vectors, its own included, so n-f-1 are received, and averages the n-2f nearest to
 * its own. It may mix several times in a step, sending {@link #model} in between. It is the models that are mixed, not the gradients.
 *
 * <p>The convergence theorem wants n &gt;= 11f; the rule runs for (vectors obtained) &gt; 2f.
 *
 * <p><b>Cost</b>: a step reads the gradient once, a mixing the received vectors twice, without a copy; memory of the model, of another vector
 * as long, and of the optimizer's state.
 *
 * <p><b>Reference</b>: Farhadkhani, Guerraoui, Gupta, Hoang, Pinot, Stephan, Robust Collaborative Learning with Linear Gradient
 * Overhead, ICML 2023, arXiv 2209.10931. Its experiments use {@code new PolyakMomentum(schedule, 0.99)}.
 *
 * <p>Not thread-safe: one thread at a time.
 */
public final class MoNNA {

  private final NearestNeighborAveraging rule;
  private final Optimizer optimizer;
  private final Engine engine;
  private Optimizer.State state;
  private float[] model;
  private float[] spare;

  /**
   * @param initialModel copied
   * @param f the number of faulty nodes among the senders
   * @param optimizer the local step, {@link org.monna.optim.PolyakMomentum} in the paper
   * @param engine runs the mixing
   */
  public MoNNA(float[] initialModel, int f, Optimizer optimizer, Engine engine) {
    this.rule = new NearestNeighborAveraging(f);
    this.optimizer = requireNonNull(optimizer, "optimizer");
    this.engine = requireNonNull(engine, "engine");
    this.model = requireNonNull(initialModel, "initialModel").clone();
    this.spare = new float[model.length];
    this.state = optimizer.newState(model.length);
  }

  /** A node that mixes on the calling thread. */
  public MoNNA(float[] initialModel, int f, Optimizer optimizer) {
    this(initialModel, f, optimizer, Engine.sequential());
  }

  /** The node's current model: a view that the next step or mixing overwrites, not to be modified. */
  public float[] model() {
    return model;
  }

  /**
   * The local step with a gradient at {@link #model}.
   *
   * @param gradient length d; not modified
   * @return the vector to send, which is the model now: a view, not to be modified
   */
  public float[] localStep(float[] gradient) {
    state.step(model, gradient);
    return model;
  }

  /**
   * Averages the own model with those received that are nearest to it. With k received vectors, k + 1 - f are averaged.
   *
   * @param received vectors of other nodes, of length d; not modified, none of them kept
   * @throws IllegalArgumentException if fewer than 2f are received, or one has another length
   */
  public void mix(float[]... received) {
    requireNonNull(received, "received");
    float[][] vectors = new float[received.length + 1][];
    vectors[0] = model;
    for (int k = 0; k < received.length; k++) {
      vectors[k + 1] = requireNonNull(received[k], "received[" + k + "]");
      if (received[k].length != model.length) {
        throw new IllegalArgumentException(
            "MoNNA: received[%d] has length %d, but the model has length %d (n = %d, f = %d)"
                .formatted(k, received[k].length, model.length, vectors.length, rule.f()));
      }
    }
    Admissible.require(
        received.length >= 2 * (long) rule.f(), "MoNNA", "2f received vectors", vectors.length, rule.f());
    engine.aggregate(rule, vectors, spare);
    float[] mixed = spare;
    spare = model;
    model = mixed;
  }

  /** Writes the model and the optimizer's state. */
  public void save(DataOutput output) throws IOException {
    output.writeInt(model.length);
    for (float value : model) {
      output.writeInt(Float.floatToRawIntBits(value));
    }
    state.save(output);
  }

  /** Takes back what {@link #save} wrote, exactly. Nothing changes if that fails. */
  public void restore(DataInput input) throws IOException {
    int d = input.readInt();
    if (d != model.length) {
      throw new IOException("the saved model has length %d, this node's has %d".formatted(d, model.length));
    }
    float[] saved = new float[d];
    for (int c = 0; c < d; c++) {
      saved[c] = Float.intBitsToFloat(input.readInt());
    }
    state = optimizer.restore(input, d);
    model = saved;
  }
}
