package org.monna.simulation.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.monna.simulation.data.Dataset;
import org.monna.simulation.data.Digits;

class DjlModelTest {

  private static final Dataset BATCH =
      Digits.load().training().select(IntStream.range(0, 25).map(i -> 50 * i).toArray());

  private static final float[][] ROWS = BATCH.rows();

  private final GradientModel model = Models.create("mlp(64)", 64, 10);
  private final float[] parameters = model.initialParameters(1);
  private final float[] gradient = new float[model.parameters()];

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void parametersAreTheWeightsAndBiasesOfBothLayers() {
    assertEquals(64 * 64 + 64 + 64 * 10 + 10, model.parameters());
    assertEquals(model.parameters(), parameters.length);
  }

  @Test
  void initialParametersDependOnTheSeedOnly() {
    try (GradientModel other = Models.create("mlp(64)", 64, 10)) {
      assertArrayEquals(parameters, other.initialParameters(1));
      assertFalse(Arrays.equals(parameters, other.initialParameters(2)));
    }
  }

  /** Against the formulas of a perceptron written out, in double: value, and each partial derivative by differences. */
  @Test
  void lossAndGradientAreThoseOfThePerceptron() {
    for (int c = 0; c < parameters.length; c++) {
      // Biases are 0 at first, and should not be here.
      parameters[c] += 0.01f * ((c * 31) % 17 - 8);
    }
    double[] point = IntStream.range(0, parameters.length).mapToDouble(c -> parameters[c]).toArray();
    double loss = model.gradient(parameters, BATCH, gradient);
    assertEquals(loss(point), loss, 1e-5);
    int checked = 0;
    for (int c = 0; c < point.length; c += 37) {
      double h = 1e-6;
      double middle = point[c];
      point[c] = middle + h;
      double above = loss(point);
      point[c] = middle - h;
      double below = loss(point);
      point[c] = middle;
      assertEquals((above - below) / (2 * h), gradient[c], 1e-5, "parameter " + c);
      checked += gradient[c] == 0 ? 0 : 1;
    }
    assertTrue(checked > 50);
  }

  /** The mean cross-entropy; the parameters are W1 (64 x 64, a row for each unit), b1, W2 (10 x 64), b2. */
  private static double loss(double[] p) {
    double sum = 0;
    for (int i = 0; i < BATCH.size(); i++) {
      float[] row = ROWS[i];
      double[] hidden = layer(p, 0, IntStream.range(0, row.length).mapToDouble(k -> row[k]).toArray(), 64);
      Arrays.setAll(hidden, k -> Math.max(hidden[k], 0));
      double[] out = layer(p, 64 * 65, hidden, 10);
      double normalizer = Math.log(Arrays.stream(out).map(Math::exp).sum());
      sum += normalizer - out[BATCH.labels()[i]];
    }
    return sum / BATCH.size();
  }

  private static double[] layer(double[] p, int at, double[] in, int units) {
    double[] out = new double[units];
    for (int u = 0; u < units; u++) {
      out[u] = p[at + units * in.length + u];
      for (int k = 0; k < in.length; k++) {
        out[u] += p[at + u * in.length + k] * in[k];
      }
    }
    return out;
  }

  @Test
  void sameInputSameBits() {
    double loss = model.gradient(parameters, BATCH, gradient);
    for (int i = 0; i < 20; i++) {
      float[] again = new float[gradient.length];
      Arrays.fill(again, Float.NaN);
      assertEquals(loss, model.gradient(parameters, BATCH, again));
      assertArrayEquals(gradient, again);
    }
  }

  @Test
  void aDivergedModelLeavesNoTrace() {
    model.gradient(parameters, BATCH, gradient);
    float[] diverged = new float[parameters.length];
    Arrays.fill(diverged, Float.NaN);
    float[] bad = new float[parameters.length];
    assertTrue(Double.isNaN(model.gradient(diverged, BATCH, bad)));
    float[] again = new float[parameters.length];
    model.gradient(parameters, BATCH, again);
    assertArrayEquals(gradient, again);
  }

  @Test
  void aBatchOfAnySizeIsLearnt() {
    Dataset one = BATCH.select(new int[] {7});
    for (int step = 0; step < 50; step++) {
      model.gradient(parameters, one, gradient);
      for (int c = 0; c < parameters.length; c++) {
        parameters[c] -= 0.1f * gradient[c];
      }
    }
    assertEquals(1, model.correct(parameters, one));
    assertArrayEquals(one.labels(), model.predict(parameters, one));
  }
}
