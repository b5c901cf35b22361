package org.monna.kernels.simd;

import org.monna.kernel.Kernels;
import org.monna.kernel.ScalarKernels;
import org.monna.kernel.Scratch;
import org.monna.kernel.SelectionNetwork;
import org.monna.kernel.WindowNetwork;

/** The SIMD kernels, each replaced by the scalar one until it is compiled: see {@link Warming}. */
final class WarmingKernels implements Kernels {

  private final Kernels scalar = new ScalarKernels();
  private final Kernels simd = new SimdKernels();
  private final Warming norms = new Warming(scalar, simd);
  private final Warming fromPivot = new Warming(scalar, simd);
  private final Warming pairwise = new Warming(scalar, simd);
  private final Warming weighted = new Warming(scalar, simd);
  private final Warming mixed = new Warming(scalar, simd);
  private final Warming ranks = new Warming(scalar, simd);
  private final Warming around = new Warming(scalar, simd);

  /** True if no scalar kernel works any more. */
  boolean isDone() {
    return norms.isDone()
        && fromPivot.isDone()
        && pairwise.isDone()
        && weighted.isDone()
        && mixed.isDone()
        && ranks.isDone()
        && around.isDone();
  }

  @Override
  public String name() {
    return simd.name();
  }

  @Override
  public void addSquaredNorms(float[][] rows, int from, int to, double[] sums) {
    if (norms.isDone()) {
      simd.addSquaredNorms(rows, from, to, sums);
      return;
    }
    long start = System.nanoTime();
    scalar.addSquaredNorms(rows, from, to, sums);
    if (norms.isDue(start)) {
      double[] spare = new double[sums.length];
      norms.take((kernels, d) -> kernels.addSquaredNorms(rows, from, Math.min(to - from, d) + from, spare));
    }
  }

  @Override
  public void addSquaredDistances(float[][] rows, int pivot, int from, int to, double[] sums) {
    if (fromPivot.isDone()) {
      simd.addSquaredDistances(rows, pivot, from, to, sums);
      return;
    }
    long start = System.nanoTime();
    scalar.addSquaredDistances(rows, pivot, from, to, sums);
    if (fromPivot.isDue(start)) {
      double[] spare = new double[sums.length];
      fromPivot.take((kernels, d) -> kernels.addSquaredDistances(rows, pivot, from, Math.min(to - from, d) + from, spare));
    }
  }

  @Override
  public void addPairwiseSquaredDistances(float[][] rows, int from, int to, double[] sums) {
    if (pairwise.isDone()) {
      simd.addPairwiseSquaredDistances(rows, from, to, sums);
      return;
    }
    long start = System.nanoTime();
    scalar.addPairwiseSquaredDistances(rows, from, to, sums);
    if (pairwise.isDue(start)) {
      double[] spare = new double[sums.length];
      pairwise.take((kernels, d) -> kernels.addPairwiseSquaredDistances(rows, from, Math.min(to - from, d) + from, spare));
    }
  }

  @Override
  public void weightedSum(
      float[][] rows, double[] weights, int from, int to, float[] out, int outFrom, Scratch scratch) {
    if (weighted.isDone()) {
      simd.weightedSum(rows, weights, from, to, out, outFrom, scratch);
      return;
    }
    long start = System.nanoTime();
    scalar.weightedSum(rows, weights, from, to, out, outFrom, scratch);
    if (weighted.isDue(start)) {
      // The same bits, again.
      weighted.take(
          (kernels, d) -> kernels.weightedSum(rows, weights, from, Math.min(to - from, d) + from, out, outFrom, scratch));
    }
  }

  @Override
  public void mix(float[][] rows, double[][] weights, int from, int to, float[][] out, Scratch scratch) {
    if (mixed.isDone()) {
      simd.mix(rows, weights, from, to, out, scratch);
      return;
    }
    long start = System.nanoTime();
    scalar.mix(rows, weights, from, to, out, scratch);
    if (mixed.isDue(start)) {
      // Not into out: a mix may overwrite what is beyond its end.
      Scratch own = new Scratch(weights.length);
      int longest = Math.min(to - from, own.tile);
      mixed.take((kernels, d) -> kernels.mix(rows, weights, from, Math.min(longest, d) + from, own.rows, own));
    }
  }

  @Override
  public void meanOfRanks(
      SelectionNetwork network, float[][] rows, int from, int to, float[] out, int outFrom, Scratch scratch) {
    if (ranks.isDone()) {
      simd.meanOfRanks(network, rows, from, to, out, outFrom, scratch);
      return;
    }
    boolean patient = Warming.isPatient();
    float[][] copy = patient ? rows : Warming.copy(rows, from, to);
    long start = System.nanoTime();
    scalar.meanOfRanks(network, rows, from, to, out, outFrom, scratch);
    if (ranks.isDue(start) && !patient) {
      ranks.take(
          (kernels, d) -> {
            int length = Math.min(copy[0].length, d);
            kernels.meanOfRanks(network, copy, 0, length, out, outFrom, scratch);
          });
    }
  }

  @Override
  public void meanAround(
      WindowNetwork network, float[][] rows, int from, int to, float[] out, int outFrom, Scratch scratch) {
    if (around.isDone()) {
      simd.meanAround(network, rows, from, to, out, outFrom, scratch);
      return;
    }
    boolean patient = Warming.isPatient();
    float[][] copy = patient ? rows : Warming.copy(rows, from, to);
    long start = System.nanoTime();
    scalar.meanAround(network, rows, from, to, out, outFrom, scratch);
    if (around.isDue(start) && !patient) {
      around.take(
          (kernels, d) -> {
            int length = Math.min(copy[0].length, d);
            kernels.meanAround(network, copy, 0, length, out, outFrom, scratch);
          });
    }
  }
}
