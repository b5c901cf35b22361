package org.monna;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** {@link Coordinatewise#around} against its definition. */
class MeanAroundTest {

  private final Random random = new Random(1);

  @Test
  void agreesWithTheDefinitionForAllRanksAndCounts() {
    for (int m = 1; m <= 9; m++) {
      for (int from = 0; from < m; from++) {
        for (int to = from + 1; to <= m; to++) {
          for (int keep = 1; keep <= m; keep++) {
            check(lattice(m, 20), from, to, keep);
            check(withOutliers(m, m / 3, 20), from, to, keep);
          }
        }
      }
    }
  }

  @Test
  void agreesWithTheDefinitionForManyVectorsAndSeveralTiles() {
    check(lattice(40, 700), 19, 21, 27);
    check(withOutliers(101, 20, 700), 20, 81, 81);
    check(withOutliers(33, 3, 2100), 16, 17, 5);
  }

  @Test
  void atTheSameDistanceTheSmallerValueIsNearer() {
    assertEquals(-0.5f, aggregate(column(1, 0, -1), 1, 2, 2)[0]);
    assertEquals(-0.5f, aggregate(column(-1, 1, 0), 1, 2, 2)[0]);
    assertEquals(0f, aggregate(column(-1, 1), 0, 2, 2)[0]);
    assertEquals(-1f, aggregate(column(1, -1), 0, 2, 1)[0]);
  }

  /** 49 times the reciprocal of 49 is not 1, so a centre formed that way would break ties at random. */
  @Test
  void aCentreThatIsExactIsHit() {
    float[] values = new float[51];
    Arrays.fill(values, 1, 50, 1);
    values[0] = 0;
    values[50] = 2;
    assertEquals(49f / 50, aggregate(column(values), 1, 50, 50)[0]);
  }

  @Test
  void nonFiniteValuesAreFarthest() {
    float inf = Float.POSITIVE_INFINITY;
    assertEquals(2f, aggregate(column(inf, 1, 2, 3, -inf), 2, 3, 3)[0]);
    assertEquals(2f, aggregate(column(Float.NaN, 1, 2, 3, Float.NaN), 1, 4, 3)[0]);
    assertEquals(2f, aggregate(column(-inf, 1, 2, 3, -inf), 2, 3, 3)[0]);
    float most = Float.MAX_VALUE;
    assertEquals(most, aggregate(column(most, most, most, -most), 1, 3, 3)[0]);
  }

  /** Small whole numbers, of which many are equal. */
  private float[][] lattice(int m, int d) {
    return vectors(m, d, i -> random.nextInt(5) - 2);
  }

  /** Numbers around 1, the last of them far away. */
  private float[][] withOutliers(int m, int outliers, int d) {
    return vectors(m, d, i -> 1 + random.nextGaussian() + (i >= m - outliers ? 30 : 0));
  }

  private static float[][] vectors(int m, int d, IntToDoubleFunction value) {
    float[][] vectors = new float[m][d];
    for (int i = 0; i < m; i++) {
      for (int c = 0; c < d; c++) {
        vectors[i][c] = (float) value.applyAsDouble(i);
      }
    }
    return vectors;
  }

  private static float[][] column(float... values) {
    float[][] vectors = new float[values.length][1];
    for (int i = 0; i < values.length; i++) {
      vectors[i][0] = values[i];
    }
    return vectors;
  }

  private static float[] aggregate(float[][] vectors, int from, int to, int keep) {
    float[] out = new float[vectors[0].length];
    Plan plan = Plan.coordinatewise(vectors.length, Coordinatewise.around(from, to, keep));
    Engine.sequential().apply(plan, vectors, out);
    return out;
  }

  private static void check(float[][] vectors, int from, int to, int keep) {
    float[] expected = new float[vectors[0].length];
    for (int c = 0; c < expected.length; c++) {
      int column = c;
      double[] values = Arrays.stream(vectors).mapToDouble(v -> v[column]).sorted().toArray();
      double centre = Arrays.stream(values, from, to).sum() / (to - from);
      expected[c] =
          (float)
              Arrays.stream(values)
                  .boxed()
                  .sorted(Comparator.comparingDouble(v -> Math.abs(v - centre)))
                  .limit(keep)
                  .mapToDouble(v -> v)
                  .average()
                  .orElseThrow();
    }
    float[] out = aggregate(vectors, from, to, keep);
    assertArrayEquals(expected, out, 2e-6f, () -> "m = %d, %d..%d, %d".formatted(vectors.length, from, to, keep));
  }
}
