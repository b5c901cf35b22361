package org.monna.simulation.model;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;
import ai.djl.util.Pair;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.monna.simulation.data.Dataset;
import org.monna.simulation.data.Randomness;

/**
 * A neural network of the Deep Java Library, computed by PyTorch on the CPU. The flat array is copied into and out of
 * the memory that PyTorch itself uses, one bulk copy for each tensor.
 *
 * <p>Same input, same bits: every operation runs on the calling thread, and all tensors are allocated by PyTorch,
 * because the order of additions in its matrix product can depend on the alignment of the operands.
 *
 * <p>A network has no state but its parameters. Batch normalization takes the mean and variance of the batch at hand, in
 * training and in prediction alike, and no running averages: those would be a second thing that nodes learn, which no
 * rule mixes and no attack touches. What dropout leaves out follows from the parameters and the batch.
 */
public final class DjlModel implements GradientModel {

  /** A tensor with a part of the parameters. */
  private record Tensor(Parameter.Type type, NDArray array, FloatBuffer values) {

    int length() {
      return values.capacity();
    }
  }

  /** How parameters are drawn to start from. */
  enum Start {
    /** Weights uniform with variance 2 / inputs (He et al., arXiv 1502.01852), biases 0. */
    HE,
    /** Weights and biases uniform between -1 / √inputs and 1 / √inputs: PyTorch's own. */
    PYTORCH
  }

  /** The examples that are predicted at a time. What is computed on the way fits into caches. */
  private static final int PREDICTED = 100;

  private final NDManager manager = PyTorch.ENGINE.newBaseManager();
  private final String name;
  private final Block network;
  private final Shape example;
  private final Start start;
  private final ParameterStore store = new ParameterStore(manager, false);
  private final Loss loss = Loss.softmaxCrossEntropyLoss();
  private final List<Tensor> tensors = new ArrayList<>();
  private final int parameters;
  private final float[] row;

  private final DropOut dropOut = new DropOut();

  /**
   * @param name for people
   * @param example the shape of one row
   * @param start how parameters are drawn to start from
   * @param network makes a network that gives a number for each class, with the dropout that it is given
   */
  DjlModel(String name, Shape example, Start start, Function<DropOut, Block> network) {
    this.name = name;
    this.example = example;
    this.start = start;
    this.network = network.apply(dropOut);
    this.row = new float[(int) example.size()];
    this.network.initialize(manager, DataType.FLOAT32, new Shape(1).addAll(example));
    for (Pair<String, Parameter> named : this.network.getParameters()) {
      Parameter parameter = named.getValue();
      if (parameter.requiresGradient()) {
        NDArray array = parameter.getArray();
        array.setRequiresGradient(true);
        tensors.add(new Tensor(parameter.getType(), array, PyTorch.memory(array)));
      }
    }
    this.parameters = tensors.stream().mapToInt(Tensor::length).sum();
  }

  @Override
  public int parameters() {
    return parameters;
  }

