package org.monna.kernels.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.monna.kernel.Kernels;
import org.monna.kernel.ScalarKernels;
import org.monna.kernel.Scratch;
import org.monna.kernel.SelectionNetwork;
import org.monna.kernel.WindowNetwork;

/** Both implementations against the plainest of code: neither can be wrong together with the other. */
class OracleTest {

  /** Half the distance between 1 and the next float. */
  private static final double U = 0x1p-24;

  /**
   * A squared distance is a sum of non-negative terms, each with the rounding of a difference (twice, for it is squared) and of a
   * multiplication, and of the additions it goes through: in its lane, in folding, with the rest of the block.
   */
  private static final double SUM_ERROR =
      (3 + Kernels.BLOCK / Kernels.LANES + 4 + Kernels.LANES) * U * 1.01;

  private static final Kernels[] BOTH = {new ScalarKernels(), new SimdKernels()};

  private static final int[][] SHAPES = {
    {1, 1}, {2, 17}, {3, 1000}, {5, 1024}, {7, 3000}, {11, 129}, {26, 70}, {40, 33}, {65, 20}
  };

  private static final int[][] MANY_ROWS = {{129, 37}, {SelectionNetwork.LARGEST + 1, 37}, {WindowNetwork.LARGEST, 19}, {513, 35}, {1000, 67}};

  @ParameterizedTest
  @EnumSource
  void squaredDistances(Content content) {
    for (int[] shape : SHAPES) {
      float[][] rows = content.rows(shape[0], shape[1], shape[1]);
      int n = shape[0];
      for (Kernels kernels : BOTH) {
        double[] norms = new double[n];
        double[] fromLast = new double[n];
        double[] pairs = new double[n * (n - 1) / 2];
        kernels.addSquaredNorms(rows, 0, shape[1], norms);
        kernels.addSquaredDistances(rows, n - 1, 0, shape[1], fromLast);
        kernels.addPairwiseSquaredDistances(rows, 0, shape[1], pairs);
        for (int i = 0, pair = 0; i < n; i++) {
          assertClose(squaredDistance(rows[i], new float[shape[1]]), norms[i]);
          assertClose(squaredDistance(rows[i], rows[n - 1]), fromLast[i]);
          for (int j = 0; j < i; j++, pair++) {
            assertClose(squaredDistance(rows[i], rows[j]), pairs[pair]);
          }
        }
      }
    }
  }

  private static double squaredDistance(float[] x, float[] y) {
    double sum = 0;
    for (int c = 0; c < x.length; c++) {
      double e = (double) x[c] - y[c];
      sum += e * e;
    }
    return sum < Double.POSITIVE_INFINITY ? sum : Double.POSITIVE_INFINITY;
  }

  private static void assertClose(double expected, double actual) {
    if (expected < Double.POSITIVE_INFINITY) {
      assertEquals(expected, actual, expected * SUM_ERROR);
    } else {
      assertEquals(expected, actual);
    }
  }

  @ParameterizedTest
  @EnumSource
  void weightedSums(Content content) {
    for (int[] shape : SHAPES) {
      float[][] rows = content.rows(shape[0], shape[1], shape[1] + 1);
      SplittableRandom random = new SplittableRandom(shape[1]);
      double[][] weights = new double[Math.min(shape[0], 4)][shape[0]];
      Arrays.fill(weights[0], 1.0 / shape[0]);
      for (int r = 1; r < weights.length; r++) {
        Arrays.setAll(weights[r], i -> random.nextInt(3) == 0 ? 0 : random.nextDouble() - 0.25);
      }
      for (Kernels kernels : BOTH) {
        float[] out = new float[shape[1]];
        Scratch scratch = new Scratch(weights.length);
        for (double[] row : weights) {
          kernels.weightedSum(rows, row, 0, shape[1], out, 0, scratch);
          for (int c = 0; c < shape[1]; c++) {
            checkSum(rows, row, c, out[c]);
          }
        }
        int first = Math.min(shape[1], scratch.tile);
        kernels.mix(rows, weights, 0, first, scratch.rows, scratch);
        for (int r = 0; r < weights.length; r++) {
          for (int c = 0; c < first; c++) {
            checkSum(rows, weights[r], c, scratch.rows[r][c]);
          }
        }
      }
    }
  }

  /** The exact sum and, if it is not finite, what double makes of it. */
  private static void checkSum(float[][] rows, double[] weights, int c, float actual) {
    double plain = 0;
    double magnitude = 0;
    BigDecimal exact = BigDecimal.ZERO;
    for (int i = 0; i < rows.length; i++) {
      if (weights[i] != 0) {
        plain += weights[i] * rows[i][c];
        magnitude += Math.abs(weights[i] * rows[i][c]);
        if (Float.isFinite(rows[i][c])) {
          exact = exact.add(new BigDecimal(weights[i]).multiply(new BigDecimal(rows[i][c])));
        }
      }
    }
    if (!Float.isFinite((float) plain)) {
      assertEquals((float) plain, actual);
      return;
    }
    double error = exact.subtract(new BigDecimal(actual)).abs().doubleValue();
    double bound = U * Math.abs(exact.doubleValue()) + Float.MIN_VALUE + magnitude * rows.length * 0x1p-51;
    assertTrue(error <= bound * 1.01, () -> "error " + error + " instead of " + bound);
  }

