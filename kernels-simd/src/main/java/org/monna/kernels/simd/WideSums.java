package org.monna.kernels.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Weighted sums of rows of floats, in double, coordinate by coordinate. */
final class WideSums {

  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

  /** As many floats as there are doubles in a register: half a register. */
  private static final VectorSpecies<Float> FLOATS =
      VectorSpecies.of(float.class, VectorShape.forBitSize(DOUBLES.vectorBitSize() / 2));

  private static final int WIDTH = DOUBLES.length();

  private WideSums() {}

  private static DoubleVector load(float[] row, int c) {
    return (DoubleVector) FloatVector.fromArray(FLOATS, row, c).convertShape(VectorOperators.F2D, DOUBLES, 0);
  }

  /** {@code sums[k] += weight row[from + k]}. */
  static void add(float[] row, double weight, int from, int length, double[] sums) {
    int laned = length - length % WIDTH;
    for (int k = 0; k < laned; k += WIDTH) {
      DoubleVector sum = DoubleVector.fromArray(DOUBLES, sums, k);
      sum.add(load(row, from + k).mul(weight)).intoArray(sums, k);
    }
    for (int k = laned; k < length; k++) {
      sums[k] += weight * row[from + k];
    }
  }

  /** Adds eight rows, in their order. */
  static void add(
      float[][] rows, double[] weights, boolean weighted, int[] next, int from, int length, double[] sums) {
    for (int k = 0; k < 8; k++) {
      add(rows[next[k]], weighted ? weights[next[k]] : 1, from, length, sums);
    }
  }

  /** {@code out[outFrom + k] = sums[k] factor}, rounded to float; a NaN is the one NaN. */
  static void round(double[] sums, double factor, int length, float[] out, int outFrom) {
    int laned = length - length % WIDTH;
    for (int k = 0; k < laned; k += WIDTH) {
      DoubleVector product = DoubleVector.fromArray(DOUBLES, sums, k).mul(factor);
      VectorMask<Double> isNaN = product.test(VectorOperators.IS_NAN);
      FloatVector rounded =
          (FloatVector) product.blend(Double.NaN, isNaN).convertShape(VectorOperators.D2F, FLOATS, 0);
      rounded.intoArray(out, outFrom + k);
    }
    for (int k = laned; k < length; k++) {
      float rounded = (float) (sums[k] * factor);
      out[outFrom + k] = Float.isNaN(rounded) ? Float.NaN : rounded;
    }
  }
}
