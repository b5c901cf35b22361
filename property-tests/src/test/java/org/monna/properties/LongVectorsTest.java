package org.monna.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.monna.Aggregators;

/** More coordinates than a float can count. */
class LongVectorsTest {

  private static final int D = (1 << 24) + 3;

  /**
   * Of two vectors one differs by 1 in all coordinates, the other by 4,096 in one and by 1 in another: it is nearer, by 2. Whoever adds in
   * float finds both at 2^24, and takes the first.
   */
  @Test
  void distancesAreNotAddedInFloat() {
    float[] ones = new float[D];
    Arrays.fill(ones, 1);
    float[] nearer = new float[D];
    nearer[5] = 4096;
    nearer[D - 1] = 1;
    float[] out = Aggregators.parse("nna(f=1)").aggregate(new float[][] {new float[D], ones, nearer});
    assertEquals(0, out[0]);
    assertEquals(2048, out[5]);
    assertEquals(0.5f, out[D - 1]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"median", "trimmed-mean(f=1)", "nna(f=1)", "krum(f=1)", "multi-krum(f=1)"})
  void everyCoordinateIsRight(String rule) {
    // Two honest vectors of ones that differ in the last coordinate only, where one has 1 + 2^-10, and an outlier.
    float[] first = new float[D];
    Arrays.fill(first, 1);
    float[] second = first.clone();
    second[D - 1] = 1 + 0x1p-10f;
    float[] outlier = new float[D];
    Arrays.fill(outlier, -1000);

    float[] out = Aggregators.parse(rule).aggregate(new float[][] {first, second, outlier});

    for (int c = 0; c < D - 1; c++) {
      assertEquals(1f, out[c], rule);
    }
    float last = rule.startsWith("nna") || rule.startsWith("multi") ? 1 + 0x1p-11f : 1;
    assertEquals(last, out[D - 1], rule);
  }
}
