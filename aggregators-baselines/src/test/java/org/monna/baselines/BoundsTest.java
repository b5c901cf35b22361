package org.monna.baselines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.Certificate;

/** The kappa of the certificates, for every subset S of n-f vectors. */
class BoundsTest {

  private static final List<String> RULES =
      List.of(
          "mean-around-median(f=%d)",
          "phocas(f=%d)",
          "bulyan(f=%d)",
          "meanwo(f=%d)",
          "arc(f=%d) | trimmed-mean(f=%<d)",
          "arc(f=%d) | krum(f=%<d)",
          "bucketing(s=2, seed=1, round=0) | trimmed-mean(f=%d)",
          "bucketing(s=2, seed=1, round=0) | phocas(f=%d)",
          "bucketing(s=3, seed=1, round=0) | trimmed-mean(f=%d)");

  private final Random random = new Random(4);

  @Test
  void holdForEverySubset() {
    int checked = 0;
    for (String text : RULES) {
      for (int n = 3; n <= 9; n++) {
        for (int f = 0; 2 * f < n; f++) {
          Aggregator rule = Aggregators.parse(text.formatted(f));
          if (isDefined(rule, n)) {
            for (int k = 0; k < 40; k++) {
              int d = 1 + k % 3;
              check(rule, f, k % 2 == 0 ? Samples.lattice(random, n, d) : Samples.withOutliers(random, n, f, d));
              checked++;
            }
          }
        }
      }
    }
    assertTrue(checked > 5000, "checked " + checked);
  }

  /** Inputs on which the constants are reached. */
  @Test
  void areTight() {
    assertEquals(1, worstRatio(new MeanAroundMedian(1), 1, new float[][] {{0}, {1}, {-1}}), 1e-6);
    assertEquals(1, worstRatio(new Phocas(1), 1, new float[][] {{0}, {1}, {-1}}), 1e-6);
    // One bucket of one vector: the deviation of a single honest vector counts for half of the result.
    Aggregator bucketing = Aggregators.parse("bucketing(s=1, seed=1, round=0) | trimmed-mean(f=1)");
    assertEquals(1, worstRatio(bucketing, 1, new float[][] {{0}, {0}, {1}}), 1e-6);
  }

  private static boolean isDefined(Aggregator rule, int n) {
    try {
      rule.need(n);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void check(Aggregator rule, int f, float[][] vectors) {
    double ratio = worstRatio(rule, f, vectors);
    assertTrue(ratio <= 1 + 1e-4, () -> rule + ", n = " + vectors.length + ": " + ratio);
  }

  private static double worstRatio(Aggregator rule, int f, float[][] vectors) {
    int n = vectors.length;
    Certificate certificate = rule.certificate(n);
    assertEquals(f, certificate.f());
    double kappa = certificate.kappa().orElseThrow();
    float[] out = rule.aggregate(vectors);
    double worst = 0;
    for (int subset = 0; subset < 1 << n; subset++) {
      if (Integer.bitCount(subset) == n - f) {
        worst = Math.max(worst, ratio(vectors, subset, n - f, out, kappa));
      }
    }
    return worst;
  }

  private static double ratio(float[][] vectors, int subset, int size, float[] out, double kappa) {
    double variance = 0;
    double error = 0;
    double scale = 0;
    for (int c = 0; c < out.length; c++) {
      double mean = 0;
      for (int i = 0; i < vectors.length; i++) {
        mean += (subset >> i & 1) == 1 ? vectors[i][c] / (double) size : 0;
        scale = Math.max(scale, Math.abs(vectors[i][c]));
      }
      for (int i = 0; i < vectors.length; i++) {
        double deviation = vectors[i][c] - mean;
        variance += (subset >> i & 1) == 1 ? deviation * deviation / size : 0;
      }
      error += (out[c] - mean) * (out[c] - mean);
    }
    // What float cannot resolve is no error.
    double rounding = 1e-12 * scale * scale;
    return error <= rounding ? 0 : error / Math.max(kappa * variance, rounding);
  }
}
