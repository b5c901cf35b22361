package org.monna.baselines;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.Coordinatewise;
import org.monna.Engine;
import org.monna.Plan;
import org.monna.Report;

class SelectingRulesTest {

  private final Random random = new Random(2);

  @Test
  void bulyanSelectsByKrumOfThoseThatAreLeft() {
    int[][] sizes = {{3, 0}, {7, 1}, {8, 1}, {11, 2}, {14, 2}, {15, 3}};
    for (int[] size : sizes) {
      for (int k = 0; k < 10; k++) {
        float[][] vectors =
            k % 2 == 0
                ? Samples.withOutliers(random, size[0], size[1], 6)
                : Samples.lattice(random, size[0], 6);
        checkBulyan(vectors, size[1]);
      }
    }
  }

  private static void checkBulyan(float[][] vectors, int f) {
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < vectors.length; i++) {
      left.add(i);
    }
    int theta = vectors.length - 2 * f;
    float[][] selected = new float[theta][];
    for (int round = 0; round < theta; round++) {
      int best = left.stream().min(Comparator.comparingDouble(i -> score(vectors, i, left, f))).orElseThrow();
      selected[round] = vectors[best];
      left.removeIf(i -> i == best);
    }
    float[] expected = new float[vectors[0].length];
    Coordinatewise around = Coordinatewise.around((theta - 1) / 2, theta / 2 + 1, theta - 2 * f);
    Engine.sequential().apply(Plan.coordinatewise(theta, around), selected, expected);
    assertArrayEquals(expected, new Bulyan(f).aggregate(vectors), 1e-6f);
  }

  private static double score(float[][] vectors, int i, List<Integer> left, int f) {
    return left.stream()
        .filter(j -> j != i)
        .mapToDouble(j -> Samples.squaredDistance(vectors[i], vectors[j]))
        .sorted()
        .limit(Math.max(1, left.size() - f - 2))
        .sum();
  }

  @Test
  void meanWithOutliersAveragesTheNearestToKrumsVector() {
    float[][] vectors = Samples.withOutliers(random, 9, 3, 5);
    float[] pivot = new Krum(3).aggregate(vectors);
    float[][] nearest =
        Arrays.stream(vectors)
            .sorted(Comparator.comparingDouble(v -> Samples.squaredDistance(v, pivot)))
            .limit(6)
            .toArray(float[][]::new);
    assertArrayEquals(new Mean().aggregate(nearest), new MeanWithOutliers(3).aggregate(vectors), 1e-6f);
  }

  @Test
  void eliminationAveragesTheShortest() {
    float[][] vectors = {{3, 0}, {0, 5}, {0, 1}, {1, 0}, {-2, 0}};
    assertArrayEquals(new float[] {-1f / 3, 1f / 3}, new ComparativeGradientElimination(2).aggregate(vectors), 1e-7f);
    float[][] agreeing = {{10, 0}, {10, 0}, {10, 0}, {0, 0}};
    assertArrayEquals(
        new float[] {20f / 3, 0}, new ComparativeGradientElimination(1).aggregate(agreeing), 1e-6f);
    assertFalse(new ComparativeGradientElimination(1).certificate(4).holds());
    assertTrue(new ComparativeGradientElimination(0).certificate(4).holds());
  }

  @Test
  void upToFNonFiniteVectorsAreNotUsed() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      for (String rule :
          List.of("bulyan(f=2)", "meanwo(f=2)", "cge(f=2)", "phocas(f=2)", "mean-around-median(f=2)")) {
        float[][] vectors = Samples.withOutliers(random, 11, 0, 4);
        vectors[0][1] = bad;
        vectors[7][3] = -bad;
        Report report = Engine.sequential().report(Aggregators.parse(rule), vectors, new float[4]);
        float[] out = Aggregators.parse(rule).aggregate(vectors);
        for (float value : out) {
          assertTrue(Math.abs(value) < 10, rule);
        }
        assertEquals(List.of(0, 7), report.nonFinite());
        assertFalse(report.guaranteeIsVoid() && !rule.startsWith("cge"), rule);
      }
    }
  }

  @Test
  void textsAreReadBackAndErrorsNameTheCondition() {
    for (String text :
        List.of("bulyan(f=2)", "meanwo(f=1)", "cge(f=1)", "phocas(f=3)", "mean-around-median(f=0)")) {
      Aggregator rule = Aggregators.parse(text);
      assertEquals(text, rule.toString());
      assertEquals(rule, Aggregators.parse(rule.toString()));
    }
    assertMessage("bulyan(f=2) needs n >= 4f + 3, but n = 10 and f = 2", () -> new Bulyan(2).need(10));
    assertMessage("phocas(f=2) needs n > 2f, but n = 4 and f = 2", () -> new Phocas(2).need(4));
    assertMessage("cge: f = -1 is negative", () -> new ComparativeGradientElimination(-1));
  }

  static void assertMessage(String message, Executable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
  }
}