  @ParameterizedTest
  @EnumSource
  void meansOfRanks(Content content) {
    for (int[] shape : SHAPES) {
      meansOfRanks(content, shape);
    }
  }

  /** More rows than there are networks for. */
  @ParameterizedTest
  @EnumSource
  void meansOfManyRanks(Content content) {
    for (int[] shape : MANY_ROWS) {
      meansOfRanks(content, shape);
    }
  }

  private static void meansOfRanks(Content content, int[] shape) {
    int m = shape[0];
    float[][] rows = content.rows(m, shape[1], shape[1] + 2);
    for (int[] ranks : new int[][] {{(m - 1) / 2, m / 2 + 1}, {m / 4, m - m / 4}, {0, m}, {m - 1, m}}) {
      SelectionNetwork network = SelectionNetwork.of(m, ranks[0], ranks[1]);
      for (Kernels kernels : BOTH) {
        float[] out = new float[shape[1]];
        kernels.meanOfRanks(network, rows, 0, shape[1], out, 0, new Scratch(m));
        for (int c = 0; c < shape[1]; c++) {
          float[] sorted = sorted(rows, c);
          assertMean(Arrays.copyOfRange(sorted, ranks[0], ranks[1]), out[c]);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void meansAroundACentre(Content content) {
    for (int[] shape : SHAPES) {
      meansAroundACentre(content, shape);
    }
  }

  @ParameterizedTest
  @EnumSource
  void meansOfManyNumbersAroundACentre(Content content) {
    for (int[] shape : MANY_ROWS) {
      meansAroundACentre(content, shape);
    }
  }

  private static void meansAroundACentre(Content content, int[] shape) {
    int m = shape[0];
    float[][] rows = content.rows(m, shape[1], shape[1] + 3);
    for (int keep : new int[] {1, (m + 1) / 2, m - m / 5, m}) {
      // One rank or two, whose mean in double is exact, so that the nearest are the nearest.
      WindowNetwork network = WindowNetwork.of(m, (m - 1) / 2, m / 2 + 1, keep);
      for (Kernels kernels : BOTH) {
        float[] out = new float[shape[1]];
        kernels.meanAround(network, rows, 0, shape[1], out, 0, new Scratch(m));
        for (int c = 0; c < shape[1]; c++) {
          float[] sorted = sorted(rows, c);
          double centre = ((double) sorted[(m - 1) / 2] + sorted[m / 2]) / 2;
          if (Double.isFinite(centre)) {
            assertNearest(sorted, centre, keep, out[c]);
          }
        }
      }
    }
  }

  /** The mean of a window of numbers that is as near as any, up to the rounding of distances. */
  private static void assertNearest(float[] sorted, double centre, int keep, float actual) {
    double[] farthest = new double[sorted.length - keep + 1];
    Arrays.setAll(
        farthest, w -> Math.max(Math.abs(sorted[w] - centre), Math.abs(sorted[w + keep - 1] - centre)));
    double best = Arrays.stream(farthest).min().orElseThrow();
    boolean found = false;
    for (int w = 0; w < farthest.length; w++) {
      found |= farthest[w] <= best * (1 + 0x1p-50) && isMean(Arrays.copyOfRange(sorted, w, w + keep), actual);
    }
    assertTrue(found, () -> actual + ", the nearest " + keep + " to " + centre + " of " + Arrays.toString(sorted));
  }

  private static float[] sorted(float[][] rows, int c) {
    float[] sorted = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      sorted[i] = Float.isNaN(rows[i][c]) ? Float.POSITIVE_INFINITY : rows[i][c] + 0f;
    }
    Arrays.sort(sorted);
    return sorted;
  }

  private static void assertMean(float[] numbers, float actual) {
    assertTrue(isMean(numbers, actual), () -> actual + ", the mean of " + Arrays.toString(numbers));
  }

  private static boolean isMean(float[] numbers, float actual) {
    double sum = 0;
    double magnitude = 0;
    for (float number : numbers) {
      sum += number;
      magnitude += Math.abs(number);
    }
    double mean = sum / numbers.length;
    if (!Float.isFinite((float) mean)) {
      return Float.compare((float) mean, actual) == 0;
    }
    double rounding = U * Math.abs(mean) + Float.MIN_VALUE;
    return Math.abs(mean - actual) <= rounding * 1.01 + magnitude * numbers.length * 0x1p-52;
  }
}
