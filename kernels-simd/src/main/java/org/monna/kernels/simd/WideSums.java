package org.monna.kernels.simd;

import static jdk.incubator.vector.VectorOperators.D2F;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Weighted sums of rows of floats, in double, coordinate by coordinate. Rows are added in their order, several in a pass: main
 * memory likes many reads at a time, and the sums are stored less often.
 */
final class WideSums {

  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

  /** As many floats as there are doubles in a register: half a register. */
  private static final VectorSpecies<Float> FLOATS =
      VectorSpecies.of(float.class, VectorShape.forBitSize(DOUBLES.vectorBitSize() / 2));

  private static final int WIDTH = DOUBLES.length();

  private WideSums() {}

  /**
   * Adds the rows with the indices {@code selected[first]} to {@code selected[last - 1]}, coordinates {@code from} to {@code from +
   * length}.
   *
   * @param equal true if all weights are to be 1
   */
  static void add(
      float[][] rows,
      double[] weights,
      boolean equal,
      int[] selected,
      int first,
      int last,
      int from,
      int length,
      double[] sums) {
    int k = first;
    for (; k + 8 <= last; k += 8) {
      addEight(rows, weights, equal, selected, k, from, length, sums);
    }
    for (; k + 2 <= last; k += 2) {
      addTwo(rows, weights, equal, selected, k, from, length, sums);
    }
    if (k < last) {
      addOne(rows[selected[k]], equal ? 1 : weights[selected[k]], from, length, sums);
    }
  }

  private static void addEight(
      float[][] rows,
      double[] weights,
      boolean equal,
      int[] selected,
      int at,
      int from,
      int length,
      double[] sums) {
    float[] x0 = rows[selected[at]];
    float[] x1 = rows[selected[at + 1]];
    float[] x2 = rows[selected[at + 2]];
    float[] x3 = rows[selected[at + 3]];
    float[] x4 = rows[selected[at + 4]];
    float[] x5 = rows[selected[at + 5]];
    float[] x6 = rows[selected[at + 6]];
    float[] x7 = rows[selected[at + 7]];
    double w0 = equal ? 1 : weights[selected[at]];
    double w1 = equal ? 1 : weights[selected[at + 1]];
    double w2 = equal ? 1 : weights[selected[at + 2]];
    double w3 = equal ? 1 : weights[selected[at + 3]];
    double w4 = equal ? 1 : weights[selected[at + 4]];
    double w5 = equal ? 1 : weights[selected[at + 5]];
    double w6 = equal ? 1 : weights[selected[at + 6]];
    double w7 = equal ? 1 : weights[selected[at + 7]];
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

  private static void addTwo(
      float[][] rows,
      double[] weights,
      boolean equal,
      int[] selected,
      int at,
      int from,
      int length,
      double[] sums) {
    float[] x0 = rows[selected[at]];
    float[] x1 = rows[selected[at + 1]];
    double w0 = equal ? 1 : weights[selected[at]];
    double w1 = equal ? 1 : weights[selected[at + 1]];
    int laned = length - length % WIDTH;
    for (int k = 0; k < laned; k += WIDTH) {
      DoubleVector sum = DoubleVector.fromArray(DOUBLES, sums, k);
      DoubleVector x = (DoubleVector) FloatVector.fromArray(FLOATS, x0, from + k).convertShape(F2D, DOUBLES, 0);
      sum = sum.add(x.mul(w0));
      x = (DoubleVector) FloatVector.fromArray(FLOATS, x1, from + k).convertShape(F2D, DOUBLES, 0);
      sum = sum.add(x.mul(w1));
      sum.intoArray(sums, k);
    }
    for (int k = laned; k < length; k++) {
      double sum = sums[k];
      sum += w0 * x0[from + k];
      sum += w1 * x1[from + k];
      sums[k] = sum;
    }
  }

  private static void addOne(float[] x0, double w0, int from, int length, double[] sums) {
    int laned = length - length % WIDTH;
    for (int k = 0; k < laned; k += WIDTH) {
      DoubleVector sum = DoubleVector.fromArray(DOUBLES, sums, k);
      DoubleVector x = (DoubleVector) FloatVector.fromArray(FLOATS, x0, from + k).convertShape(F2D, DOUBLES, 0);
      sum = sum.add(x.mul(w0));
      sum.intoArray(sums, k);
    }
    for (int k = laned; k < length; k++) {
      double sum = sums[k];
      sum += w0 * x0[from + k];
      sums[k] = sum;
    }
  }

  /** {@code out[outFrom + k] = sums[k] factor}, rounded to float; a NaN is the one NaN. */
  static void round(double[] sums, double factor, int length, float[] out, int outFrom) {
    int laned = length - length % WIDTH;
    for (int k = 0; k < laned; k += WIDTH) {
      DoubleVector product = DoubleVector.fromArray(DOUBLES, sums, k).mul(factor);
      product = product.blend(Double.NaN, product.compare(NE, product));
      ((FloatVector) product.convertShape(D2F, FLOATS, 0)).intoArray(out, outFrom + k);
    }
    for (int k = laned; k < length; k++) {
      float rounded = (float) (sums[k] * factor);
      out[outFrom + k] = Float.isNaN(rounded) ? Float.NaN : rounded;
    }
  }

  /** {@code sums[k] /= divisor}. */
  static void divide(double[] sums, double divisor, int length) {
    int laned = length - length % WIDTH;
    for (int k = 0; k < laned; k += WIDTH) {
      DoubleVector.fromArray(DOUBLES, sums, k).div(divisor).intoArray(sums, k);
    }
    for (int k = laned; k < length; k++) {
      sums[k] /= divisor;
    }
  }

  /** Puts the number above in the place where the one below is farther from the centre, coordinates {@code from} on. */
  static void replaceFarther(float[] place, float[] below, float[] above, int from, int length, double[] centres) {
    int laned = length - length % WIDTH;
    for (int k = 0; k < laned; k += WIDTH) {
      DoubleVector centre = DoubleVector.fromArray(DOUBLES, centres, k);
      FloatVector high = FloatVector.fromArray(FLOATS, above, from + k);
      DoubleVector toLow =
          centre.sub(FloatVector.fromArray(FLOATS, below, from + k).convertShape(F2D, DOUBLES, 0));
      DoubleVector toHigh = ((DoubleVector) high.convertShape(F2D, DOUBLES, 0)).sub(centre);
      VectorMask<Float> farther = toLow.compare(GT, toHigh).cast(FLOATS);
      FloatVector.fromArray(FLOATS, place, from + k).blend(high, farther).intoArray(place, from + k);
    }
    for (int k = laned; k < length; k++) {
      if (centres[k] - below[from + k] > above[from + k] - centres[k]) {
        place[from + k] = above[from + k];
      }
    }
  }
}
