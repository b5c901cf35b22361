package org.monna.kernels.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.monna.kernel.Kernels;
import org.monna.kernel.ScalarKernels;
import org.monna.kernel.Scratch;
import org.monna.kernel.SelectionNetwork;
import org.monna.kernel.WindowNetwork;

/** While the SIMD kernels are being compiled, and afterwards, the bits are those of the scalar ones. */
class WarmingKernelsTest {

  private static final int N = 11;
  private static final int D = 2000;

  @Test
  void sameBitsAtEveryStage() {
    WarmingKernels warming = new WarmingKernels();
    assertFalse(warming.isDone());
    long start = System.nanoTime();
    // A hundred more when all are done.
    for (int round = 0, after = 0; after < 100; round++, after += warming.isDone() ? 1 : 0) {
      assertTrue(System.nanoTime() - start < 300e9, "SIMD kernels are never compiled");
      float[][] rows = Content.ATTACKED.rows(N, D + 5, round);
      List<double[]> expected = results(new ScalarKernels(), rows);
      List<double[]> actual = results(warming, rows);
      for (int k = 0; k < expected.size(); k++) {
        assertArrayEquals(expected.get(k), actual.get(k), "round " + round + ", result " + k);
      }
    }
  }

  /** What all kernels make of the rows from the third coordinate on. */
  private static List<double[]> results(Kernels kernels, float[][] rows) {
    int to = D + 3;
    double[] norms = new double[N];
    double[] fromPivot = new double[N];
    double[] pairs = new double[N * (N - 1) / 2];
    kernels.addSquaredNorms(rows, 3, to, norms);
    kernels.addSquaredDistances(rows, 4, 3, to, fromPivot);
    kernels.addPairwiseSquaredDistances(rows, 3, to, pairs);
    List<double[]> results = new ArrayList<>(List.of(norms, fromPivot, pairs));
    double[][] weights = new double[N][N];
    for (int r = 0; r < N; r++) {
      Arrays.fill(weights[r], r / 2, N, 1.0 / (N - r));
    }
    float[] out = new float[D];
    kernels.weightedSum(rows, weights[3], 3, to, out, 0, new Scratch(0));
    results.add(doubles(out, D));
    Scratch scratch = new Scratch(N);
    int mixed = Math.min(D, scratch.tile);
    kernels.mix(rows, weights, 3, mixed + 3, scratch.rows, scratch);
    for (float[] row : scratch.rows) {
      results.add(doubles(row, mixed));
    }
    // The rows are those of the scratch, which the kernel may sort where they are.
    kernels.meanOfRanks(SelectionNetwork.of(N, 3, 8), scratch.rows, 0, mixed, out, 0, scratch);
    results.add(doubles(out, mixed));
    kernels.mix(rows, weights, 3, mixed + 3, scratch.rows, scratch);
    kernels.meanAround(WindowNetwork.of(N, 5, 6, 7), scratch.rows, 0, mixed, out, 0, scratch);
    results.add(doubles(out, mixed));
    return results;
  }

  private static double[] doubles(float[] values, int length) {
    double[] doubles = new double[length];
    Arrays.setAll(doubles, k -> values[k]);
    return doubles;
  }

  @Test
  void endsWhenSimdIsFaster() {
    Kernels scalar = new ScalarKernels();
    Warming warming = new Warming(scalar, new SimdKernels());
    int[] samples = new int[1];
    Warming.Sample fast =
        (kernels, d) -> {
          samples[0]++;
          spin(kernels == scalar ? 1_000_000 : 0);
        };
    // No time has passed yet, even if the machine does something else for a while. Taken back below, where work counts for all.
    warming.isDue(System.nanoTime() + 1_000_000_000L);
    warming.take(fast);
    assertEquals(0, samples[0], "samples in no time");
    assertTrue(warming.isDue(System.nanoTime() - 2_000_000_000L));
    warming.take(fast);
    assertTrue(warming.isDone());
  }

  @Test
  void goesOnWhileSimdIsSlower() {
    Kernels scalar = new ScalarKernels();
    Warming warming = new Warming(scalar, new SimdKernels());
    int[] samples = new int[1];
    assertTrue(warming.isDue(System.nanoTime() - 1_000_000_000L));
    warming.take(
        (kernels, d) -> {
          samples[0]++;
          spin(kernels == scalar ? 0 : 1_000_000);
        });
    assertFalse(warming.isDone());
    assertTrue(samples[0] < 2000, () -> "as much time for samples as for work, but " + samples[0]);
  }

  private static void spin(long nanos) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < nanos) {
      Thread.onSpinWait();
    }
  }
}
