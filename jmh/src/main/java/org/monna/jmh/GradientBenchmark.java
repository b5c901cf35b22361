package org.monna.jmh;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.monna.simulation.data.Dataset;
import org.monna.simulation.model.GradientModel;
import org.monna.simulation.model.Models;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a node computes before it aggregates: one gradient of the network of MoNNA's experiments on MNIST (arXiv 2209.10931), as the
 * simulation computes it, on one thread.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class GradientBenchmark {

  /** That of the experiments. */
  static final int BATCH = 25;

  private static final int PIXELS = 28 * 28;
  private static final int CLASSES = 10;

  private final GradientModel network = Models.create("cnn-mnist", PIXELS, CLASSES);
  private final float[] parameters = network.initialParameters(1);
  private final float[] gradient = new float[network.parameters()];
  private final Dataset batch = noise();

  /** What a gradient costs does not depend on the images. */
  private static Dataset noise() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    float[][] images = new float[BATCH][PIXELS];
    int[] labels = new int[BATCH];
    for (int i = 0; i < BATCH; i++) {
      for (int k = 0; k < PIXELS; k++) {
        images[i][k] = (float) random.nextGaussian();
      }
      labels[i] = random.nextInt(CLASSES);
    }
    return new Dataset(images, labels, CLASSES);
  }

  @Benchmark
  public float[] gradient() {
    network.gradient(parameters, batch, gradient);
    return gradient;
  }

  @TearDown
  public void close() {
    network.close();
  }
}
