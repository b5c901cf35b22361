package org.monna.baselines;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.monna.baselines.SelectingRulesTest.assertMessage;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.Engine;
import org.monna.Geometry;
import org.monna.Mixing;
import org.monna.PreAggregator;

class PreAggregatorsTest {

  private static final List<String> RULES =
      List.of(
          "mean", "median", "trimmed-mean(f=1)", "phocas(f=1)", "krum(f=1)", "multi-krum(f=1)", "meanwo(f=1)");

  private final Random random = new Random(3);

  /** Every pipeline gives what its steps give one after the other. */
  @Test
  void pipelinesComposeLikeTheirSteps() {
    List<PreAggregator> steps =
        List.of(
            new Clipping(2.5),
            new Clipping(1e9),
            new AdaptiveRobustClipping(3),
            new SampleWeights(1, 2, 3, 4, 5, 6, 7, 8, 1e12),
            new Bucketing(1, 4, 0),
            new Bucketing(2, 4, 0),
            new Bucketing(3, 4, 7));
    for (PreAggregator first : steps) {
      for (String text : RULES) {
        Aggregator rule = Aggregators.parse(text);
        for (int k = 0; k < 5; k++) {
          float[][] vectors = Samples.withOutliers(random, 9, 1, 20);
          float[] expected = rule.aggregate(apply(first, vectors));
          assertArrayEquals(expected, first.then(rule).aggregate(vectors), 3e-5f, first + " | " + rule);
        }
      }
      for (PreAggregator second : List.of(new AdaptiveRobustClipping(1), new Bucketing(1, 9, 2), new Clipping(3))) {
        Aggregator rule = new Krum(1);
        float[][] vectors = Samples.withOutliers(random, 9, 1, 20);
        float[] expected = rule.aggregate(apply(second, apply(first, vectors)));
        assertArrayEquals(expected, first.then(second.then(rule)).aggregate(vectors), 3e-5f, first + " | " + second);
      }
    }
  }

  private static float[][] apply(PreAggregator step, float[][] vectors) {
    Mixing mixing = step.mixing(Engine.sequential().geometry(step.need(vectors.length), vectors));
    float[][] mixed = new float[mixing.rows()][vectors[0].length];
    for (int r = 0; r < mixed.length; r++) {
      for (int c = 0; c < mixed[r].length; c++) {
        double sum = 0;
        for (int i = 0; i < vectors.length; i++) {
          sum += mixing.weight(r, i) * vectors[i][c];
        }
        mixed[r][c] = (float) sum;
      }
    }
    return mixed;
  }

  @Test
  void shortestOfScaledVectors() {
    float[][] vectors = {{10, 0}, {0, 20}, {0, 3}, {1, 0}, {-2, 0}};
    Aggregator rule = new Clipping(4).then(new ComparativeGradientElimination(2));
    assertArrayEquals(new float[] {-1f / 3, 1}, rule.aggregate(vectors), 1e-6f);
  }

  @Test
  void distancesOfClippedVectorsKeepTheirDigits() {
    float[][] vectors = {{1e30f, 1e30f}, {2e30f, 2e30f}, {3, 4}, {4, 3}, {0.6f, 0}};
    Geometry clipped = clipped(vectors);
    assertEquals(0, clipped.squaredDistance(0, 1), 1e-5);
    assertEquals(0.08, clipped.squaredDistance(2, 3), 1e-6);
    assertEquals(0.64, clipped.squaredDistance(2, 4), 1e-5);
  }

  /** What the length of one vector has hidden is taken for as far as can be. */
  @Test
  void distancesWithoutDigitsAreUpperBounds() {
    for (float length = 1e2f; length < 1e31f; length *= 10) {
      Geometry clipped = clipped(new float[][] {{0.6f * length, 0.8f * length}, {0.6f, 0.8f}, {0.3f, -0.4f}});
      assertTrue(clipped.squaredDistance(0, 1) >= 0 && clipped.squaredDistance(0, 1) <= 4.0001);
      double distance = 0.3 * 0.3 + 1.2 * 1.2;
      assertTrue(clipped.squaredDistance(0, 2) >= distance / 2 && clipped.squaredDistance(0, 2) <= 2.2501);
    }
  }

