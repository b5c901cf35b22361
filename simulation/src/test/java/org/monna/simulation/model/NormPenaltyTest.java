package org.monna.simulation.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.monna.simulation.data.Dataset;

class NormPenaltyTest {

  private static final Dataset BATCH = new Dataset(new float[][] {{1, 2}, {3, 6}}, new int[2], 2);

  private final NormPenalty model = new NormPenalty(new LinearModel(2), 0.5);

  @Test
  void theLengthOfTheParametersIsAddedNotItsSquare() {
    float[] gradient = new float[2];
    // The loss without it is 2 * 3 + 4 * 4, and the length is 5.
    assertEquals(22 + 0.5 * 5, model.gradient(new float[] {3, 4}, BATCH, gradient), 1e-12);
    assertArrayEquals(new float[] {2 + 0.5f * 0.6f, 4 + 0.5f * 0.8f}, gradient, 1e-6f);
  }

  @Test
  void atZeroThereIsNoDirection() {
    float[] gradient = new float[2];
    assertEquals(0, model.gradient(new float[2], BATCH, gradient));
    assertArrayEquals(new float[] {2, 4}, gradient);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, Double.NaN, Double.POSITIVE_INFINITY})
  void theFactorIsANumberFromZeroUp(double factor) {
    assertThrows(IllegalArgumentException.class, () -> new NormPenalty(new LinearModel(2), factor));
  }
}
