package org.monna.kernels.simd;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.monna.kernel.Scratch;
import org.monna.kernel.SelectionNetwork;

/**
 * The mean of some ranks, coordinate by coordinate.
 *
 * <p>The first steps of the network read the inputs, a tile long, since main memory likes long reads. The others work on parts of
 * the tile that fit the first-level cache.
 */
final class Ranks {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int WIDTH = FLOATS.length();

  private Ranks() {}

  static void mean(
      SelectionNetwork network, float[][] rows, int from, int to, float[] out, int outFrom, Scratch scratch) {
    for (int done = 0; done < to - from; done += scratch.tile) {
      int length = Math.min(scratch.tile, to - from - done);
      for (int[] step : network.firstSteps()) {
        read(step, rows, from + done, scratch.rows, length);
      }
      for (int part = 0; part < length; part += scratch.part) {
        int partLength = Math.min(scratch.part, length - part);
        int padded = (partLength + WIDTH - 1) / WIDTH * WIDTH;
        if (containsNaN(scratch.rows, network.size(), part, padded)) {
          repair(network, scratch.rows, part, padded);
        }
        for (int[] step : network.steps()) {
          Sorts.sort(scratch.rows, part, scratch.rows, part, step, padded);
        }
        sum(network.outputs(), scratch, part, partLength);
        WideSums.round(scratch.sums, 1.0 / network.outputs().length, partLength, out, outFrom + done + part);
      }
    }
  }

  /** A first step. The last coordinates, less than a vector, are copied first, so that a whole vector may be read. */
  private static void read(int[] step, float[][] rows, int from, float[][] out, int length) {
    int laned = length - length % WIDTH;
    Sorts.sort(rows, from, out, 0, step, laned);
    if (laned < length) {
      for (int wire : step) {
        System.arraycopy(rows[wire], from + laned, out[wire], laned, length - laned);
      }
      Sorts.sort(out, laned, out, laned, step, WIDTH);
    }
  }

  /**
   * True if there is a NaN, and at times if there is none but there are infinities or far values. It takes only additions, for which
   * nothing else waits, and brings the rows into the first-level cache.
   */
  private static boolean containsNaN(float[][] rows, int count, int from, int length) {
    boolean found = false;
    for (int i = 0; i < count; i += 4) {
      int last = count - 1;
      found |=
          sumIsNaN(
              rows[i],
              rows[Math.min(i + 1, last)],
              rows[Math.min(i + 2, last)],
              rows[Math.min(i + 3, last)],
              from,
              from + length);
    }
    return found;
  }

  private static boolean sumIsNaN(float[] x0, float[] x1, float[] x2, float[] x3, int from, int to) {
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int c = from; c < to; c += WIDTH) {
      FloatVector a = FloatVector.fromArray(FLOATS, x0, c).add(FloatVector.fromArray(FLOATS, x1, c));
      FloatVector b = FloatVector.fromArray(FLOATS, x2, c).add(FloatVector.fromArray(FLOATS, x3, c));
      sum = sum.add(a.add(b));
    }
    return sum.test(VectorOperators.IS_NAN).anyTrue();
  }

  /** Repeats the first steps, which lost no number but did not sort, with infinity for NaN. */
  private static void repair(SelectionNetwork network, float[][] rows, int from, int length) {
    for (int i = 0; i < network.size(); i++) {
      float[] row = rows[i];
      for (int c = from; c < from + length; c += WIDTH) {
        FloatVector numbers = FloatVector.fromArray(FLOATS, row, c);
        VectorMask<Float> isNaN = numbers.test(VectorOperators.IS_NAN);
        numbers.blend(Float.POSITIVE_INFINITY, isNaN).intoArray(row, c);
      }
    }
    for (int[] step : network.firstSteps()) {
      Sorts.sort(rows, from, rows, from, step, length);
    }
  }

  private static void sum(int[] wires, Scratch scratch, int from, int length) {
    Arrays.fill(scratch.sums, 0, length, 0);
    int k = 0;
    for (; k + 8 <= wires.length; k += 8) {
      WideSums.addEight(scratch.rows, wires, k, from, length, scratch.sums);
    }
    for (; k < wires.length; k++) {
      WideSums.add(scratch.rows[wires[k]], from, length, scratch.sums);
    }
  }
}
