package org.monna.simulation.mixing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.monna.Engine;
import org.monna.Geometry;
import org.monna.Geometry.Need;
import org.monna.simulation.data.Randomness;

class SurveyTest {

  private static final int D = 40_000;

  private final float[][] vectors = new float[8][D];

  SurveyTest() {
    RandomGenerator random = Randomness.of(1, "survey", 0);
    for (float[] vector : vectors) {
      for (int c = 0; c < D; c++) {
        vector[c] = (float) random.nextGaussian();
      }
    }
  }

  private void assertMeasured(Geometry found, Need need, int... rows) {
    float[][] selected = Arrays.stream(rows).mapToObj(i -> vectors[i]).toArray(float[][]::new);
    Geometry expected = Engine.sequential().geometry(need, selected);
    assertEquals(rows.length, found.size());
    for (int i = 0; i < rows.length; i++) {
      assertEquals(expected.isFinite(i), found.isFinite(i));
      if (need.norms()) {
        assertEquals(expected.squaredNorm(i), found.squaredNorm(i));
      }
      for (int j = 0; j < rows.length; j++) {
        assertEquals(expected.squaredDistance(i, j), found.squaredDistance(i, j));
      }
    }
  }

  /** Whoever asked before, and for what: to the last bit what the engine measures at once. */
  @Test
  void whatWasMeasuredBeforeMakesNoDifference() {
    vectors[2][D - 1] = Float.NaN;
    vectors[6][17] = Float.POSITIVE_INFINITY;
    for (int threads : new int[] {1, 3}) {
      try (Crew crew = new Crew(threads, 1)) {
        Survey survey = new Survey(Arrays.copyOf(vectors, 5), crew);
        Need both = Need.NORMS.and(Need.PAIRWISE);
        assertMeasured(survey.with(Need.PAIRWISE, vectors[5]), Need.PAIRWISE, 0, 1, 2, 3, 4, 5);
        assertMeasured(survey.with(Need.PAIRWISE, vectors[6], vectors[7]), Need.PAIRWISE, 0, 1, 2, 3, 4, 6, 7);
        assertMeasured(survey.with(Need.NORMS, vectors[7], vectors[6]), both, 0, 1, 2, 3, 4, 7, 6);
        assertMeasured(survey.with(Need.NORMS, vectors[6], vectors[5]), both, 0, 1, 2, 3, 4, 6, 5);
        assertMeasured(survey.with(Need.fromPivot(0), vectors[7]), Need.PAIRWISE, 0, 1, 2, 3, 4, 7);
        assertMeasured(survey.with(Need.NORMS), both, 0, 1, 2, 3, 4);
      }
    }
  }

  /** Vectors that are made on the way, by several threads, before and after the others are known. */
  @Test
  void vectorsAreMadeBeforeTheyAreMeasured() {
    for (int threads : new int[] {1, 3}) {
      try (Crew crew = new Crew(threads, 1)) {
        Survey survey = new Survey(Arrays.copyOf(vectors, 5), crew);
        for (int round = 0; round < 2; round++) {
          float[] made = new float[D];
          Geometry found = survey.with(Need.NORMS, () -> (from, to) -> System.arraycopy(vectors[6], from, made, from, to - from), made);
          assertArrayEquals(vectors[6], made);
          assertMeasured(found, Need.NORMS.and(Need.PAIRWISE), 0, 1, 2, 3, 4, 6);
        }
      }
    }
  }

  /** The honest vectors are read once: when they change behind its back, only what is new is measured anew. */
  @Test
  void theSentVectorsAreMeasuredOnce() {
    try (Crew crew = new Crew(1, 1)) {
      Survey survey = new Survey(Arrays.copyOf(vectors, 5), crew);
      double before = survey.with(Need.NORMS).squaredDistance(0, 1);
      Arrays.fill(vectors[0], 100);
      Geometry after = survey.with(Need.NORMS, vectors[5]);
      assertEquals(before, after.squaredDistance(0, 1));
      assertTrue(after.squaredDistance(0, 5) > 9000.0 * D);
    }
  }
}
