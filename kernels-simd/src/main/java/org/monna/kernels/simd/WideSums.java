package org.monna.kernels.simd;

import static jdk.incubator.vector.VectorOperators.D2F;
import static jdk.incubator.vector.VectorOperators.F2D;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Sums of rows of floats, in double, coordinate by coordinate; rows are added in their order, several in a pass. */
final class WideSums {

  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

  /** As many floats as there are doubles in a register: half a register. */
  private static final VectorSpecies<Float> FLOATS =
      VectorSpecies.of(float.class, VectorShape.forBitSize(DOUBLES.vectorBitSize() / 2));

  private static final int WIDTH = DOUBLES.length();

  private WideSums() {}

  /** {@code sums[k] += row[from + k]}. */
  static void add(float[] row, int from, int length, double[] sums) {
    int laned = length - length % WIDTH;
    for (int k = 0; k < laned; k += WIDTH) {
      DoubleVector x = (DoubleVector) FloatVector.fromArray(FLOATS, row, from + k).convertShape(F2D, DOUBLES, 0);
      DoubleVector.fromArray(DOUBLES, sums, k).add(x).intoArray(sums, k);
    }
    for (int k = laned; k < length; k++) {
      sums[k] += row[from + k];
    }
  }

  /** {@code sums[k] += weight row[from + k]}. */
  static void add(double weight, float[] row, int from, int length, double[] sums) {
    int laned = length - length % WIDTH;
    for (int k = 0; k < laned; k += WIDTH) {
      DoubleVector x = (DoubleVector) FloatVector.fromArray(FLOATS, row, from + k).convertShape(F2D, DOUBLES, 0);
      DoubleVector.fromArray(DOUBLES, sums, k).add(x.mul(weight)).intoArray(sums, k);
    }
    for (int k = laned; k < length; k++) {
      sums[k] += weight * row[from + k];
    }
  }

  /** Adds the eight rows with the indices {@code next[at]} to {@code next[at + 7]}. */
  static void addEight(float[][] rows, int[] next, int at, int from, int length, double[] sums) {
    float[] x0 = rows[next[at]];
    float[] x1 = rows[next[at + 1]];
    float[] x2 = rows[next[at + 2]];
    float[] x3 = rows[next[at + 3]];
    float[] x4 = rows[next[at + 4]];
    float[] x5 = rows[next[at + 5]];
    float[] x6 = rows[next[at + 6]];
    float[] x7 = rows[next[at + 7]];
    int laned = length - length % WIDTH;
    for (int k = 0; k < laned; k += WIDTH) {
      DoubleVector sum = DoubleVector.fromArray(DOUBLES, sums, k);
      sum = sum.add((DoubleVector) FloatVector.fromArray(FLOATS, x0, from + k).convertShape(F2D, DOUBLES, 0));
      sum = sum.add((DoubleVector) FloatVector.fromArray(FLOATS, x1, from + k).convertShape(F2D, DOUBLES, 0));
      sum = sum.add((DoubleVector) FloatVector.fromArray(FLOATS, x2, from + k).convertShape(F2D, DOUBLES, 0));
      sum = sum.add((DoubleVector) FloatVector.fromArray(FLOATS, x3, from + k).convertShape(F2D, DOUBLES, 0));
      sum = sum.add((DoubleVector) FloatVector.fromArray(FLOATS, x4, from + k).convertShape(F2D, DOUBLES, 0));
      sum = sum.add((DoubleVector) FloatVector.fromArray(FLOATS, x5, from + k).convertShape(F2D, DOUBLES, 0));
      sum = sum.add((DoubleVector) FloatVector.fromArray(FLOATS, x6, from + k).convertShape(F2D, DOUBLES, 0));
      sum = sum.add((DoubleVector) FloatVector.fromArray(FLOATS, x7, from + k).convertShape(F2D, DOUBLES, 0));
      sum.intoArray(sums, k);
    }
    for (int k = laned; k < length; k++) {
      double sum = sums[k];
      sum += x0[from + k];
      sum += x1[from + k];
      sum += x2[from + k];
      sum += x3[from + k];
      sum += x4[from + k];
      sum += x5[from + k];
      sum += x6[from + k];
      sum += x7[from + k];
      sums[k] = sum;
    }
  }

