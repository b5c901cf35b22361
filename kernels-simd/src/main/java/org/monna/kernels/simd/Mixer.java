package org.monna.kernels.simd;

import static jdk.incubator.vector.VectorOperators.D2F;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.monna.kernel.ScalarKernels;
import org.monna.kernel.Scratch;

/**
 * Many weighted sums of the same rows. A few coordinates of all rows are converted to double once, into the first-level cache; then
 * every sum is formed in registers, from those of its rows that have a weight.
 */
final class Mixer {

  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

  private static final VectorSpecies<Float> FLOATS =
      VectorSpecies.of(float.class, VectorShape.forBitSize(DOUBLES.vectorBitSize() / 2));

  private static final int WIDTH = DOUBLES.length();

  /** Eight registers of sums, so that there is always an addition to begin while others are under way. */
  private static final int CHUNK = 8 * WIDTH;

  /** The number of coordinates that are converted at a time, a multiple of every CHUNK. */
  private static final int COLUMNS = 64;

  private Mixer() {}

  static void mix(float[][] rows, double[][] weights, int from, int to, float[][] out, Scratch scratch) {
    int n = rows.length;
    // For each sum: an earlier one that is the same, or -1; the number of rows with a weight; their indices. Then the rows with any weight.
    int read = weights.length * (n + 2);
    int[] selected = scratch.indices(read + n);
    int[] firstEqual = scratch.firstEqual(weights);
    double[] wide = scratch.wide(n * COLUMNS + weights.length);
    for (int r = 0; r < weights.length; r++) {
      select(weights[r], firstEqual[r] < r ? firstEqual[r] : -1, selected, r * (n + 2));
      wide[n * COLUMNS + r] = ScalarKernels.commonWeight(weights[r]);
    }
    int count = selectAny(weights, n, selected, read);
    scratch.touched += Reads.ahead(rows, selected, read, count, from, to);
    for (int done = 0; done < to - from; done += COLUMNS) {
      int length = Math.min(COLUMNS, to - from - done);
      for (int k = read; k < read + count; k++) {
        widen(rows[selected[k]], from + done, length, wide, selected[k] * COLUMNS);
      }
      for (int r = 0; r < weights.length; r++) {
        int at = r * (n + 2);
        if (selected[at] >= 0) {
          System.arraycopy(out[selected[at]], done, out[r], done, length);
        } else if (Double.isNaN(wide[n * COLUMNS + r])) {
          addWeighted(wide, selected, at, weights[r], length, out[r], done);
        } else {
          add(wide, selected, at, wide[n * COLUMNS + r], length, out[r], done);
        }
      }
    }
  }

