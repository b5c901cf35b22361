package org.monna.kernel;

import java.util.Arrays;

/** The specification of the {@link Kernels}, in plain loops. Used where the Vector API is not to be had. */
public class ScalarKernels implements Kernels {

  private static final double[] NO_WEIGHTS = {};

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public void addSquaredNorms(float[][] rows, int from, int to, double[] sums) {
    for (int i = 0; i < rows.length; i++) {
      for (int done = 0; done < to - from; done += BLOCK) {
        int c = from + done;
        sums[i] += SumsOfSquares.norm(rows[i], c, c + Math.min(BLOCK, to - c));
      }
    }
  }

  @Override
  public void addSquaredDistances(float[][] rows, int pivot, int from, int to, double[] sums) {
    for (int i = 0; i < rows.length; i++) {
      for (int done = 0; done < to - from; done += BLOCK) {
        int c = from + done;
        sums[i] += SumsOfSquares.distance(rows[i], rows[pivot], c, c + Math.min(BLOCK, to - c));
      }
    }
  }

  @Override
  public void addPairwiseSquaredDistances(float[][] rows, int from, int to, double[] sums) {
    for (int done = 0; done < to - from; done += BLOCK) {
      int c = from + done;
      int end = c + Math.min(BLOCK, to - c);
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
    boolean equal = !Double.isNaN(common);
    int count = scratch.select(weights);
    int tile = Scratch.tileOfSums(count, to - from);
    double[] sums = scratch.wide(tile);
    for (int done = 0; done < to - from; done += tile) {
      int length = Math.min(tile, to - from - done);
      // -0 is the zero of addition: -0 + x is x, also for x = -0.
      Arrays.fill(sums, 0, length, count == 0 ? 0 : -0.0);
      add(rows, weights, equal, scratch.selected, count, from + done, length, sums);
      round(sums, equal ? common : 1, length, out, outFrom + done);
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

  /**
   * Adds the selected rows in their order, two in a pass: the sums are read and written less often. A loop over more rows is too long for
   * the compiler to unroll, and so to vectorise.
   */
  private static void add(
      float[][] rows,
      double[] weights,
      boolean equal,
      int[] selected,
      int count,
      int from,
      int length,
      double[] sums) {
    int k = 0;
    for (; k + 2 <= count; k += 2) {
      addTwo(
          rows[selected[k]],
          rows[selected[k + 1]],
          equal ? 1 : weights[selected[k]],
          equal ? 1 : weights[selected[k + 1]],
          from,
          length,
          sums);
    }
    if (k < count) {
      addOne(rows[selected[k]], equal ? 1 : weights[selected[k]], from, length, sums);
    }
  }

  private static void addTwo(float[] x0, float[] x1, double w0, double w1, int from, int length, double[] sums) {
    for (int k = 0; k < length; k++) {
      sums[k] = (sums[k] + w0 * x0[from + k]) + w1 * x1[from + k];
    }
  }

  private static void addOne(float[] x, double weight, int from, int length, double[] sums) {
    for (int k = 0; k < length; k++) {
      sums[k] += weight * x[from + k];
    }
  }

  private static void round(double[] sums, double factor, int length, float[] out, int outFrom) {
    for (int k = 0; k < length; k++) {
      out[outFrom + k] = round(sums[k] * factor);
    }
  }

  private static float round(double value) {
    // Of all NaN the one: sign and payload depend on the machine and on the compiler.
    return Double.isNaN(value) ? Float.NaN : (float) value;
  }

  @Override
  public void mix(float[][] rows, double[][] weights, int from, int to, float[][] out, Scratch scratch) {
    int[] firstEqual = scratch.firstEqual(weights);
    for (int r = 0; r < weights.length; r++) {
      if (firstEqual[r] < r) {
        System.arraycopy(out[firstEqual[r]], 0, out[r], 0, to - from);
      } else {
        weightedSum(rows, weights[r], from, to, out[r], 0, scratch);
      }
    }
  }

  @Override
  public void meanOfRanks(
      SelectionNetwork network, float[][] rows, int from, int to, float[] out, int outFrom, Scratch scratch) {
    if (network.isCounted()) {
      for (int c = from; c < to; c++) {
        Column column = new Column(rows, c, scratch);
        double sum = column.sumOfRanks(network.from(), network.to());
        out[outFrom + c - from] = round(sum * (1.0 / (network.to() - network.from())));
      }
      return;
    }
    for (int done = 0; done < to - from; done += scratch.part) {
      int length = Math.min(scratch.part, to - from - done);
      for (int i = 0; i < rows.length; i++) {
        order(rows[i], from + done, length, scratch.rows[i]);
      }
      sort(network.firstSteps(), scratch.rows, length);
      sort(network.steps(), scratch.rows, length);
      mean(network.outputs(), scratch, length, out, outFrom + done);
    }
  }

  /** The numbers of a coordinate of many rows, in the order of the rows and sorted. */
  private static final class Column {

    private final int m;
    private final float[] numbers;
    private final float[] sorted;

    Column(float[][] rows, int c, Scratch scratch) {
      m = rows.length;
      numbers = scratch.floats(m);
      sorted = scratch.moreFloats(m);
      for (int i = 0; i < m; i++) {
        numbers[i] = ordered(rows[i][c]);
        sorted[i] = numbers[i];
      }
      Arrays.sort(sorted, 0, m);
    }

    /** Adds, row by row, the numbers that have the ranks {@code from <= k < to}; of equal ones the first. */
    double sumOfRanks(int from, int to) {
      float low = sorted[from];
      float high = sorted[to - 1];
      int lows = 0;
      int highs = 0;
      for (int rank = from; rank < to; rank++) {
        if (sorted[rank] == low) {
          lows++;
        } else if (sorted[rank] == high) {
          highs++;
        }
      }
      double sum = 0;
      for (int i = 0; i < m; i++) {
        float x = numbers[i];
        if ((x > low && x < high) || (x == low && lows-- > 0) || (x == high && highs-- > 0)) {
          sum += x;
        }
      }
      return sum;
    }

    /** The first rank of the numbers nearest to the centre. */
    int nearest(double centre, int keep) {
      int first = 0;
      while (first + keep < m && centre - sorted[first] > sorted[first + keep] - centre) {
        first++;
      }
      return first;
    }
  }

  /**
   * The sum that {@link #meanAround} forms for coordinate c of so many rows that they are {@linkplain WindowNetwork#isCounted counted}.
   *
   * @param centre the mean of the ranks of the centre
   */
  public static double sumOfNearest(float[][] rows, int c, double centre, int keep, Scratch scratch) {
    Column column = new Column(rows, c, scratch);
    int first = column.nearest(centre, keep);
    return column.sumOfRanks(first, first + keep);
  }

  @Override
  public void meanAround(
      WindowNetwork network, float[][] rows, int from, int to, float[] out, int outFrom, Scratch scratch) {
    int keep = network.keep();
    if (network.isCounted()) {
      int count = network.to() - network.from();
      for (int c = from; c < to; c++) {
        double centre = new Column(rows, c, scratch).sumOfRanks(network.from(), network.to()) / count;
        out[outFrom + c - from] = round(sumOfNearest(rows, c, centre, keep, scratch) * (1.0 / keep));
      }
      return;
    }
    for (int done = 0; done < to - from; done += scratch.part) {
      int length = Math.min(scratch.part, to - from - done);
      for (int i = 0; i < rows.length; i++) {
        order(rows[i], from + done, length, scratch.rows[i]);
      }
      sort(network.firstSteps(), scratch.rows, length);
      sort(network.steps(), scratch.rows, length);
      double[] centres = scratch.sums;
      int[] order = network.order();
      sum(scratch.rows, order, network.from(), network.to(), centres, length);
      for (int k = 0; k < length; k++) {
        // Divided: a multiplication by the reciprocal would miss centres that are exact, and with them ties.
        centres[k] /= network.to() - network.from();
      }
      for (int t = 0; t + keep < rows.length; t++) {
        replaceFarther(
            scratch.rows[order[t % keep]], scratch.rows[order[t]], scratch.rows[order[t + keep]], centres, length);
      }
      sum(scratch.rows, order, 0, keep, scratch.sums, length);
      round(scratch.sums, 1.0 / keep, length, out, outFrom + done);
    }
  }

  /** Puts the number above in the place where the one below is farther from the centre. */
  private static void replaceFarther(float[] place, float[] below, float[] above, double[] centres, int length) {
    for (int k = 0; k < length; k++) {
      place[k] = centres[k] - below[k] > above[k] - centres[k] ? above[k] : place[k];
    }
  }

  private static void sum(float[][] rows, int[] order, int first, int end, double[] sums, int length) {
    Arrays.fill(sums, 0, length, 0);
    for (int rank = first; rank < end; rank++) {
      addOne(rows[order[rank]], 1, 0, length, sums);
    }
  }

  /** Copies numbers into an order that min and max agree on: no NaN, no -0. */
  private static void order(float[] row, int from, int length, float[] ordered) {
    for (int k = 0; k < length; k++) {
      ordered[k] = ordered(row[from + k]);
    }
  }

  private static float ordered(float value) {
    return Float.isNaN(value) ? Float.POSITIVE_INFINITY : value + 0f;
  }

  private static void sort(Step[] steps, float[][] rows, int length) {
    for (Step step : steps) {
      int[] wires = step.wires();
      int[] comparators = step.comparators();
      for (int k = 0; k < comparators.length; k += 2) {
        compareAndSwap(rows[wires[comparators[k]]], rows[wires[comparators[k + 1]]], length);
      }
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
    Arrays.fill(scratch.sums, 0, length, 0);
    add(scratch.rows, NO_WEIGHTS, true, outputs, outputs.length, 0, length, scratch.sums);
    round(scratch.sums, 1.0 / outputs.length, length, out, outFrom);
  }
}