  private static Geometry clipped(float[][] vectors) {
    Geometry.Need need = new Clipping(1).need(vectors.length, Geometry.Need.PAIRWISE);
    Geometry geometry = Engine.sequential().geometry(need, vectors);
    return geometry.mixed(new Clipping(1).mixing(geometry), Geometry.Need.PAIRWISE);
  }

  /** Long arbitrary vectors in the opposite direction: the derived distances must not make them neighbours. */
  @Test
  void aClippedOutlierIsNobodysNeighbour() {
    for (float length = 10; length < 1e30f; length *= 7) {
      float[][] vectors = new float[11][64];
      for (int i = 0; i < 11; i++) {
        for (int c = 0; c < 64; c++) {
          vectors[i][c] = (float) ((i < 2 ? -length : 1) * (1 + 0.1 * random.nextGaussian()));
        }
      }
      for (String rule : List.of("krum(f=2)", "meanwo(f=2)", "multi-krum(f=2)", "bulyan(f=2)")) {
        for (String step : List.of("arc(f=2)", "clipping(c=7)")) {
          float[] out = Aggregators.parse(step + " | " + rule).aggregate(vectors);
          for (float value : out) {
            assertEquals(1, value, 0.5f, step + " | " + rule + ", " + length);
          }
        }
      }
    }
  }

  @Test
  void scalingStepsMeasureNoMoreThanTheyMust() {
    PreAggregator arc = new AdaptiveRobustClipping(1);
    Geometry.Need pivotAndNorms = Geometry.Need.fromPivot(2).and(Geometry.Need.NORMS);
    assertEquals(Geometry.Need.NORMS, arc.then(new Median()).need(5));
    assertEquals(Geometry.Need.NORMS, arc.then(new ComparativeGradientElimination(1)).need(5));
    assertEquals(pivotAndNorms, arc.need(5, Geometry.Need.fromPivot(2)));
    assertEquals(Geometry.Need.NONE, new SampleWeights(1, 2, 3).then(new Median()).need(3));
    assertEquals(Geometry.Need.NORMS, new SampleWeights(1, 2, 3).need(3, Geometry.Need.NORMS));

    float[][] vectors = Samples.withOutliers(random, 5, 1, 7);
    vectors[3][2] = Float.NaN;
    Geometry few = Engine.sequential().geometry(pivotAndNorms, vectors);
    Geometry all = Engine.sequential().geometry(Geometry.Need.PAIRWISE.and(Geometry.Need.NORMS), vectors);
    Geometry scaled = few.mixed(arc.mixing(few), Geometry.Need.fromPivot(2));
    Geometry same = all.mixed(arc.mixing(all), Geometry.Need.PAIRWISE);
    for (int i = 0; i < 5; i++) {
      assertEquals(same.squaredDistance(i, 2), scaled.squaredDistance(i, 2), 1e-12);
      assertTrue(Double.isFinite(scaled.squaredDistance(i, 2)));
    }
  }

  @Test
  void clippingMakesNonFiniteVectorsZero() {
    float[][] vectors = {{3, 4}, {0.3f, 0}, {Float.NaN, 1}, {Float.NEGATIVE_INFINITY, 0}, {0, 0}};
    float[] sum = new float[] {(0.6f + 0.3f) / 5, 0.8f / 5};
    assertArrayEquals(sum, new Clipping(1).then(new Mean()).aggregate(vectors), 1e-7f);
    assertArrayEquals(new float[2], new Clipping(1).then(new Krum(2)).aggregate(vectors));
    float[] out = new AdaptiveRobustClipping(2).then(new Mean()).aggregate(vectors);
    assertTrue(Float.isFinite(out[0]) && Float.isFinite(out[1]));
  }

