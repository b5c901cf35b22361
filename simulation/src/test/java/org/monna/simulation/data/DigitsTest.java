package org.monna.simulation.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DigitsTest {

  private final Examples digits = Digits.load();

  @Test
  void everyImageIsForTrainingOrForTesting() {
    assertEquals(1437, digits.training().size());
    assertEquals(360, digits.test().size());
    int[] counts = new int[10];
    Stream.of(digits.training(), digits.test()).flatMapToInt(d -> IntStream.of(d.labels())).forEach(c -> counts[c]++);
    // As the data set is described.
    assertEquals("[178, 182, 177, 183, 181, 182, 181, 179, 174, 180]", Arrays.toString(counts));
  }

  @Test
  void noTrainingImageIsTested() {
    Set<String> training = new HashSet<>();
    for (float[] row : digits.training().rows()) {
      training.add(Arrays.toString(row));
    }
    for (float[] row : digits.test().rows()) {
      assertTrue(!training.contains(Arrays.toString(row)));
    }
  }

  @Test
  void bothPartsHaveAllClassesEvenly() {
    for (int c = 0; c < 10; c++) {
      double share = (double) digits.test().ofClass(c).length / digits.training().ofClass(c).length;
      assertEquals(0.25, share, 0.01);
    }
  }

  @Test
  void pixelsAreBetweenZeroAndOne() {
    assertEquals(64, digits.training().features());
    double largest = 0;
    for (float[] row : digits.training().rows()) {
      assertEquals(64, row.length);
      for (float pixel : row) {
        assertTrue(pixel >= 0 && pixel <= 1);
        largest = Math.max(largest, pixel);
      }
    }
    assertEquals(1, largest);
  }

  @Test
  void alteredDataIsRefused() {
    byte[] altered = "0,1\n".getBytes(StandardCharsets.US_ASCII);
    assertTrue(
        assertThrows(IllegalStateException.class, () -> Digits.parse(altered)).getMessage().contains("was altered"));
  }
}
