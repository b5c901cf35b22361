package org.monna.simulation.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.monna.simulation.data.Dataset;
import org.monna.simulation.data.Digits;
import org.monna.simulation.data.Examples;

/** Two libraries behind one interface agree. */
class TribuoLogisticTest {

  private static final Examples DIGITS = Digits.load();

  @Test
  void lossGradientAndPredictionsAreThoseOfPyTorch() {
    GradientModel tribuo = new TribuoLogistic(64, 10);
    try (GradientModel djl = Models.create("logistic", 64, 10)) {
      assertEquals(650, tribuo.parameters());
      assertEquals(650, djl.parameters());
      float[] parameters = djl.initialParameters(3);
      for (int c = 640; c < 650; c++) {
        parameters[c] = c - 645;
      }
      Dataset batch = DIGITS.training().select(IntStream.range(0, 40).map(i -> 35 * i).toArray());
      float[] one = new float[650];
      float[] other = new float[650];
      assertEquals(djl.gradient(parameters, batch, one), tribuo.gradient(parameters, batch, other), 1e-5);
      assertArrayEquals(one, other, 1e-5f);
      assertTrue(IntStream.range(0, 650).anyMatch(c -> Math.abs(one[c]) > 0.01));
      assertArrayEquals(djl.predict(parameters, DIGITS.test()), tribuo.predict(parameters, DIGITS.test()));
    }
  }

  @Test
  void learnsTheDigits() {
    GradientModel model = new TribuoLogistic(64, 10);
    float[] parameters = model.initialParameters(1);
    float[] gradient = new float[parameters.length];
    assertTrue(model.correct(parameters, DIGITS.test()) < 60);
    for (int step = 0; step < 60; step++) {
      model.gradient(parameters, DIGITS.training(), gradient);
      for (int c = 0; c < gradient.length; c++) {
        parameters[c] -= 0.5f * gradient[c];
      }
    }
    assertTrue(model.correct(parameters, DIGITS.test()) > 320);
  }
}