  @Override
  public float[] initialParameters(long seed) {
    RandomGenerator random = Randomness.of(seed, "initial parameters", 0);
    float[] values = new float[parameters];
    int at = 0;
    double inputs = 1;
    for (Tensor tensor : tensors) {
      // A bias follows its weights.
      inputs = tensor.type == Parameter.Type.WEIGHT ? tensor.array.getShape().slice(1).size() : inputs;
      double bound =
          switch (tensor.type) {
            case WEIGHT -> Math.sqrt((start == Start.HE ? 6 : 1) / inputs);
            case BIAS -> start == Start.HE ? 0 : Math.sqrt(1 / inputs);
            default -> 0;
          };
      for (int i = at; i < at + tensor.length(); i++) {
        values[i] =
            tensor.type == Parameter.Type.GAMMA ? 1 : bound == 0 ? 0 : (float) ((2 * random.nextDouble() - 1) * bound);
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
      FloatBuffer labelMemory = PyTorch.memory(labels);
      for (int label : batch.labels()) {
        labelMemory.put(label);
      }
      dropOut.by(dropOut.used() ? leftOut(parameters, batch, row) : null);
      NDArray mean = loss.evaluate(new NDList(labels), forward(scope, batch));
      PyTorch.GRADIENTS.backward(mean);
      takeGradient(gradient);
      return mean.getFloat();
    }
  }

  /** Different for each batch and at each point, the same for the same ones. */
  private static RandomGenerator leftOut(float[] parameters, Dataset batch, float[] row) {
    long seed = Arrays.hashCode(parameters);
    for (int i = 0; i < batch.size(); i++) {
      batch.copyRow(i, row);
      seed = 31 * seed + Arrays.hashCode(row);
    }
    return Randomness.of(seed, "dropout", 0);
  }

  /** The batch's output for each class, in a scope that frees all that was computed on the way. */
  private NDList forward(NDManager scope, Dataset batch) {
    return network.forward(store, new NDList(example.dimension() == 3 ? images(scope, batch) : rows(scope, batch)), true);
  }

  private NDArray rows(NDManager scope, Dataset batch) {
    NDArray input = scope.create(new Shape(batch.size()).addAll(example), DataType.FLOAT32);
    FloatBuffer memory = PyTorch.memory(input);
    for (int i = 0; i < batch.size(); i++) {
      batch.copyRow(i, row);
      memory.put(row);
    }
    return input;
  }

  /**
   * With the channels of a pixel side by side in memory. PyTorch keeps what it computes in the same order, and looks for
   * maxima in it several times faster.
   */
  private NDArray images(NDManager scope, Dataset batch) {
    int channels = (int) example.get(0);
    int area = row.length / channels;
    NDArray input = scope.create(new Shape(batch.size(), example.get(1), example.get(2), channels), DataType.FLOAT32);
    FloatBuffer memory = PyTorch.memory(input);
    float[] pixels = channels == 1 ? row : new float[row.length];
    for (int i = 0; i < batch.size(); i++) {
      batch.copyRow(i, row);
      if (channels > 1) {
        for (int channel = 0; channel < channels; channel++) {
          for (int k = 0; k < area; k++) {
            pixels[k * channels + channel] = row[channel * area + k];
          }
        }
      }
      memory.put(pixels);
    }
    return input.transpose(0, 3, 1, 2);
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
        FloatBuffer values = PyTorch.memory(gradient);
        values.get(0, out, at, tensor.length());
        // PyTorch adds to what is there. Subtracting it from itself, as DJL does, would leave a NaN for ever.
        MemorySegment.ofBuffer(values).fill((byte) 0);
      }
      at += tensor.length();
    }
  }

  @Override
  public int[] predict(float[] parameters, Dataset examples) {
    setParameters(parameters);
    dropOut.by(null);
    // No gradient, so nothing is kept for it.
    tensors.forEach(tensor -> tensor.array.setRequiresGradient(false));
    try {
      int[] predicted = new int[examples.size()];
      int batches = (predicted.length + PREDICTED - 1) / PREDICTED;
      for (int b = 0; b < batches; b++) {
        // Every so many: neighbours are often of one class, and a batch with all classes is what training has seen.
        int[] indices = IntStream.iterate(b, i -> i < predicted.length, i -> i + batches).toArray();
        try (NDManager scope = manager.newSubManager()) {
          long[] best = forward(scope, examples.select(indices)).singletonOrThrow().argMax(1).toLongArray();
          for (int k = 0; k < best.length; k++) {
            predicted[indices[k]] = (int) best[k];
          }
        }
      }
      return predicted;
    } finally {
      tensors.forEach(tensor -> tensor.array.setRequiresGradient(true));
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
      PyTorch.ENGINE.getVersion();
    } catch (EngineException | LinkageError e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      throw new IOException("PyTorch does not start on this machine: " + cause.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
