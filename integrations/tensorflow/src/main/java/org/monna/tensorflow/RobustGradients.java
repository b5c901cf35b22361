package org.monna.tensorflow;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.monna.Aggregator;
import org.monna.Engine;
import org.tensorflow.Result;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * The gradients of several workers as TensorFlow has them, one tensor for each variable, and their robust aggregate in the same shapes.
 *
 * <p>The graph stays as it is up to its gradients, which are fetched for each worker and given to {@link #add add}. What {@link
 * #aggregate} returns is fed to placeholders from which the graph takes its step. All tensors of a worker together are one vector: a
 * rule for each tensor alone would be weaker, since a worker that is caught in one could go on in the others.
 *
 * <p>For n workers and d parameters it keeps n + 1 arrays of d floats. A gradient is copied once, from the memory of its tensor into
 * the vector of its worker, and the result once, into new tensors. Not thread-safe.
 */
public final class RobustGradients {

  private final Aggregator rule;
  private final Engine engine;
  private final List<float[]> rows = new ArrayList<>();
  private List<Shape> shapes = List.of();
  private float[] result = new float[0];
  private int workers;

  /** Aggregates on the calling thread. */
  public RobustGradients(Aggregator rule) {
    this(rule, Engine.sequential());
  }

  public RobustGradients(Aggregator rule, Engine engine) {
    this.rule = requireNonNull(rule, "rule");
    this.engine = requireNonNull(engine, "engine");
  }

  /** Takes what a session fetched for one worker: the gradients, in the order in which they were fetched. */
  public void add(Result gradients) {
    add(StreamSupport.stream(gradients.spliterator(), false).map(entry -> entry.getValue()).toArray(Tensor[]::new));
  }

  /**
   * Takes the gradients of one worker.
   *
   * @param gradients of type TFloat32, in an order and in shapes that are the same for all workers; can be closed afterwards
   * @throws IllegalArgumentException if types or shapes differ; nothing was taken then
   */
  public void add(Tensor... gradients) {
    for (int i = 0; i < gradients.length; i++) {
      if (!(gradients[i] instanceof TFloat32)) {
        throw new IllegalArgumentException(
            "gradient %d of worker %d is of type %s, not TFloat32".formatted(i, workers, gradients[i].dataType()));
      }
    }
    List<Shape> given = Arrays.stream(gradients).map(Tensor::shape).toList();
    if (workers == 0) {
      layOut(given);
    } else if (!given.equals(shapes)) {
      throw new IllegalArgumentException("worker %d sends shapes %s, those before sent %s".formatted(workers, given, shapes));
    }
    if (rows.size() == workers) {
      rows.add(new float[result.length]);
    }
    float[] row = rows.get(workers);
    int at = 0;
    for (Tensor gradient : gradients) {
      int length = (int) gradient.shape().size();
      gradient.asRawTensor().data().asFloats().read(row, at, length);
      at += length;
    }
    workers++;
  }

  private void layOut(List<Shape> given) {
    long d = given.stream().mapToLong(Shape::size).sum();
    if (d < 1 || d > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("%d numbers do not fit into one array of floats".formatted(d));
    }
    shapes = given;
    if (d != result.length) {
      result = new float[(int) d];
      rows.clear();
    }
  }

  /**
   * Aggregates the gradients of all workers since the last call and forgets them.
   *
   * @return new tensors, in the order and in the shapes of the gradients; the caller closes them
   * @throws IllegalStateException if there are none
   * @throws IllegalArgumentException if the rule is not defined for this number of workers; the gradients are kept
   */
  public List<TFloat32> aggregate() {
    if (workers == 0) {
      throw new IllegalStateException("no gradients: add comes before aggregate");
    }
    engine.aggregate(rule, rows.subList(0, workers).toArray(float[][]::new), result);
    workers = 0;
    List<TFloat32> tensors = new ArrayList<>();
    int at = 0;
    for (Shape shape : shapes) {
      TFloat32 tensor = TFloat32.tensorOf(shape);
      tensor.asRawTensor().data().asFloats().write(result, at, (int) shape.size());
      tensors.add(tensor);
      at += (int) shape.size();
    }
    return tensors;
  }
}