  @Test
  void adaptiveClippingCountsInWholeNumbers() {
    for (int n = 1; n <= 600; n++) {
      for (int f = 0; 2 * f < n; f++) {
        int k = new AdaptiveRobustClipping(f).clipped(n);
        assertTrue(k >= f && (long) k * n <= 2L * f * (n - f) && (k + 1L) * n > 2L * f * (n - f));
      }
    }
    float[][] vectors = {{1}, {2}, {3}, {4}, {-9}};
    // k = floor(2 * 4 / 5) = 1, so only the longest is clipped, to 4.
    assertArrayEquals(new float[] {6f / 5}, new AdaptiveRobustClipping(1).then(new Mean()).aggregate(vectors), 1e-7f);
    assertMessage("arc(f=2) needs n > 2f, but n = 4 and f = 2", () -> new AdaptiveRobustClipping(2).need(4));
  }

  @Test
  void bucketingsAreEqualIfTheyPermuteAlike() {
    Bucketing one = new Bucketing(3, 5, 7);
    assertEquals(one, new Bucketing(3, 5, 7));
    assertEquals(one.hashCode(), new Bucketing(3, 5, 7).hashCode());
    for (Bucketing other : List.of(new Bucketing(2, 5, 7), new Bucketing(3, 6, 7), new Bucketing(3, 5, 8), new Bucketing(3, 5))) {
      assertNotEquals(one, other);
    }
  }

  @Test
  void everyCallOfBucketingHasAPermutationOfItsOwn() {
    float[][] vectors = Samples.withOutliers(random, 12, 0, 1);
    Aggregator each = new Bucketing(3, 5).then(new Median());
    Set<Float> results = new HashSet<>();
    for (int round = 0; round < 8; round++) {
      float[] fixed = new Bucketing(3, 5, round).then(new Median()).aggregate(vectors);
      assertArrayEquals(fixed, each.aggregate(vectors));
      assertArrayEquals(fixed, new Bucketing(3, 5, round).then(new Median()).aggregate(vectors));
      results.add(fixed[0]);
    }
    assertTrue(results.size() >= 7);
    assertNotEquals(
        new Bucketing(3, 5, 1).mixing(Geometry.unmeasured(12)).toString(),
        new Bucketing(3, 1, 5).mixing(Geometry.unmeasured(12)).toString());
  }

  /** The generator is part of the contract: this order must never change. */
  @Test
  void thePermutationIsFixedForGood() {
    Mixing mixing = new Bucketing(1, 42, 0).mixing(Geometry.unmeasured(8));
    int[] order = new int[8];
    for (int r = 0; r < 8; r++) {
      for (int i = 0; i < 8; i++) {
        order[r] += mixing.weight(r, i) == 1 ? i : 0;
      }
    }
    assertEquals("[2, 4, 1, 0, 3, 6, 5, 7]", Arrays.toString(order));
  }

  @Test
  void bucketsAreMeansOfAll() {
    for (int n = 1; n <= 9; n++) {
      for (int s = 1; s <= n + 1; s++) {
        Mixing mixing = new Bucketing(s, 1).mixing(Geometry.unmeasured(n));
        assertEquals((n + s - 1) / s, mixing.rows());
        for (int i = 0; i < n; i++) {
          int uses = 0;
          for (int r = 0; r < mixing.rows(); r++) {
            uses += mixing.weight(r, i) > 0 ? 1 : 0;
          }
          assertEquals(1, uses);
        }
      }
    }
  }

  @Test
  void weightsGiveTheCappedWeightedMean() {
    float[][] vectors = {{1}, {2}, {3}, {4}};
    assertArrayEquals(
        new float[] {(1 + 2 * 2 + 3 * 3 + 5 * 4) / 11f},
        new SampleWeights(1, 2, 3, 1e12).then(new Mean()).aggregate(vectors), // the median is 2.5
        1e-6f);
    assertArrayEquals(new Mean().aggregate(vectors), new SampleWeights(7, 7, 7, 7).then(new Mean()).aggregate(vectors));
    for (double size : new double[] {Double.MIN_VALUE, 1e-300, 1e308, Double.MAX_VALUE}) {
      assertArrayEquals(
          new float[] {2.5f}, new SampleWeights(size, size, size, size).then(new Mean()).aggregate(vectors), 1e-6f);
    }
  }

