package org.monna.simulation.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.monna.simulation.data.Randomness;

class DropOutTest {

  @BeforeAll
  static void start() throws IOException {
    DjlModel.requireEngine();
  }

  @Test
  void leavesOutItsPartAndKeepsTheMean() {
    DropOut dropOut = new DropOut();
    assertFalse(dropOut.used());
    Block layer = dropOut.of(0.25);
    assertTrue(dropOut.used());
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      NDArray ones = manager.ones(new Shape(100, 3, 33));
      assertSame(ones, apply(layer, ones));
      dropOut.by(Randomness.of(1, "test", 0));
      float[] first = apply(layer, ones).toFloatArray();
      float[] second = apply(layer, ones).toFloatArray();
      int left = 0;
      for (float value : first) {
        assertTrue(value == 0 || value == 4 / 3f);
        left += value == 0 ? 1 : 0;
      }
      // Five standard deviations.
      assertEquals(0.25 * 9900, left, 5 * Math.sqrt(9900 * 0.25 * 0.75));
      assertFalse(Arrays.equals(first, second));
      dropOut.by(Randomness.of(1, "test", 0));
      assertArrayEquals(first, apply(layer, ones).toFloatArray());
    }
  }

  private static NDArray apply(Block layer, NDArray input) {
    return layer
        .forward(new ParameterStore(input.getManager(), false), new NDList(input), true)
        .singletonOrThrow();
  }
}
