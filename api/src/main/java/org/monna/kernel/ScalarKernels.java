package org.monna.kernel;

import java.util.Arrays;

/** The specification of the {@link Kernels}, in plain loops. Used where the Vector API is not to be had. */
public class ScalarKernels implements Kernels {

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public void addSquaredNorms(float[][] rows, int from, int to, double[] sums) {
    for (int i = 0; i < rows.length; i++) {
      for (int c = from; c < to; c += BLOCK) {
        sums[i] += SumsOfSquares.norm(rows[i], c, Math.min(c + BLOCK, to));
      }
    }
  }

  @Override
  public void addSquaredDistances(float[][] rows, int pivot, int from, int to, double[] sums) {
    for (int i = 0; i < rows.length; i++) {
      for (int c = from; c < to; c += BLOCK) {
        sums[i] += SumsOfSquares.distance(rows[i], rows[pivot], c, Math.min(c + BLOCK, to));
      }
    }
  }

  @Override
  public void addPairwiseSquaredDistances(float[][] rows, int from, int to, double[] sums) {
    for (int c = from; c < to; c += BLOCK) {
      int end = Math.min(c + BLOCK, to);
      for (int i = 1, pair = 0; i < rows.length; i++) {
        for (int j = 0; j < i; j++, pair++) {
          sums[pair] += SumsOfSquares.distance(rows[i], rows[j], c, end);
        }
      }
    }
  }

  @Override
  public void weightedSum(
      float[][] rows, double[] weights, int from, int to, float[] out, int outFrom, Scratch scratch) {
    double common = commonWeight(weights);
    for (int c = from; c < to; c += scratch.tile) {
      int length = Math.min(scratch.tile, to - c);
      sum(rows, weights, common, c, length, scratch.sums);
      double factor = Double.isNaN(common) ? 1 : common;
      int first = outFrom + c - from;
      for (int k = 0; k < length; k++) {
        out[first + k] = canonical((float) (scratch.sums[k] * factor));
      }
    }
  }

  /** The weight that all weights other than 0 have, or NaN if they differ or if there is none. */
  public static double commonWeight(double[] weights) {
    double common = Double.NaN;
    for (double weight : weights) {
      if (weight != 0) {
        if (weight != common && !Double.isNaN(common)) {
          return Double.NaN;
        }
        common = weight;
      }
    }
    return common;
  }

  private static void sum(
      float[][] rows, double[] weights, double common, int from, int length, double[] sums) {
    boolean equal = !Double.isNaN(common);
    boolean first = true;
    for (int i = 0; i < rows.length; i++) {
      if (weights[i] != 0) {
        double weight = equal ? 1 : weights[i];
        float[] row = rows[i];
        if (first) {
          for (int k = 0; k < length; k++) {
            sums[k] = weight * row[from + k];
          }
        } else {
          for (int k = 0; k < length; k++) {
            sums[k] += weight * row[from + k];
          }
        }
        first = false;
      }
    }
    if (first) {
      Arrays.fill(sums, 0, length, 0);
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
    for (int c = from; c < to; c += scratch.tile) {
      int length = Math.min(scratch.tile, to - c);
      select(network, rows, c, length, scratch);
      mean(network.from(), network.to(), scratch, length, out, outFrom + c - from);
    }
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
    for (int c = from; c < to; c += scratch.tile) {
      int length = Math.min(scratch.tile, to - c);
      select(network, rows, c, length, scratch);
      double[] centres = scratch.sums;
      sum(network.from(), network.to(), scratch, length);
      for (int k = 0; k < length; k++) {
        // Divided: a multiplication by the reciprocal would miss centres that are exact, and with them ties.
        centres[k] /= network.to() - network.from();
      }
      for (int t = 0; t + keep < rows.length; t++) {
        replaceFarther(scratch.rows[t % keep], scratch.rows[t], scratch.rows[t + keep], centres, length);
      }
      mean(0, keep, scratch, length, out, outFrom + c - from);
    }
  }

  /** Puts the number above in the place where the one below is farther from the centre. */
  private static void replaceFarther(float[] place, float[] below, float[] above, double[] centres, int length) {
    for (int k = 0; k < length; k++) {
      place[k] = centres[k] - below[k] > above[k] - centres[k] ? above[k] : place[k];
    }
  }

  /** Copies a tile of the rows into the scratch and lets the network act on it. */
  private static void select(SelectionNetwork network, float[][] rows, int from, int length, Scratch scratch) {
    for (int i = 0; i < rows.length; i++) {
      order(rows[i], from, length, scratch.rows[i]);
    }
    int[] comparators = network.comparators();
    for (int k = 0; k < comparators.length; k += 2) {
      compareAndSwap(scratch.rows[comparators[k]], scratch.rows[comparators[k + 1]], length);
    }
  }

  /** Copies numbers into an order that min and max agree on: no NaN, no -0. */
  private static void order(float[] row, int from, int length, float[] ordered) {
    for (int k = 0; k < length; k++) {
      float value = row[from + k];
      ordered[k] = Float.isNaN(value) ? Float.POSITIVE_INFINITY : value + 0f;
    }
  }

  private static void compareAndSwap(float[] low, float[] high, int length) {
    for (int k = 0; k < length; k++) {
      float a = low[k];
      float b = high[k];
      low[k] = Math.min(a, b);
      high[k] = Math.max(a, b);
    }
  }

  private static void mean(int first, int end, Scratch scratch, int length, float[] out, int outFrom) {
    sum(first, end, scratch, length);
    double factor = 1.0 / (end - first);
    for (int k = 0; k < length; k++) {
      out[outFrom + k] = canonical((float) (scratch.sums[k] * factor));
    }
  }

  private static void sum(int first, int end, Scratch scratch, int length) {
    double[] sums = scratch.sums;
    Arrays.fill(sums, 0, length, 0);
    for (int r = first; r < end; r++) {
      float[] row = scratch.rows[r];
      for (int k = 0; k < length; k++) {
        sums[k] += row[k];
      }
    }
  }

  /** The number itself; of all NaN the one. Their sign and payload depend on the machine and on the compiler. */
  private static float canonical(float value) {
    return Float.isNaN(value) ? Float.NaN : value;
  }
}
