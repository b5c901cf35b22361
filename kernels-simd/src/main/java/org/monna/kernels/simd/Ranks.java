package org.monna.kernels.simd;

import static jdk.incubator.vector.VectorOperators.NE;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.monna.kernel.Scratch;
import org.monna.kernel.SelectionNetwork;

/**
 * The mean of some ranks, coordinate by coordinate.
 *
 * <p>The first steps of the network read the inputs, a tile long, since main memory likes long reads. The others work on parts of
 * the tile, eight rows of which fit the first-level cache.
 */
final class Ranks {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int WIDTH = FLOATS.length();
  private static final double[] NO_WEIGHTS = {};

  private Ranks() {}

  static void mean(
      SelectionNetwork network, float[][] rows, int from, int to, float[] out, int outFrom, Scratch scratch) {
    for (int done = 0; done < to - from; done += scratch.tile) {
      int length = Math.min(scratch.tile, to - from - done);
      if (read(network, rows, from + done, scratch.rows, length)) {
        repair(network, scratch.rows, padded(length));
      }
      for (int part = 0; part < length; part += scratch.part) {
        int partLength = Math.min(scratch.part, length - part);
        for (int[] step : network.steps()) {
          Sorts.sort(scratch.rows, step, part, part + padded(partLength));
        }
        mean(network.outputs(), part, partLength, out, outFrom + done + part, scratch);
      }
    }
  }

  /** The length up to a whole vector. What is in the rows beyond the length is sorted with the rest, for nothing. */
  private static int padded(int length) {
    return (length + WIDTH - 1) / WIDTH * WIDTH;
  }

  /** The first steps; true if there may have been a NaN. */
  private static boolean read(SelectionNetwork network, float[][] rows, int from, float[][] out, int length) {
    int laned = length - length % WIDTH;
    boolean maybeNaN = false;
    for (int[] step : network.firstSteps()) {
      maybeNaN |= FirstSorts.sort(rows, from, out, step, laned);
    }
    if (laned < length) {
      // Less than a vector, which must not be read from the inputs as if it were a whole one.
      for (int i = 0; i < network.size(); i++) {
        System.arraycopy(rows[i], from + laned, out[i], laned, length - laned);
        clear(out[i], laned, laned + WIDTH);
      }
      for (int[] step : network.firstSteps()) {
        Sorts.sort(out, step, laned, laned + WIDTH);
      }
    }
    return maybeNaN;
  }

  /** Repeats the first steps, which lost no number but did not sort, with infinity for NaN. */
  private static void repair(SelectionNetwork network, float[][] rows, int length) {
    for (int i = 0; i < network.size(); i++) {
      clear(rows[i], 0, length);
    }
    for (int[] step : network.firstSteps()) {
      Sorts.sort(rows, step, 0, length);
    }
  }

  /** Writes infinity for NaN. */
  private static void clear(float[] row, int from, int to) {
    for (int c = from; c < to; c += WIDTH) {
      FloatVector x = FloatVector.fromArray(FLOATS, row, c);
      x.blend(Float.POSITIVE_INFINITY, x.compare(NE, x)).intoArray(row, c);
    }
  }

  private static void mean(int[] wires, int from, int length, float[] out, int outFrom, Scratch scratch) {
    Arrays.fill(scratch.sums, 0, length, 0);
    WideSums.add(scratch.rows, NO_WEIGHTS, true, wires, wires.length, from, length, scratch.sums);
    WideSums.round(scratch.sums, 1.0 / wires.length, length, out, outFrom);
  }
}
