package org.monna.simulation.model;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;
import ai.djl.util.Pair;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.monna.simulation.data.Dataset;
import org.monna.simulation.data.Randomness;

/**
 * A neural network of the Deep Java Library, computed by PyTorch on the CPU. The flat array is copied into and out of
 * the memory that PyTorch itself uses, one bulk copy for each tensor.
 *
 * <p>Same input, same bits: every operation runs on the calling thread, and all tensors are allocated by PyTorch,
 * because the order of additions in its matrix product can depend on the alignment of the operands.
 */
public final class DjlModel implements GradientModel {

  /** PyTorch, started when a model is first made. */
  private static final class PyTorch {

    static final Engine ENGINE;

    /**
     * DJL permits one collector at a time in a process. It holds no state of its own (the gradients are in the
     * tensors), so all models and threads share one that is never closed.
     */
    static final GradientCollector GRADIENTS;

    static {
      System.setProperty("ai.djl.offline", "true");
      System.setProperty("ai.djl.pytorch.num_threads", "1");
      System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
      ENGINE = Engine.getEngine("PyTorch");
      GRADIENTS = ENGINE.newGradientCollector();
    }
  }

  /** A tensor with a part of the parameters. */
  private record Tensor(Parameter parameter, NDArray array, FloatBuffer values) {

    int length() {
      return values.capacity();
    }
  }

  private final NDManager manager = PyTorch.ENGINE.newBaseManager();
  private final String name;
  private final Block network;
  private final ParameterStore store = new ParameterStore(manager, false);
  private final Loss loss = Loss.softmaxCrossEntropyLoss();
  private final List<Tensor> tensors = new ArrayList<>();
  private final int parameters;

  /**
   * @param name for people
   * @param network gives a number for each class; its parameters are those of the model
   * @param features the length of a row
   */
  public DjlModel(String name, Block network, int features) {
    this.name = name;
    this.network = network;
    network.initialize(manager, DataType.FLOAT32, new Shape(1, features));
    for (Pair<String, Parameter> named : network.getParameters()) {
      NDArray array = named.getValue().getArray();
      array.setRequiresGradient(true);
      tensors.add(new Tensor(named.getValue(), array, memory(array)));
    }
    this.parameters = tensors.stream().mapToInt(Tensor::length).sum();
  }

  /** A perceptron with one hidden layer of rectified linear units. */
  public static DjlModel perceptron(int features, int hidden, int classes) {
    SequentialBlock network = new SequentialBlock();
    network.add(Linear.builder().setUnits(hidden).build());
    network.add(Activation.reluBlock());
    network.add(Linear.builder().setUnits(classes).build());
    return new DjlModel("perceptron %d-%d-%d".formatted(features, hidden, classes), network, features);
  }

  /** The numbers of a tensor: a view. */
  private static FloatBuffer memory(NDArray array) {
    return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  @Override
  public int parameters() {
    return parameters;
  }

  /** Weights uniform with variance 2 / inputs (He et al., arXiv 1502.01852), all else 0. */
  @Override
  public float[] initialParameters(long seed) {
    RandomGenerator random = Randomness.of(seed, "initial parameters", 0);
    float[] values = new float[parameters];
    int at = 0;
    for (Tensor tensor : tensors) {
      if (tensor.parameter.getType() == Parameter.Type.WEIGHT) {
        double inputs = tensor.array.getShape().slice(1).size();
        double bound = Math.sqrt(6 / inputs);
        for (int i = 0; i < tensor.length(); i++) {
          values[at + i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
      }
      at += tensor.length();
    }
    return values;
  }

  @Override
  public double gradient(float[] parameters, Dataset batch, float[] gradient) {
    setParameters(parameters);
    try (NDManager scope = manager.newSubManager()) {
      NDArray labels = scope.create(new Shape(batch.size()), DataType.FLOAT32);
      FloatBuffer labelMemory = memory(labels);
      for (int label : batch.labels()) {
        labelMemory.put(label);
      }
      NDArray mean = loss.evaluate(new NDList(labels), forward(scope, batch.rows(), true));
      PyTorch.GRADIENTS.backward(mean);
      takeGradient(gradient);
      return mean.getFloat();
    }
  }

  /** The batch's output for each class, in a scope that frees all that was computed on the way. */
  private NDList forward(NDManager scope, float[][] rows, boolean training) {
    NDArray input = scope.create(new Shape(rows.length, rows[0].length), DataType.FLOAT32);
    FloatBuffer inputMemory = memory(input);
    for (float[] row : rows) {
      inputMemory.put(row);
    }
    return network.forward(store, new NDList(input), training);
  }

  private void setParameters(float[] values) {
    int at = 0;
    for (Tensor tensor : tensors) {
      tensor.values.put(0, values, at, tensor.length());
      at += tensor.length();
    }
  }

  private void takeGradient(float[] out) {
    int at = 0;
    for (Tensor tensor : tensors) {
      try (NDArray gradient = tensor.array.getGradient()) {
        FloatBuffer values = memory(gradient);
        values.get(0, out, at, tensor.length());
        // PyTorch adds to what is there. Subtracting it from itself, as DJL does, would leave a NaN for ever.
        for (int i = 0; i < tensor.length(); i++) {
          values.put(i, 0);
        }
      }
      at += tensor.length();
    }
  }

  @Override
  public int[] predict(float[] parameters, float[][] rows) {
    setParameters(parameters);
    try (NDManager scope = manager.newSubManager()) {
      NDArray best = forward(scope, rows, false).singletonOrThrow().argMax(1);
      long[] classes = best.toLongArray();
      int[] predicted = new int[classes.length];
      for (int i = 0; i < predicted.length; i++) {
        predicted[i] = (int) classes[i];
      }
      return predicted;
    }
  }

  @Override
  public void close() {
    manager.close();
  }

  /**
   * Starts PyTorch, which unpacks its native libraries when it is first started on a machine.
   *
   * @throws IOException if it does not run here
   */
  public static void requireEngine() throws IOException {
    try {
      engine();
    } catch (EngineException | LinkageError e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      throw new IOException("PyTorch does not start on this machine: " + cause.getMessage(), e);
    }
  }

  /** What computes, with its version. */
  public static String engine() {
    return "DJL, %s %s".formatted(PyTorch.ENGINE.getEngineName(), PyTorch.ENGINE.getVersion());
  }

  @Override
  public String toString() {
    return name;
  }
}
