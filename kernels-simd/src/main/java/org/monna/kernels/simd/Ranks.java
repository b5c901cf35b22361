package org.monna.kernels.simd;

import static jdk.incubator.vector.VectorOperators.NE;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.monna.kernel.Scratch;
import org.monna.kernel.SelectionNetwork;
import org.monna.kernel.Step;
import org.monna.kernel.WindowNetwork;

/**
 * Means of some of the ordered numbers of each coordinate.
 *
 * <p>The first steps of the networks read the inputs, a tile long, since main memory likes long reads. What follows works on parts of
 * the tile, eight rows of which fit the first-level cache.
 */
final class Ranks {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int WIDTH = FLOATS.length();
  private static final double[] NO_WEIGHTS = {};

  private Ranks() {}

  static void mean(
      SelectionNetwork network, float[][] rows, int from, int to, float[] out, int outFrom, Scratch scratch) {
    if (network.isCounted()) {
      new ManyRanks(rows.length, scratch).mean(network, rows, from, to, out, outFrom);
      return;
    }
    int[] outputs = network.outputs();
    for (int done = 0; done < to - from; done += scratch.tile) {
      int length = Math.min(scratch.tile, to - from - done);
      read(network.firstSteps(), rows, from + done, scratch.rows, length);
      for (int part = 0; part < length; part += scratch.part) {
        int end = part + Math.min(scratch.part, length - part);
        sort(network.steps(), scratch.rows, part, end);
        sum(scratch, outputs, 0, outputs.length, part, end);
        WideSums.round(scratch.sums, 1.0 / outputs.length, end - part, out, outFrom + done + part);
      }
    }
  }

  static void meanAround(
      WindowNetwork network, float[][] rows, int from, int to, float[] out, int outFrom, Scratch scratch) {
    if (network.isCounted()) {
      new ManyRanks(rows.length, scratch).meanAround(network, rows, from, to, out, outFrom);
      return;
    }
    int keep = network.keep();
    int[] order = network.order();
    for (int done = 0; done < to - from; done += scratch.tile) {
      int length = Math.min(scratch.tile, to - from - done);
      read(network.firstSteps(), rows, from + done, scratch.rows, length);
      for (int part = 0; part < length; part += scratch.part) {
        int end = part + Math.min(scratch.part, length - part);
        sort(network.steps(), scratch.rows, part, end);
        sum(scratch, order, network.from(), network.to(), part, end);
        WideSums.divide(scratch.sums, network.to() - network.from(), end - part);
        for (int t = 0; t + keep < rows.length; t++) {
          WideSums.replaceFarther(
              scratch.rows[order[t % keep]],
              scratch.rows[order[t]],
              scratch.rows[order[t + keep]],
              part,
              end - part,
              scratch.sums);
        }
        sum(scratch, order, 0, keep, part, end);
        WideSums.round(scratch.sums, 1.0 / keep, end - part, out, outFrom + done + part);
      }
    }
  }

  /** The first steps, with infinity for NaN. */
  private static void read(Step[] steps, float[][] rows, int from, float[][] out, int length) {
    int laned = length - length % WIDTH;
    boolean maybeNaN = false;
    for (Step step : steps) {
      maybeNaN |= FirstSorts.sort(rows, from, out, step.wires(), laned);
    }
    if (maybeNaN) {
      // The steps lost no number, but did not sort.
      repair(steps, out, rows.length, 0, laned);
    }
    if (laned < length) {
      // Less than a vector, which must not be read from the inputs as if it were a whole one.
      for (int i = 0; i < rows.length; i++) {
        System.arraycopy(rows[i], from + laned, out[i], laned, length - laned);
      }
      repair(steps, out, rows.length, laned, length);
    }
  }

  private static void repair(Step[] steps, float[][] rows, int count, int from, int to) {
    for (int i = 0; i < count; i++) {
      replaceNaN(rows[i], from, to);
    }
    sort(steps, rows, from, to);
  }

  private static void replaceNaN(float[] row, int from, int to) {
    for (int c = from; c < to; c += WIDTH) {
      FloatVector x = FloatVector.fromArray(FLOATS, row, c);
      x.blend(Float.POSITIVE_INFINITY, x.compare(NE, x)).intoArray(row, c);
    }
  }

  /** What is in the rows beyond the end, up to a whole vector, is sorted with the rest, for nothing. */
  private static void sort(Step[] steps, float[][] rows, int from, int to) {
    for (Step step : steps) {
      if (step.merges()) {
        Merges.sort(rows, step.wires(), from, to);
      } else {
        Sorts.sort(rows, step.wires(), from, to);
      }
    }
  }

  private static void sum(Scratch scratch, int[] wires, int first, int last, int from, int to) {
    Arrays.fill(scratch.sums, 0, to - from, 0);
    WideSums.add(scratch.rows, NO_WEIGHTS, true, wires, first, last, from, to - from, scratch.sums);
  }
}
