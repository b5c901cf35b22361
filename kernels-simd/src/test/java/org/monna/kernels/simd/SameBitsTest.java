package org.monna.kernels.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.monna.kernel.Kernels;
import org.monna.kernel.ScalarKernels;
import org.monna.kernel.Scratch;
import org.monna.kernel.SelectionNetwork;
import org.monna.kernel.WindowNetwork;

/** The SIMD kernels give the bits of the scalar ones: in the interpreter, where this begins, and compiled, where it ends. */
class SameBitsTest {

  private static final Kernels SCALAR = new ScalarKernels();
  private static final Kernels SIMD = new SimdKernels();

  private static final int[] SMALL_D = IntStream.rangeClosed(1, 130).toArray();
  private static final int[] LARGE_D = {1021, 1023, 1024, 1025, 4095, 4096, 4097, 16383, 16385, 65537};
  private static final int[] SMALL_N = {1, 2, 3, 4, 5, 6, 7, 8, 13};

  @ParameterizedTest
  @EnumSource
  void everyLength(Content content) {
    for (int d : SMALL_D) {
      check(content, SMALL_N[d % SMALL_N.length], d, d % 3 * 7, d);
      check(content, SMALL_N[(d + 4) % SMALL_N.length], d, d % 4, d + 1000);
    }
  }