  @Test
  void weightsBuyAtMostTheirShare() {
    for (int n = 1; n <= 12; n++) {
      for (int f = 0; 2 * f < n; f++) {
        for (int k = 0; k < 20; k++) {
          double[] weights = random.doubles(n, 0.01, 10).toArray();
          Arrays.fill(weights, 0, f, 1e12);
          Mixing mixing = new SampleWeights(weights).mixing(Geometry.unmeasured(n));
          double bought = 0;
          for (int i = 0; i < n; i++) {
            bought += i < f ? mixing.weight(i, i) / n : 0;
            assertTrue(mixing.weight(i, i) <= 4 + 1e-12);
          }
          assertTrue(bought <= 2.0 * f / ((n + 1) / 2 + f) + 1e-12);
        }
      }
    }
  }

  @Test
  void weightsThatMakeNoSenseAreNamed() {
    assertMessage("weights: weight 1 = 0.0 is not positive and finite", () -> new SampleWeights(1, 0));
    assertMessage("weights: weight 0 = -2.0 is not positive and finite", () -> new SampleWeights(-2, 0));
    assertMessage("weights: weight 0 = NaN is not positive and finite", () -> new SampleWeights(Double.NaN));
    assertMessage(
        "weights: weight 2 = Infinity is not positive and finite",
        () -> new SampleWeights(1, 1, Double.POSITIVE_INFINITY));
    assertMessage("weights: none are given", SampleWeights::new);
    Aggregator rule = new SampleWeights(1, 2).then(new Mean());
    assertMessage("weights: 2 weights for n = 3 vectors", () -> rule.aggregate(new float[3][4]));
    assertMessage("clipping: c = 0.0 is not positive and finite", () -> new Clipping(0));
    assertThrows(IllegalArgumentException.class, () -> new Clipping(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new Bucketing(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Bucketing(1, 1, -2));
  }

  @Test
  void textsAreReadBack() {
    for (String text :
        List.of(
            "clipping(c=1.29) | median",
            "clipping(c=1.0E-9) | median",
            "arc(f=2) | krum(f=2)",
            "bucketing(s=2, seed=7) | median",
            "bucketing(s=2, seed=-7, round=3) | median",
            "weights(600, 0.5, 1.0E300) | mean")) {
      Aggregator rule = Aggregators.parse(text);
      assertEquals(text, rule.toString());
      assertEquals(rule, Aggregators.parse(rule.toString()));
      assertEquals(rule.hashCode(), Aggregators.parse(text).hashCode());
    }
    assertEquals(new Bucketing(2, 0).then(new Median()), Aggregators.parse("bucketing(s=2) | median"));
  }

  @Test
  void certificatesSayWhatIsKnown() {
    assertFalse(new Clipping(1).then(new Median()).certificate(5).holds());
    assertFalse(new AdaptiveRobustClipping(1).then(new Mean()).certificate(5).holds());
    assertTrue(new SampleWeights(2, 2, 2).then(new Median()).certificate(3).holds());
    assertFalse(new SampleWeights(2, 2, 3).then(new Median()).certificate(3).holds());
    assertEquals(2.0, new AdaptiveRobustClipping(1).then(new TrimmedMean(1)).certificate(3).kappa().getAsDouble());
    // s = 1 changes nothing.
    assertEquals(
        new TrimmedMean(2).certificate(9).kappa().getAsDouble(),
        new Bucketing(1, 1).then(new TrimmedMean(2)).certificate(9).kappa().getAsDouble(),
        1e-12);
    // n = 6, s = 2, f = 1: q = 5/4, kappa = 1.
    assertEquals(1.5, new Bucketing(2, 1).then(new TrimmedMean(1)).certificate(6).kappa().getAsDouble(), 1e-12);
  }
}
