package org.monna.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.monna.Aggregator;
import org.monna.Engine;
import org.monna.Report;

/**
 * Values from the least float to the largest, all in one input or all alike, ties and duplicates, the fewest vectors
 * and f = 0: every rule returns in time, and what it returns lies in the box of the vectors it was given.
 */
class ExtremesTest {

  private static final int D = 3;
  private static final Duration LIMIT = Duration.ofSeconds(120);

  private enum Kind {
    EQUAL,
    LATTICE,
    DUPLICATES,
    ALL_MAGNITUDES,
    ONE_FAR,
    ON_A_LINE,
    SIGNS
  }

  private static final List<Float> SCALES = List.of(Float.MIN_VALUE, 1e-41f, 1e-30f, 1e-3f, 1e6f, 1e19f, 1e30f, 1.7e38f);

  private static float[][] vectors(Kind kind, int n, float scale, RandomGenerator random) {
    float[][] vectors = new float[n][D];
    float[] direction = {1, -0.5f, 0.25f};
    for (int i = 0; i < n; i++) {
      double along = random.nextDouble(-1, 1);
      for (int c = 0; c < D; c++) {
        vectors[i][c] =
            switch (kind) {
              case EQUAL -> scale;
              case LATTICE, DUPLICATES -> scale * (random.nextInt(4) - 1) / 2;
              case ALL_MAGNITUDES ->
                  (float) (random.nextDouble(-1, 1) * Math.pow(10, random.nextInt(-45, 39)));
              case ONE_FAR -> i == n / 2 ? 3e38f : (float) (scale * random.nextDouble(-1, 1));
              case ON_A_LINE -> (float) (scale * along * direction[c]);
              case SIGNS -> (random.nextBoolean() ? 1 : -1) * Float.MAX_VALUE;
            };
      }
      if (kind == Kind.DUPLICATES && i > 0 && random.nextInt(3) > 0) {
        vectors[i] = vectors[random.nextInt(i)].clone();
      }
    }
    return vectors;
  }

  @TestFactory
  Stream<DynamicTest> everyRuleStaysInTheBox() {
    return Rules.all().stream()
        .map(rule -> dynamicTest(rule.toString(), () -> assertTimeoutPreemptively(LIMIT, () -> staysInTheBox(rule))));
  }

  private static void staysInTheBox(Rule rule) {
    RandomGenerator random = new SplittableRandom(20261125);
    boolean towardsZero = rule.text().contains("clipping") || rule.text().contains("arc(");
    for (int f : new int[] {0, 1, 2, 4}) {
      for (int more : new int[] {0, 1, 5}) {
        int n = rule.fewest(f) + more;
        Aggregator made = rule.make(f);
        if (n > rule.most() || !Rule.isDefined(made, n)) {
          continue;
        }
        for (Kind kind : Kind.values()) {
          for (float scale : SCALES) {
            float[][] vectors = vectors(kind, n, scale, random);
            String what = made + ", " + kind + " " + scale + ": " + Arrays.deepToString(vectors);
            float[] out = new float[D];
            Report report = Engine.sequential().report(made, vectors, out);
            assertTrue(report.nonFinite().isEmpty(), what);
            assertInBox(vectors, out, towardsZero, what);
            if (!towardsZero) {
              for (int r = 0; r < report.plan().mixing().rows(); r++) {
                double sum = 0;
                for (int i = 0; i < n; i++) {
                  sum += report.plan().mixing().weight(r, i);
                }
                assertEquals(1, sum, 1e-9, what);
              }
            }
          }
        }
      }
    }
  }

  private static void assertInBox(float[][] vectors, float[] out, boolean towardsZero, String what) {
    for (int c = 0; c < D; c++) {
      double low = towardsZero ? 0 : Double.POSITIVE_INFINITY;
      double high = towardsZero ? 0 : Double.NEGATIVE_INFINITY;
      for (float[] vector : vectors) {
        low = Math.min(low, vector[c]);
        high = Math.max(high, vector[c]);
      }
      double rounding = 1e-7 * Math.max(Math.abs(low), Math.abs(high)) + Float.MIN_VALUE;
      assertTrue(low - rounding <= out[c] && out[c] <= high + rounding, () -> Arrays.toString(out) + " of " + what);
    }
  }
}