  @ParameterizedTest
  @EnumSource
  void lengthsAroundBlocksAndTiles(Content content) {
    for (int d : LARGE_D) {
      check(content, d > 5000 ? 4 : 7, d, d % 19, d);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyNumberOfRows(Content content) {
    for (int n = 1; n <= 40; n++) {
      check(content, n, 67 + n % 3, n % 5, n);
    }
  }

  @ParameterizedTest
  @EnumSource
  void manyRows(Content content) {
    check(content, 64, 1100, 3, 64);
    check(content, 100, 131, 0, 100);
    check(content, 129, 67, 1, 129);
    check(content, SelectionNetwork.LARGEST, 67, 1, 200);
    check(content, SelectionNetwork.LARGEST + 1, 300, 1, 201);
    check(content, WindowNetwork.LARGEST, 67, 1, 202);
    check(content, WindowNetwork.LARGEST + 1, 67, 1, 203);
    check(content, 513, 33, 1, 513);
  }

  @ParameterizedTest
  @EnumSource
  void aThousandRows(Content content) {
    float[][] rows = content.rows(1000, 40, 1000);
    SplittableRandom random = new SplittableRandom(1000);
    for (int repeat = 0; repeat < 3; repeat++) {
      ranks(content + " 1000", rows, 2, 35, random);
      around(content + " 1000", rows, 2, 35, random);
    }
  }

  /** Columns on which guesses at ranks fail, and ties of all kinds, in all lanes. */
  @ParameterizedTest
  @EnumSource
  void hostileColumns(Hostile hostile) {
    SplittableRandom random = new SplittableRandom(hostile.ordinal());
    for (int m : new int[] {201, 257, 401, 1000}) {
      float[][] rows = new float[m][71];
      for (float[] row : rows) {
        for (int c = 0; c < row.length; c++) {
          row[c] = hostile.next(random);
        }
      }
      String what = hostile + " m = " + m;
      ranks(what, rows, 1, 69, random);
      around(what, rows, 1, 69, random);
    }
  }

  enum Hostile {
    POWERS_OF_TWO,
    LATTICE,
    NEIGHBOURS,
    CLUSTER,
    BELOW_INFINITY,
    MOSTLY_NAN,
    MOSTLY_NEGATIVE_INFINITY,
    DUST,
    HUGE,
    ZEROS;

    float next(SplittableRandom random) {
      float gaussian = (float) random.nextGaussian();
      return switch (this) {
        case POWERS_OF_TWO -> Math.scalb(random.nextBoolean() ? 1f : -1f, random.nextInt(-149, 128));
        case LATTICE -> Math.round(gaussian * 3);
        // Floats next to each other, with copies: keys that differ in the last bit.
        case NEIGHBOURS -> Float.intBitsToFloat(Float.floatToRawIntBits(1.5f) + random.nextInt(3));
        case CLUSTER -> random.nextInt(5) == 0 ? 0.7f + 1e-6f * gaussian : gaussian;
        case BELOW_INFINITY -> random.nextInt(4) == 0 ? Float.POSITIVE_INFINITY : Float.MAX_VALUE * gaussian;
        case MOSTLY_NAN -> random.nextInt(5) < 3 ? Float.NaN : gaussian;
        case MOSTLY_NEGATIVE_INFINITY -> random.nextInt(5) < 3 ? Float.NEGATIVE_INFINITY : gaussian;
        // Distances from 1 of which many are the same float.
        case DUST -> random.nextInt(3) == 0 ? 1e-12f * random.nextInt(20) : 1;
        case HUGE -> Float.MAX_VALUE * (2 * (float) random.nextDouble() - 1);
        case ZEROS -> random.nextBoolean() ? 0f : -0f;
      };
    }
  }

  /** All kernels on n rows of d coordinates that begin at {@code from}, with some more behind them. */
  private static void check(Content content, int n, int d, int from, long seed) {
    float[][] rows = content.rows(n, from + d + 3, seed);
    String what = content + " n = " + n + " d = " + d + " from = " + from;
    SplittableRandom random = new SplittableRandom(seed);
    sums(what, rows, from, from + d, random.nextInt(n));
    ranks(what, rows, from, from + d, random);
    around(what, rows, from, from + d, random);
    weights(what, rows, from, from + d, random);
  }

  private static void sums(String what, float[][] rows, int from, int to, int pivot) {
    int n = rows.length;
    double[][] sums = new double[2][n];
    double[][] distances = new double[2][n];
    double[][] pairs = new double[2][n * (n - 1) / 2];
    Arrays.fill(sums[0], 0.5);
    Arrays.fill(sums[1], 0.5);
    for (int k = 0; k < 2; k++) {
      Kernels kernels = k == 0 ? SCALAR : SIMD;
      kernels.addSquaredNorms(rows, from, to, sums[k]);
      kernels.addSquaredDistances(rows, pivot, from, to, distances[k]);
      kernels.addPairwiseSquaredDistances(rows, from, to, pairs[k]);
      // Onto what is already there, infinite for some.
      kernels.addPairwiseSquaredDistances(rows, from, to, pairs[k]);
    }
    same(what + " norms", sums);
    same(what + " distances from " + pivot, distances);
    same(what + " pairs", pairs);
  }

  private static void ranks(String what, float[][] rows, int from, int to, SplittableRandom random) {
    int m = rows.length;
    int some = random.nextInt(m);
    int more = random.nextInt(some, m) + 1;
    int[][] ranges = {{(m - 1) / 2, m / 2 + 1}, {m / 5, m - m / 5}, {0, m}, {0, 1}, {m - 1, m}, {some, more}};
    for (int[] range : ranges) {
      SelectionNetwork network = SelectionNetwork.of(m, range[0], range[1]);
      float[][] out = new float[2][to - from + 5];
      SCALAR.meanOfRanks(network, rows, from, to, out[0], 2, new Scratch(m));
      SIMD.meanOfRanks(network, rows, from, to, out[1], 2, new Scratch(m));
      same(what + " ranks " + Arrays.toString(range), out);
    }
  }

  private static void around(String what, float[][] rows, int from, int to, SplittableRandom random) {
    int m = rows.length;
    int low = random.nextInt(m);
    int[][] centres = {{(m - 1) / 2, m / 2 + 1}, {low, random.nextInt(low, m) + 1}};
    for (int[] centre : centres) {
      int keep = 1 + random.nextInt(m);
      WindowNetwork network = WindowNetwork.of(m, centre[0], centre[1], keep);
      float[][] out = new float[2][to - from + 5];
      SCALAR.meanAround(network, rows, from, to, out[0], 2, new Scratch(m));
      SIMD.meanAround(network, rows, from, to, out[1], 2, new Scratch(m));
      same(what + " the nearest " + keep + " to ranks " + Arrays.toString(centre), out);
    }
  }

  private static void weights(String what, float[][] whole, int from, int to, SplittableRandom random) {
    int n = whole.length;
    int m = Math.min(n, 11);
    double[][] weights = new double[m][n];
    for (int r = 0; r < m; r++) {
      for (int i = 0; i < n; i++) {
        weights[r][i] = weight(r, i, random);
      }
    }
    // A row without any weight may be anything.
    float[][] rows = whole.clone();
    int unread = random.nextInt(2 * n);
    if (unread < n) {
      rows[unread] = new float[0];
      for (double[] row : weights) {
        row[unread] = 0;
      }
    }
    for (int r = 0; r < Math.min(m, 5); r++) {
      float[][] out = new float[2][to - from + 5];
      SCALAR.weightedSum(rows, weights[r], from, to, out[0], 3, new Scratch(0));
      SIMD.weightedSum(rows, weights[r], from, to, out[1], 3, new Scratch(0));
      same(what + " weights " + r, out);
    }
    Scratch[] scratch = {new Scratch(m), new Scratch(m)};
    for (int c = from; c < to; c += scratch[0].tile) {
      int end = Math.min(to, c + scratch[0].tile);
      SCALAR.mix(rows, weights, c, end, scratch[0].rows, scratch[0]);
      SIMD.mix(rows, weights, c, end, scratch[1].rows, scratch[1]);
      for (int r = 0; r < m; r++) {
        // Beyond the coordinates asked for, a scratch holds what was left there.
        float[] expected = Arrays.copyOf(scratch[0].rows[r], end - c);
        same(what + " mixed row " + r, new float[][] {expected, scratch[1].rows[r]});
      }
      SelectionNetwork network = SelectionNetwork.of(m, m / 3, m - m / 3);
      float[][] out = new float[2][end - c];
      SCALAR.meanOfRanks(network, scratch[0].rows, 0, end - c, out[0], 0, scratch[0]);
      SIMD.meanOfRanks(network, scratch[1].rows, 0, end - c, out[1], 0, scratch[1]);
      same(what + " ranks of mixed rows", out);
    }
  }

  private static double weight(int r, int i, SplittableRandom random) {
    return switch (r % 6) {
      case 0 -> 1;
      case 1 -> random.nextInt(4) == 0 ? 0 : 0.125;
      case 2 -> random.nextInt(3) == 0 ? 0 : random.nextGaussian();
      case 3 -> 0;
      case 4 -> i == 0 ? -1 : 0;
      default -> random.nextInt(3) == 0 ? -0.0 : -1.0 / 3;
    };
  }

  private static void same(String what, double[][] both) {
    for (int k = 0; k < both[0].length; k++) {
      assertEquals(Double.doubleToRawLongBits(both[0][k]), Double.doubleToRawLongBits(both[1][k]), what + " at " + k);
    }
  }

  private static void same(String what, float[][] both) {
    for (int k = 0; k < both[0].length; k++) {
      assertEquals(Float.floatToRawIntBits(both[0][k]), Float.floatToRawIntBits(both[1][k]), what + " at " + k);
    }
  }
}
