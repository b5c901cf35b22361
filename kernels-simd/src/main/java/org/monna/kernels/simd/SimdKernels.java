package org.monna.kernels.simd;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.monna.kernel.Kernels;
import org.monna.kernel.ScalarKernels;
import org.monna.kernel.Scratch;
import org.monna.kernel.SelectionNetwork;

/** The kernels on the Vector API, with the bits of {@link ScalarKernels}. */
final class SimdKernels implements Kernels {

  static final String NAME = "simd";

  private static final ScalarKernels SCALAR = new ScalarKernels();

  /** The width of the registers for which the Vector API would compile. */
  static int registerBits() {
    return FloatVector.SPECIES_PREFERRED.vectorBitSize();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void addSquaredNorms(float[][] rows, int from, int to, double[] sums) {
    SquaredDistances distances = new SquaredDistances(rows, from, to, sums);
    while (distances.nextBlock()) {
      distances.norms();
    }
  }

  @Override
  public void addSquaredDistances(float[][] rows, int pivot, int from, int to, double[] sums) {
    SquaredDistances distances = new SquaredDistances(rows, from, to, sums);
    while (distances.nextBlock()) {
      distances.fromPivot(pivot);
    }
  }

  @Override
  public void addPairwiseSquaredDistances(float[][] rows, int from, int to, double[] sums) {
    SquaredDistances distances = new SquaredDistances(rows, from, to, sums);
    while (distances.nextBlock()) {
      distances.pairwise();
    }
  }

  @Override
  public void weightedSum(
      float[][] rows, double[] weights, int from, int to, float[] out, int outFrom, Scratch scratch) {
    double common = ScalarKernels.commonWeight(weights);
    double factor = Double.isNaN(common) ? 1 : common;
    for (int done = 0; done < to - from; done += scratch.tile) {
      int c = from + done;
      int length = Math.min(scratch.tile, to - c);
      boolean any = sum(rows, weights, Double.isNaN(common), c, length, scratch.sums);
      if (any) {
        WideSums.round(scratch.sums, factor, length, out, outFrom + done);
      } else {
        Arrays.fill(out, outFrom + done, outFrom + done + length, 0);
      }
    }
  }

  /** Adds the rows with a weight, eight at a time; false if there is none. */
  private static boolean sum(float[][] rows, double[] weights, boolean weighted, int from, int length, double[] sums) {
    // -0 is the zero of addition: -0 + x is x, also for x = -0.
    Arrays.fill(sums, 0, length, -0.0);
    int[] next = new int[8];
    int i = 0;
    boolean any = false;
    while (true) {
      int found = 0;
      for (; found < 8 && i < rows.length; i++) {
        if (weights[i] != 0) {
          next[found++] = i;
        }
      }
      any |= found > 0;
      if (found < 8) {
        for (int k = 0; k < found; k++) {
          WideSums.add(rows[next[k]], weighted ? weights[next[k]] : 1, from, length, sums);
        }
        return any;
      }
      WideSums.add(rows, weights, weighted, next, from, length, sums);
    }
  }

  @Override
  public void mix(float[][] rows, double[][] weights, int from, int to, float[][] out, Scratch scratch) {
    for (int r = 0; r < weights.length; r++) {
      weightedSum(rows, weights[r], from, to, out[r], 0, scratch);
    }
  }

  @Override
  public void meanOfRanks(
      SelectionNetwork network, float[][] rows, int from, int to, float[] out, int outFrom, Scratch scratch) {
    SCALAR.meanOfRanks(network, rows, from, to, out, outFrom, scratch);
  }

  @Override
  public void meanAround(
      SelectionNetwork network,
      int keep,
      float[][] rows,
      int from,
      int to,
      float[] out,
      int outFrom,
      Scratch scratch) {
    SCALAR.meanAround(network, keep, rows, from, to, out, outFrom, scratch);
  }
}