  private static void select(double[] weights, int same, int[] selected, int at) {
    selected[at] = same;
    int count = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] != 0) {
        count++;
        selected[at + 1 + count] = i;
      }
    }
    selected[at + 1] = count;
  }

  /** Lists the rows that have a weight in any sum; the others may be anything. */
  private static int selectAny(double[][] weights, int n, int[] selected, int at) {
    int count = 0;
    for (int i = 0; i < n; i++) {
      for (double[] row : weights) {
        if (row[i] != 0) {
          selected[at + count++] = i;
          break;
        }
      }
    }
    return count;
  }

  private static void widen(float[] row, int from, int length, double[] wide, int at) {
    int laned = length - length % WIDTH;
    for (int k = 0; k < laned; k += WIDTH) {
      ((DoubleVector) FloatVector.fromArray(FLOATS, row, from + k).convertShape(F2D, DOUBLES, 0)).intoArray(wide, at + k);
    }
    for (int k = laned; k < length; k++) {
      wide[at + k] = row[from + k];
    }
  }

  private static void add(
      double[] wide, int[] selected, int at, double factor, int length, float[] out, int outFrom) {
    int end = at + 2 + selected[at + 1];
    for (int column = 0; column < length; column += CHUNK) {
      DoubleVector s0 = DoubleVector.broadcast(DOUBLES, at + 2 == end ? 0 : -0.0);
      DoubleVector s1 = s0;
      DoubleVector s2 = s0;
      DoubleVector s3 = s0;
      DoubleVector s4 = s0;
      DoubleVector s5 = s0;
      DoubleVector s6 = s0;
      DoubleVector s7 = s0;
      for (int s = at + 2; s < end; s++) {
        int x = selected[s] * COLUMNS + column;
        s0 = s0.add(DoubleVector.fromArray(DOUBLES, wide, x));
        s1 = s1.add(DoubleVector.fromArray(DOUBLES, wide, x + WIDTH));
        s2 = s2.add(DoubleVector.fromArray(DOUBLES, wide, x + 2 * WIDTH));
        s3 = s3.add(DoubleVector.fromArray(DOUBLES, wide, x + 3 * WIDTH));
        s4 = s4.add(DoubleVector.fromArray(DOUBLES, wide, x + 4 * WIDTH));
        s5 = s5.add(DoubleVector.fromArray(DOUBLES, wide, x + 5 * WIDTH));
        s6 = s6.add(DoubleVector.fromArray(DOUBLES, wide, x + 6 * WIDTH));
        s7 = s7.add(DoubleVector.fromArray(DOUBLES, wide, x + 7 * WIDTH));
      }
      s0 = s0.mul(factor);
      s1 = s1.mul(factor);
      s2 = s2.mul(factor);
      s3 = s3.mul(factor);
      s4 = s4.mul(factor);
      s5 = s5.mul(factor);
      s6 = s6.mul(factor);
      s7 = s7.mul(factor);
      s0 = s0.blend(Double.NaN, s0.compare(NE, s0));
      s1 = s1.blend(Double.NaN, s1.compare(NE, s1));
      s2 = s2.blend(Double.NaN, s2.compare(NE, s2));
      s3 = s3.blend(Double.NaN, s3.compare(NE, s3));
      s4 = s4.blend(Double.NaN, s4.compare(NE, s4));
      s5 = s5.blend(Double.NaN, s5.compare(NE, s5));
      s6 = s6.blend(Double.NaN, s6.compare(NE, s6));
      s7 = s7.blend(Double.NaN, s7.compare(NE, s7));
      int y = outFrom + column;
      ((FloatVector) s0.convertShape(D2F, FLOATS, 0)).intoArray(out, y);
      ((FloatVector) s1.convertShape(D2F, FLOATS, 0)).intoArray(out, y + WIDTH);
      ((FloatVector) s2.convertShape(D2F, FLOATS, 0)).intoArray(out, y + 2 * WIDTH);
      ((FloatVector) s3.convertShape(D2F, FLOATS, 0)).intoArray(out, y + 3 * WIDTH);
      ((FloatVector) s4.convertShape(D2F, FLOATS, 0)).intoArray(out, y + 4 * WIDTH);
      ((FloatVector) s5.convertShape(D2F, FLOATS, 0)).intoArray(out, y + 5 * WIDTH);
      ((FloatVector) s6.convertShape(D2F, FLOATS, 0)).intoArray(out, y + 6 * WIDTH);
      ((FloatVector) s7.convertShape(D2F, FLOATS, 0)).intoArray(out, y + 7 * WIDTH);
    }
  }

  private static void addWeighted(
      double[] wide, int[] selected, int at, double[] weights, int length, float[] out, int outFrom) {
    int end = at + 2 + selected[at + 1];
    for (int column = 0; column < length; column += CHUNK) {
      DoubleVector s0 = DoubleVector.broadcast(DOUBLES, at + 2 == end ? 0 : -0.0);
      DoubleVector s1 = s0;
      DoubleVector s2 = s0;
      DoubleVector s3 = s0;
      DoubleVector s4 = s0;
      DoubleVector s5 = s0;
      DoubleVector s6 = s0;
      DoubleVector s7 = s0;
      for (int s = at + 2; s < end; s++) {
        int x = selected[s] * COLUMNS + column;
        double weight = weights[selected[s]];
        s0 = s0.add(DoubleVector.fromArray(DOUBLES, wide, x).mul(weight));
        s1 = s1.add(DoubleVector.fromArray(DOUBLES, wide, x + WIDTH).mul(weight));
        s2 = s2.add(DoubleVector.fromArray(DOUBLES, wide, x + 2 * WIDTH).mul(weight));
        s3 = s3.add(DoubleVector.fromArray(DOUBLES, wide, x + 3 * WIDTH).mul(weight));
        s4 = s4.add(DoubleVector.fromArray(DOUBLES, wide, x + 4 * WIDTH).mul(weight));
        s5 = s5.add(DoubleVector.fromArray(DOUBLES, wide, x + 5 * WIDTH).mul(weight));
        s6 = s6.add(DoubleVector.fromArray(DOUBLES, wide, x + 6 * WIDTH).mul(weight));
        s7 = s7.add(DoubleVector.fromArray(DOUBLES, wide, x + 7 * WIDTH).mul(weight));
      }
      s0 = s0.blend(Double.NaN, s0.compare(NE, s0));
      s1 = s1.blend(Double.NaN, s1.compare(NE, s1));
      s2 = s2.blend(Double.NaN, s2.compare(NE, s2));
      s3 = s3.blend(Double.NaN, s3.compare(NE, s3));
      s4 = s4.blend(Double.NaN, s4.compare(NE, s4));
      s5 = s5.blend(Double.NaN, s5.compare(NE, s5));
      s6 = s6.blend(Double.NaN, s6.compare(NE, s6));
      s7 = s7.blend(Double.NaN, s7.compare(NE, s7));
      int y = outFrom + column;
      ((FloatVector) s0.convertShape(D2F, FLOATS, 0)).intoArray(out, y);
      ((FloatVector) s1.convertShape(D2F, FLOATS, 0)).intoArray(out, y + WIDTH);
      ((FloatVector) s2.convertShape(D2F, FLOATS, 0)).intoArray(out, y + 2 * WIDTH);
      ((FloatVector) s3.convertShape(D2F, FLOATS, 0)).intoArray(out, y + 3 * WIDTH);
      ((FloatVector) s4.convertShape(D2F, FLOATS, 0)).intoArray(out, y + 4 * WIDTH);
      ((FloatVector) s5.convertShape(D2F, FLOATS, 0)).intoArray(out, y + 5 * WIDTH);
      ((FloatVector) s6.convertShape(D2F, FLOATS, 0)).intoArray(out, y + 6 * WIDTH);
      ((FloatVector) s7.convertShape(D2F, FLOATS, 0)).intoArray(out, y + 7 * WIDTH);
    }
  }
}
