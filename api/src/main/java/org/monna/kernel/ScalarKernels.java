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
    for (int done = 0; done < to - from; done += scratch.part) {
      int length = Math.min(scratch.part, to - from - done);
      for (int i = 0; i < rows.length; i++) {
        order(rows[i], from + done, length, scratch.rows[i]);
      }
      for (int[] step : network.firstSteps()) {
        sort(step, scratch.rows, length);
      }
      for (int[] step : network.steps()) {
        sort(step, scratch.rows, length);
      }
      mean(network.outputs(), scratch, length, out, outFrom + done);
    }
  }

  @Override
  public void meanAround(
      WindowNetwork network, float[][] rows, int from, int to, float[] out, int outFrom, Scratch scratch) {
    int[] comparators = network.comparators();
    int keep = network.keep();
    for (int done = 0; done < to - from; done += scratch.part) {
      int length = Math.min(scratch.part, to - from - done);
      for (int i = 0; i < rows.length; i++) {
        order(rows[i], from + done, length, scratch.rows[i]);
      }
      for (int k = 0; k < comparators.length; k += 2) {
        compareAndSwap(scratch.rows[comparators[k]], scratch.rows[comparators[k + 1]], length);
      }
      double[] centres = scratch.sums;
      sum(scratch.rows, network.from(), network.to(), centres, length);
      for (int k = 0; k < length; k++) {
        // Divided: a multiplication by the reciprocal would miss centres that are exact, and with them ties.
        centres[k] /= network.to() - network.from();
      }
      for (int t = 0; t + keep < rows.length; t++) {
        replaceFarther(scratch.rows[t % keep], scratch.rows[t], scratch.rows[t + keep], centres, length);
      }
      sum(scratch.rows, 0, keep, scratch.sums, length);
      round(scratch.sums, 1.0 / keep, length, out, outFrom + done);
    }
  }

  /** Puts the number above in the place where the one below is farther from the centre. */
  private static void replaceFarther(float[] place, float[] below, float[] above, double[] centres, int length) {
    for (int k = 0; k < length; k++) {
      place[k] = centres[k] - below[k] > above[k] - centres[k] ? above[k] : place[k];
    }
  }

  private static void sum(float[][] rows, int first, int end, double[] sums, int length) {
    Arrays.fill(sums, 0, length, 0);
    for (int r = first; r < end; r++) {
      add(rows[r], sums, length);
    }
  }

  private static void add(float[] row, double[] sums, int length) {
    for (int k = 0; k < length; k++) {
      sums[k] += row[k];
    }
  }

  private static void round(double[] sums, double factor, int length, float[] out, int outFrom) {
    for (int k = 0; k < length; k++) {
      out[outFrom + k] = canonical((float) (sums[k] * factor));
    }
  }

  /** Copies numbers into an order that min and max agree on: no NaN, no -0. */
  private static void order(float[] row, int from, int length, float[] ordered) {
    for (int k = 0; k < length; k++) {
      float value = row[from + k];
      ordered[k] = Float.isNaN(value) ? Float.POSITIVE_INFINITY : value + 0f;
    }
  }

  private static void sort(int[] wires, float[][] rows, int length) {
    int[] comparators = SelectionNetwork.comparators(wires.length);
    for (int k = 0; k < comparators.length; k += 2) {
      compareAndSwap(rows[wires[comparators[k]]], rows[wires[comparators[k + 1]]], length);
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

  private static void mean(int[] outputs, Scratch scratch, int length, float[] out, int outFrom) {
    double[] sums = scratch.sums;
    Arrays.fill(sums, 0, length, 0);
    for (int wire : outputs) {
      add(scratch.rows[wire], sums, length);
    }
    round(sums, 1.0 / outputs.length, length, out, outFrom);
  }

  /** The number itself; of all NaN the one. Their sign and payload depend on the machine and on the compiler. */
  private static float canonical(float value) {
    return Float.isNaN(value) ? Float.NaN : value;
  }
}
