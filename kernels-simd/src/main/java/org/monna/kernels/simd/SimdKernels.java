package org.monna.kernels.simd;

import java.util.Arrays;
import jdk.incubator.vector.VectorShape;
import org.monna.kernel.Kernels;
import org.monna.kernel.ScalarKernels;
import org.monna.kernel.Scratch;
import org.monna.kernel.SelectionNetwork;
import org.monna.kernel.WindowNetwork;

/** The kernels on the Vector API, with the bits of {@link ScalarKernels}. */
final class SimdKernels implements Kernels {

  static final String NAME = "simd";

  /**
   * The width of the registers for which the Vector API would compile. Asked of the shape: to load the classes of the vectors takes half of
   * the time of a first call.
   */
  static int registerBits() {
    return VectorShape.preferredShape().vectorBitSize();
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
    boolean equal = !Double.isNaN(common);
    int count = scratch.select(weights);
    int tile = Scratch.tileOfSums(count, to - from);
    double[] sums = scratch.wide(tile);
    for (int done = 0; done < to - from; done += tile) {
      int length = Math.min(tile, to - from - done);
      // -0 is the zero of addition: -0 + x is x, also for x = -0.
      Arrays.fill(sums, 0, length, count == 0 ? 0 : -0.0);
      WideSums.add(rows, weights, equal, scratch.selected, 0, count, from + done, length, sums);
      WideSums.round(sums, equal ? common : 1, length, out, outFrom + done);
    }
  }

  @Override
  public void mix(float[][] rows, double[][] weights, int from, int to, float[][] out, Scratch scratch) {
    Mixer.mix(rows, weights, from, to, out, scratch);
  }

  @Override
  public void meanOfRanks(
      SelectionNetwork network, float[][] rows, int from, int to, float[] out, int outFrom, Scratch scratch) {
    Ranks.mean(network, rows, from, to, out, outFrom, scratch);
  }

  @Override
  public void meanAround(
      WindowNetwork network, float[][] rows, int from, int to, float[] out, int outFrom, Scratch scratch) {
    Ranks.meanAround(network, rows, from, to, out, outFrom, scratch);
  }
}