  /** Adds the eight rows with the indices {@code next[at]} to {@code next[at + 7]}, times their weights. */
  static void addEight(
      double[] weights, float[][] rows, int[] next, int at, int from, int length, double[] sums) {
    float[] x0 = rows[next[at]];
    float[] x1 = rows[next[at + 1]];
    float[] x2 = rows[next[at + 2]];
    float[] x3 = rows[next[at + 3]];
    float[] x4 = rows[next[at + 4]];
    float[] x5 = rows[next[at + 5]];
    float[] x6 = rows[next[at + 6]];
    float[] x7 = rows[next[at + 7]];
    double w0 = weights[next[at]];
    double w1 = weights[next[at + 1]];
    double w2 = weights[next[at + 2]];
    double w3 = weights[next[at + 3]];
    double w4 = weights[next[at + 4]];
    double w5 = weights[next[at + 5]];
    double w6 = weights[next[at + 6]];
    double w7 = weights[next[at + 7]];
    int laned = length - length % WIDTH;
    for (int k = 0; k < laned; k += WIDTH) {
      DoubleVector sum = DoubleVector.fromArray(DOUBLES, sums, k);
      DoubleVector x = (DoubleVector) FloatVector.fromArray(FLOATS, x0, from + k).convertShape(F2D, DOUBLES, 0);
      sum = sum.add(x.mul(w0));
      x = (DoubleVector) FloatVector.fromArray(FLOATS, x1, from + k).convertShape(F2D, DOUBLES, 0);
      sum = sum.add(x.mul(w1));
      x = (DoubleVector) FloatVector.fromArray(FLOATS, x2, from + k).convertShape(F2D, DOUBLES, 0);
      sum = sum.add(x.mul(w2));
      x = (DoubleVector) FloatVector.fromArray(FLOATS, x3, from + k).convertShape(F2D, DOUBLES, 0);
      sum = sum.add(x.mul(w3));
      x = (DoubleVector) FloatVector.fromArray(FLOATS, x4, from + k).convertShape(F2D, DOUBLES, 0);
      sum = sum.add(x.mul(w4));
      x = (DoubleVector) FloatVector.fromArray(FLOATS, x5, from + k).convertShape(F2D, DOUBLES, 0);
      sum = sum.add(x.mul(w5));
      x = (DoubleVector) FloatVector.fromArray(FLOATS, x6, from + k).convertShape(F2D, DOUBLES, 0);
      sum = sum.add(x.mul(w6));
      x = (DoubleVector) FloatVector.fromArray(FLOATS, x7, from + k).convertShape(F2D, DOUBLES, 0);
      sum = sum.add(x.mul(w7));
      sum.intoArray(sums, k);
    }
    for (int k = laned; k < length; k++) {
      double sum = sums[k];
      sum += w0 * x0[from + k];
      sum += w1 * x1[from + k];
      sum += w2 * x2[from + k];
      sum += w3 * x3[from + k];
      sum += w4 * x4[from + k];
      sum += w5 * x5[from + k];
      sum += w6 * x6[from + k];
      sum += w7 * x7[from + k];
      sums[k] = sum;
    }
  }

  /** {@code out[outFrom + k] = sums[k] factor}, rounded to float; a NaN is the one NaN. */
  static void round(double[] sums, double factor, int length, float[] out, int outFrom) {
    int laned = length - length % WIDTH;
    for (int k = 0; k < laned; k += WIDTH) {
      DoubleVector product = DoubleVector.fromArray(DOUBLES, sums, k).mul(factor);
      VectorMask<Double> isNaN = product.test(VectorOperators.IS_NAN);
      FloatVector rounded = (FloatVector) product.blend(Double.NaN, isNaN).convertShape(D2F, FLOATS, 0);
      rounded.intoArray(out, outFrom + k);
    }
    for (int k = laned; k < length; k++) {
      float rounded = (float) (sums[k] * factor);
      out[outFrom + k] = Float.isNaN(rounded) ? Float.NaN : rounded;
    }
  }
}
