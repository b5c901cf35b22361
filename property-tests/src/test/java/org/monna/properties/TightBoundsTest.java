package org.monna.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.testkit.Exact;
import org.monna.testkit.Subsets;

/** Inputs on which the proved constants are reached: neither can the rule be worse, nor the constant smaller. */
class TightBoundsTest {

  /** The largest {@code ||F - mean_S||^2 / Var_S} over the subsets S of n-f vectors. */
  private static double worstKappa(Aggregator rule, float[][] vectors, int f) {
    float[] out = rule.aggregate(vectors);
    double worst = 0;
    for (int[] subset : Subsets.toTry(vectors, vectors.length - f, out)) {
      double[] mean = Exact.mean(vectors, subset);
      double variance = Exact.variance(vectors, subset, mean);
      double error = Exact.squaredDistance(out, mean);
      worst = Math.max(worst, error == 0 ? 0 : error / variance);
    }
    return worst;
  }

  /** The largest {@code ||F - mean_S|| / diameter(S)}. */
  private static double worstLambda(Aggregator rule, float[][] vectors, int f) {
    float[] out = rule.aggregate(vectors);
    double worst = 0;
    for (int[] subset : Subsets.toTry(vectors, vectors.length - f, out)) {
      double error = Math.sqrt(Exact.squaredDistance(out, Exact.mean(vectors, subset)));
      worst = Math.max(worst, error == 0 ? 0 : error / Exact.diameter(vectors, subset));
    }
    return worst;
  }

  private static float[][] onesAndZeros(int ones, int n) {
    float[][] vectors = new float[n][1];
    for (int i = 0; i < ones; i++) {
      vectors[i][0] = 1;
    }
    return vectors;
  }

  /** f ones and n-f zeros: the zeros force the result to be 0, and S can hold all the ones. */
  @ParameterizedTest
  @CsvSource({"3, 1", "5, 1", "5, 2", "8, 3", "11, 2", "11, 5"})
  void trimmedMeanReachesTheLeastKappaOfAnyRule(int n, int f) {
    Aggregator rule = Aggregators.parse("trimmed-mean(f=%d)".formatted(f));
    assertArrayEquals(new float[1], rule.aggregate(onesAndZeros(f, n)));
    double kappa = rule.certificate(n).kappa().orElseThrow();
    assertEquals(f / (n - 2.0 * f), kappa, 1e-12);
    assertEquals(kappa, worstKappa(rule, onesAndZeros(f, n), f), 1e-9 * kappa);
    assertEquals(f / (double) (n - f), worstLambda(rule, onesAndZeros(f, n), f), 1e-9);
  }

  /** For odd n and (n-1)/2 ones the median is 0, and S can leave out f of the zeros. */
  @ParameterizedTest
  @CsvSource({"3, 1", "5, 1", "5, 2", "7, 2", "9, 4", "11, 2", "11, 5"})
  void medianReachesItsKappaForOddN(int n, int f) {
    Aggregator rule = Aggregators.parse("median");
    double kappa = rule.certificate(n, f).kappa().orElseThrow();
    assertEquals(kappa, worstKappa(rule, onesAndZeros((n - 1) / 2, n), f), 1e-9 * kappa);
  }

  /** A rule that has a finite kappa for n vectors has at least f/(n-2f). */
  @ParameterizedTest
  @CsvSource({"3, 1", "7, 1", "7, 2", "11, 2", "20, 3"})
  void noRuleIsBetterThanTheLowerBound(int n, int f) {
    for (Rule rule : Rules.all()) {
      if (n >= rule.fewest(f) && n <= rule.most()) {
        Aggregator made = rule.make(f);
        List<Double> kappas = made.certificate(n, f).kappa().stream().boxed().toList();
        for (double kappa : kappas) {
          assertEquals(Math.max(kappa, f / (n - 2.0 * f)), kappa, 1e-12, made.toString());
        }
      }
    }
  }

  /** The same input in every coordinate: the bounds do not depend on d. */
  @ParameterizedTest
  @CsvSource({"7, 2, 40", "11, 5, 3"})
  void trimmedMeanReachesItInEveryDimension(int n, int f, int d) {
    float[][] vectors = new float[n][d];
    for (int i = 0; i < f; i++) {
      Arrays.fill(vectors[i], 1);
    }
    double expected = f / (n - 2.0 * f);
    Aggregator rule = Aggregators.parse("trimmed-mean(f=%d)".formatted(f));
    assertEquals(expected, worstKappa(rule, vectors, f), 1e-9 * expected);
  }
}
