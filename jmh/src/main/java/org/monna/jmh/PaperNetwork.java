package org.monna.jmh;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.util.Pair;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One gradient of the network of MoNNA's experiments on MNIST (arXiv 2209.10931), 431,080 parameters: convolutions of 20 and 50 filters
 * of 5 x 5, each pooled by 2, then 500 units, then 10, with rectified linear units, cross-entropy, batches of 25.
 */
final class PaperNetwork implements AutoCloseable {

  static final int BATCH = 25;
  private static final int SIDE = 28;
  private static final int CLASSES = 10;

  private final NDManager manager = PyTorch.ENGINE.newBaseManager();
  private final SequentialBlock network = new SequentialBlock();
  private final ParameterStore store = new ParameterStore(manager, false);
  private final Loss loss = Loss.softmaxCrossEntropyLoss();
  private final List<NDArray> tensors = new ArrayList<>();
  private final NDArray images;
  private final NDArray labels;
  private final float[] flat;
  private final float[] zeros;

  /** With random weights and a batch of noise: what a gradient costs does not depend on them. */
  PaperNetwork(RandomGenerator random) {
    convolution(20);
    convolution(50);
    network.add(Blocks.batchFlattenBlock());
    network.add(Linear.builder().setUnits(500).build());
    network.add(Activation.reluBlock());
    network.add(Linear.builder().setUnits(CLASSES).build());
    network.setInitializer(new XavierInitializer(), Parameter.Type.WEIGHT);
    network.initialize(manager, DataType.FLOAT32, new Shape(BATCH, 1, SIDE, SIDE));
    for (Pair<String, Parameter> named : network.getParameters()) {
      NDArray array = named.getValue().getArray();
      array.setRequiresGradient(true);
      tensors.add(array);
    }
    flat = new float[Math.toIntExact(tensors.stream().mapToLong(NDArray::size).sum())];
    zeros = new float[flat.length];
    images = manager.create(new Shape(BATCH, 1, SIDE, SIDE), DataType.FLOAT32);
    FloatBuffer pixels = PyTorch.memory(images);
    while (pixels.hasRemaining()) {
      pixels.put((float) random.nextGaussian());
    }
    labels = manager.create(new Shape(BATCH), DataType.FLOAT32);
    FloatBuffer classes = PyTorch.memory(labels);
    while (classes.hasRemaining()) {
      classes.put(random.nextInt(CLASSES));
    }
  }

  private void convolution(int filters) {
    network.add(Conv2d.builder().setKernelShape(new Shape(5, 5)).setFilters(filters).build());
    network.add(Activation.reluBlock());
    network.add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
  }

  int parameters() {
    return flat.length;
  }

  /** The gradient as one array, which the next call overwrites. */
  float[] gradient() {
    try (NDManager scope = manager.newSubManager();
        GradientCollector collector = PyTorch.ENGINE.newGradientCollector()) {
      NDArray input = images.duplicate();
      input.attach(scope);
      collector.backward(loss.evaluate(new NDList(labels), network.forward(store, new NDList(input), true)));
      int at = 0;
      for (NDArray tensor : tensors) {
        try (NDArray gradient = tensor.getGradient()) {
          FloatBuffer values = PyTorch.memory(gradient);
          values.get(0, flat, at, values.capacity());
          // PyTorch adds to what is there.
          values.put(0, zeros, 0, values.capacity());
          at += values.capacity();
        }
      }
      return flat;
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
