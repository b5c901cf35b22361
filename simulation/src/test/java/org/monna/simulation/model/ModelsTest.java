package org.monna.simulation.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.monna.simulation.data.Dataset;
import org.monna.simulation.data.Digits;
import org.monna.simulation.data.Randomness;

class ModelsTest {

  private static GradientModel create(String text) {
    return Models.create(text, features(text), 10);
  }

  private static int features(String text) {
    return switch (text) {
      case "cnn-mnist" -> 784;
      case "cnn-cifar" -> 3072;
      default -> 64;
    };
  }

  /** Noise on stripes that each class has of its own. */
  private static Dataset images(String text, int size) {
    RandomGenerator random = Randomness.of(1, "images", 0);
    float[][] patterns = new float[10][features(text)];
    for (float[] pattern : patterns) {
      int stripe = pattern.length / 16;
      for (int k = 0; k < pattern.length; k++) {
        pattern[k] = k % stripe == 0 ? 2 * (float) random.nextGaussian() : pattern[k - 1];
      }
    }
    int[] labels = IntStream.range(0, size).map(i -> i % 10).toArray();
    float[][] rows = new float[size][features(text)];
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < rows[i].length; k++) {
        rows[i][k] = patterns[labels[i]][k] + 0.5f * (float) random.nextGaussian();
      }
    }
    return new Dataset(rows, labels, 10);
  }

  @ParameterizedTest
  @CsvSource({
    "logistic, 650, logistic",
    "mlp(64), 4810, mlp(units=64)",
    "cnn-mnist, 431080, cnn-mnist",
    "cnn-cifar, 1310922, cnn-cifar"
  })
  void modelsHaveTheirParameters(String text, int parameters, String printed) {
    try (GradientModel model = create(text)) {
      assertEquals(parameters, model.parameters());
      assertEquals(parameters, model.initialParameters(1).length);
      assertEquals(printed, model.toString());
      assertArrayEquals(model.initialParameters(5), model.initialParameters(5));
      assertFalse(Arrays.equals(model.initialParameters(5), model.initialParameters(6)));
    }
  }

  /**
   * The derivative along random directions, and along the axes where the gradient is largest, layer by layer, by central
   * differences of the loss. The loss is a float, so that the differences have few digits.
   */
  @ParameterizedTest
  @ValueSource(strings = {"logistic", "mlp(12)", "cnn-mnist", "cnn-cifar"})
  void gradientsAreThoseOfTheLoss(String text) {
    try (GradientModel model = withoutDropOut(text)) {
      Dataset batch = images(text, 20);
      float[] parameters = model.initialParameters(3);
      float[] gradient = new float[parameters.length];
      model.gradient(parameters, batch, gradient);
      RandomGenerator random = Randomness.of(1, "directions", 0);
      double norm = norm(gradient);
      for (int trial = 0; trial < 6; trial++) {
        // Half along the gradient, half across, within a part of the parameters, so that all layers are seen alone.
        int from = (int) (parameters.length * (long) trial / 6);
        int to = (int) (parameters.length * (trial + 1L) / 6);
        float[] direction = new float[parameters.length];
        for (int c = from; c < to; c++) {
          direction[c] = (float) (gradient[c] / norm + 0.2 * random.nextGaussian() / Math.sqrt(to - from));
        }
        assertSlope(model, parameters, batch, gradient, direction);
      }
    }
  }

  /** Dropout leaves out other numbers at every point, so that there is no slope. */
  private static GradientModel withoutDropOut(String text) {
    return text.equals("cnn-cifar")
        ? new DjlModel(
            text, new Shape(3, 32, 32), DjlModel.Start.PYTORCH, dropOut -> Models.cifar(10, new DropOut()))
        : create(text);
  }

  private static void assertSlope(
      GradientModel model, float[] parameters, Dataset batch, float[] gradient, float[] direction) {
    double slope = dot(gradient, direction);
    double h = 0.003 / norm(direction);
    float[] scratch = new float[parameters.length];
    double above = model.gradient(moved(parameters, direction, h), batch, scratch);
    double below = model.gradient(moved(parameters, direction, -h), batch, scratch);
    assertEquals(slope, (above - below) / (2 * h), 0.02 * Math.abs(slope) + 2e-3 * norm(gradient) * norm(direction));
  }

  private static float[] moved(float[] parameters, float[] direction, double h) {
    float[] moved = parameters.clone();
    for (int c = 0; c < moved.length; c++) {
      moved[c] += (float) (h * direction[c]);
    }
    return moved;
  }

  private static double dot(float[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(c -> (double) a[c] * b[c]).sum();
  }

  private static double norm(float[] a) {
    return Math.sqrt(dot(a, a));
  }

  @ParameterizedTest
  @ValueSource(strings = {"logistic", "mlp(12)", "cnn-mnist", "cnn-cifar"})
  void anyThreadAndAnyObjectGiveTheSameBits(String text) throws Exception {
    Dataset batch = images(text, 12);
    float[] expected;
    double loss;
    int[] predicted;
    try (GradientModel model = create(text)) {
      float[] parameters = model.initialParameters(1);
      expected = new float[parameters.length];
      // What another node computed before leaves nothing.
      model.gradient(model.initialParameters(2), images(text, 7), expected);
      loss = model.gradient(parameters, batch, expected);
      predicted = model.predict(parameters, batch);
    }
    List<Callable<float[]>> tasks = new ArrayList<>();
    for (int t = 0; t < 3; t++) {
      tasks.add(
          () -> {
            try (GradientModel model = create(text)) {
              float[] parameters = model.initialParameters(1);
              float[] gradient = new float[parameters.length];
              for (int i = 0; i < 2; i++) {
                assertEquals(loss, model.gradient(parameters, batch, gradient));
                assertArrayEquals(predicted, model.predict(parameters, batch));
              }
              return gradient;
            }
          });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      for (Future<float[]> gradient : threads.invokeAll(tasks)) {
        assertArrayEquals(expected, gradient.get());
      }
    }
    // Made here, used there.
    try (GradientModel model = create(text);
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      float[] gradient = new float[expected.length];
      assertEquals(loss, thread.submit(() -> model.gradient(model.initialParameters(1), batch, gradient)).get());
      assertArrayEquals(expected, gradient);
    }
  }

  @ParameterizedTest
  @CsvSource({"logistic, 0.1, 30", "mlp(12), 0.1, 30", "cnn-mnist, 0.1, 25", "cnn-cifar, 0.05, 9"})
  void modelsLearn(String text, float rate, int steps) {
    try (GradientModel model = create(text)) {
      Dataset data = images(text, 30);
      float[] parameters = model.initialParameters(1);
      float[] gradient = new float[parameters.length];
      double first = model.gradient(parameters, data, gradient);
      double last = first;
      for (int step = 0; step < steps; step++) {
        last = model.gradient(parameters, data, gradient);
        for (int c = 0; c < parameters.length; c++) {
          parameters[c] -= rate * gradient[c];
        }
      }
      assertTrue(last < 0.5 * first, first + " to " + last);
      assertTrue(model.correct(parameters, data) >= 27);
    }
  }

  /** Dropout changes the loss at every new batch or point, and only there. Prediction has none. */
  @Test
  void dropoutFollowsFromTheInput() {
    Dataset batch = images("cnn-cifar", 8);
    // The same images in another order: without dropout the same loss.
    Dataset turned = batch.select(new int[] {7, 6, 5, 4, 3, 2, 1, 0});
    try (GradientModel model = create("cnn-cifar")) {
      float[] parameters = model.initialParameters(1);
      float[] gradient = new float[parameters.length];
      double loss = model.gradient(parameters, batch, gradient);
      assertNotEquals(loss, model.gradient(parameters, turned, gradient), 1e-4);
      assertEquals(loss, model.gradient(parameters, batch, gradient));
      int[] predicted = model.predict(parameters, batch);
      int[] back = model.predict(parameters, turned);
      for (int i = 0; i < 8; i++) {
        assertEquals(predicted[i], back[7 - i]);
      }
    }
  }

  /** With running averages, batches a thousand times brighter would change what is predicted. */
  @Test
  void batchNormalizationHasNoMemory() {
    Dataset batch = images("cnn-cifar", 10);
    float[][] scaled = batch.rows();
    for (float[] row : scaled) {
      for (int k = 0; k < row.length; k++) {
        row[k] = 1000 * row[k] + 300;
      }
    }
    try (GradientModel model = create("cnn-cifar")) {
      float[] parameters = model.initialParameters(1);
      float[] gradient = new float[parameters.length];
      int[] before = model.predict(parameters, batch);
      model.gradient(parameters, new Dataset(scaled, batch.labels(), 10), gradient);
      assertArrayEquals(before, model.predict(parameters, batch));
    }
  }

  @Test
  void startsAreThoseOfTheirDistributions() {
    try (GradientModel cnn = create("cnn-mnist"); GradientModel cifar = create("cnn-cifar")) {
      float[] p = cnn.initialParameters(1);
      // First the 500 weights and 20 biases of 25 inputs each.
      assertUniform(Arrays.copyOfRange(p, 0, 520), 0.2);
      // The 400,000 weights and 500 biases of the 500 units on 800 inputs.
      int dense = 520 + 50 * 500 + 50;
      assertUniform(Arrays.copyOfRange(p, dense, dense + 400_500), 1 / Math.sqrt(800));
      float[] q = cifar.initialParameters(1);
      assertUniform(Arrays.copyOfRange(q, 0, 64 * 28), 1 / Math.sqrt(27));
      assertTrue(IntStream.range(64 * 28, 64 * 29).allMatch(c -> q[c] == 1));
      assertTrue(IntStream.range(64 * 29, 64 * 30).allMatch(c -> q[c] == 0));
    }
    try (GradientModel mlp = create("mlp(64)")) {
      float[] p = mlp.initialParameters(1);
      assertUniform(Arrays.copyOfRange(p, 0, 4096), Math.sqrt(6 / 64.0));
      assertTrue(IntStream.range(4096, 4160).allMatch(c -> p[c] == 0));
    }
  }

  private static void assertUniform(float[] values, double bound) {
    double mean = 0;
    double squares = 0;
    double largest = 0;
    for (float v : values) {
      mean += v / values.length;
      squares += (double) v * v / values.length;
      largest = Math.max(largest, Math.abs(v));
    }
    assertTrue(largest <= bound && largest > 0.95 * bound, largest + " of " + bound);
    assertEquals(0, mean, 5 * bound / Math.sqrt(3.0 * values.length));
    assertEquals(bound * bound / 3, squares, 5 * 0.3 * bound * bound / Math.sqrt(values.length));
  }

  @Test
  void allExamplesArePredictedWhateverTheirNumber() {
    try (GradientModel model = Models.create("logistic", 64, 10)) {
      Dataset test = Digits.load().test();
      float[] parameters = model.initialParameters(1);
      int[] all = model.predict(parameters, test);
      for (int size : new int[] {1, 99, 100, 101, 359}) {
        int[] indices = IntStream.range(0, size).map(i -> (i * 7) % 360).toArray();
        int[] some = model.predict(parameters, test.select(indices));
        assertEquals(size, some.length);
        for (int i = 0; i < size; i++) {
          assertEquals(all[indices[i]], some[i]);
        }
      }
    }
  }

  @Test
  void whatIsImpossibleIsSaid() {
    assertSays("unknown model \"vgg\"; known are cnn-cifar, cnn-mnist, logistic, mlp(units)", "vgg", 64);
    assertSays("the model mlp: units is 0.5, but must be a whole number from 1 to 1000000", "mlp(0.5)", 64);
    assertSays("the model mlp: units is Infinity, but must be a whole number from 1 to 1000000", "mlp(1e999)", 64);
    assertSays(
        "the model cnn-mnist is for gray images of 28 x 28 pixels, 784 numbers, but the data has rows of 64",
        "cnn-mnist", 64);
    assertSays(
        "the model cnn-cifar is for images of 32 x 32 pixels in three colours, 3072 numbers, but the data has rows of"
            + " 784",
        "cnn-cifar", 784);
  }

  private static void assertSays(String message, String text, int features) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, () -> Models.create(text, features, 10)).getMessage());
  }
}
