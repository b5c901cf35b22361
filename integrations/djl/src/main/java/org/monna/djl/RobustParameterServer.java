package org.monna.djl;

import static java.util.Objects.requireNonNull;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.ParameterServer;
import ai.djl.training.optimizer.Optimizer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.monna.Aggregator;
import org.monna.Engine;

/**
 * A parameter server that aggregates the gradients of several workers robustly, then lets an optimizer take the step.
 *
 * <p>The gradients of all parameters together are one vector of a worker: a rule for each tensor of its own would be weaker, since a
 * worker that is caught in one tensor could go on in the others, and no bound for the tensors holds for the whole. DJL updates
 * tensor by tensor, so {@link #update update} only takes the gradients, and {@link #step} ends the step:
 *
 * <pre>{@code
 * store.setParameterServer(server, devices);   // a ParameterStore
 * ...                                          // gradients on all devices
 * store.updateAllParameters();
 * server.step();
 * }</pre>
 *
 * {@link RobustTrainer} does both. For n workers and d parameters it keeps n + 1 arrays of d floats. A gradient is copied once, into
 * the vector of its worker, and the result once, into the tensors that the optimizer is given. The result has the size of one worker's
 * gradient; DJL's own server adds the gradients of all devices up. Not thread-safe.
 */
public final class RobustParameterServer implements ParameterServer {

  private record Part(int offset, int length) {}

  private final Aggregator rule;
  private final Optimizer optimizer;
  private final Engine engine;
  private final Map<String, Part> parts = new LinkedHashMap<>();
  private final List<float[]> rows = new ArrayList<>();
  private final Map<String, NDArray[]> toUpdate = new LinkedHashMap<>();
  private int d;
  private int workers;

  /** Aggregates on the calling thread. */
  public RobustParameterServer(Aggregator rule, Optimizer optimizer) {
    this(rule, optimizer, Engine.sequential());
  }

  /**
   * @param rule decides for how many workers there is a result, when a step is taken
   * @param optimizer is given the aggregated gradient
   * @param engine aggregates
   */
  public RobustParameterServer(Aggregator rule, Optimizer optimizer, Engine engine) {
    this.rule = requireNonNull(rule, "rule");
    this.optimizer = requireNonNull(optimizer, "optimizer");
    this.engine = requireNonNull(engine, "engine");
  }

  /** Gives a parameter its place in the vectors; one without gradient has none. Comes before the first gradient of a step. */
  @Override
  public void init(String parameterId, NDArray[] value) {
    if (!value[0].hasGradient() || parts.containsKey(parameterId)) {
      return;
    }
    if (workers > 0) {
      throw new IllegalStateException("parameter %s comes in the middle of a step".formatted(parameterId));
    }
    long end = d + value[0].size();
    if (end > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("%d parameters do not fit into one array of floats".formatted(end));
    }
    parts.put(parameterId, new Part(d, (int) value[0].size()));
    d = (int) end;
    rows.clear();
  }

  /**
   * Takes the gradients of one parameter. Nothing changes before {@link #step}.
   *
   * @param grads one for each worker, FLOAT32
   * @param params all copies of the parameter, on whatever devices
   */
  @Override
  public void update(String parameterId, NDArray[] grads, NDArray[] params) {
    for (int worker = 0; worker < grads.length; worker++) {
      take(worker, parameterId, grads[worker]);
    }
    willUpdate(parameterId, params);
  }

  /** One gradient of one worker. */
  void take(int worker, String parameterId, NDArray gradient) {
    Part part = parts.get(parameterId);
    if (part == null) {
      throw new IllegalStateException("parameter %s was given no place: init comes first, with a gradient".formatted(parameterId));
    }
    if (gradient.getDataType() != DataType.FLOAT32) {
      throw new IllegalArgumentException(
          "the gradient of parameter %s is %s, not FLOAT32".formatted(parameterId, gradient.getDataType()));
    }
    while (rows.size() <= worker) {
      rows.add(new float[d]);
    }
    workers = Math.max(workers, worker + 1);
    floats(gradient).get(0, rows.get(worker), part.offset, part.length);
  }

  void willUpdate(String parameterId, NDArray[] params) {
    toUpdate.put(parameterId, params.clone());
  }

  /**
   * Aggregates what was taken and lets the optimizer update all parameters. Whatever happens, the next step starts anew.
   *
   * @throws IllegalStateException if no gradient was taken
   * @throws IllegalArgumentException if the rule is not defined for this number of workers; no parameter was changed
   */
  public void step() {
    if (workers == 0) {
      throw new IllegalStateException("no gradients: backward comes before step");
    }
    float[][] vectors = rows.subList(0, workers).toArray(float[][]::new);
    try {
      FloatBuffer result = FloatBuffer.wrap(engine.aggregate(rule, vectors));
      toUpdate.forEach((id, params) -> update(id, params, result));
    } finally {
      workers = 0;
      toUpdate.clear();
      // A parameter that is frozen from now on is not to be told from the gradient it had.
      for (float[] row : vectors) {
        Arrays.fill(row, 0);
      }
    }
  }

  private void update(String id, NDArray[] params, FloatBuffer result) {
    Part part = requireNonNull(parts.get(id), id);
    for (NDArray param : params) {
      try (NDArray gradient = param.getManager().create(result.slice(part.offset, part.length), param.getShape())) {
        optimizer.update(id, param, gradient);
      }
    }
  }

  /** The numbers of a tensor: a view where the tensor is in the memory of the CPU. */
  private static FloatBuffer floats(NDArray array) {
    return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  @Override
  public void close() {}
}
