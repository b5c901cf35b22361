package org.monna.kernels.simd;

import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sorts 2 to 8 rows, coordinate by coordinate: the steps of a {@link org.monna.kernel.SelectionNetwork}, each in one loop that
 * reads its rows once, works in registers and writes them once.
 *
 * <p>A comparator is one comparison and two blends. FloatVector.min and max would take ten instructions, for the sake of NaN and -0,
 * and take twice as long. Here a NaN, which is not less than anything, makes the order useless, but no number is ever lost: what
 * comes out is a permutation of what went in. And -0 equals 0.
 *
 * <p>The loops are long and alike because they have to be: vectors in an array, or in a method of ours that the compiler does not
 * inline, would be objects of the heap.
 */
final class Sorts {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

  /** Lengths are multiples of this. */
  static final int WIDTH = FLOATS.length();

  private Sorts() {}

  /**
   * Sorts the rows with the indices {@code wires} of {@code in}, coordinates {@code from} to {@code from + length}, into those of {@code
   * out} from coordinate {@code at} on. It may be the same rows and coordinates.
   */
  static void sort(float[][] in, int from, float[][] out, int at, int[] wires, int length) {
    switch (wires.length) {
      case 2 -> sort2(in, from, out, at, wires, length);
      case 3 -> sort3(in, from, out, at, wires, length);
      case 4 -> sort4(in, from, out, at, wires, length);
      case 5 -> sort5(in, from, out, at, wires, length);
      case 6 -> sort6(in, from, out, at, wires, length);
      case 7 -> sort7(in, from, out, at, wires, length);
      case 8 -> sort8(in, from, out, at, wires, length);
      default -> System.arraycopy(in[wires[0]], from, out[wires[0]], at, length);
    }
  }

  private static void sort2(float[][] in, int from, float[][] out, int at, int[] wires, int length) {
    float[] x0 = in[wires[0]];
    float[] x1 = in[wires[1]];
    float[] y0 = out[wires[0]];
    float[] y1 = out[wires[1]];
    for (int c = 0; c < length; c += WIDTH) {
      FloatVector v0 = FloatVector.fromArray(FLOATS, x0, from + c);
      FloatVector v1 = FloatVector.fromArray(FLOATS, x1, from + c);
      VectorMask<Float> less = v0.compare(LT, v1);
      FloatVector low = v1.blend(v0, less);
      v1 = v0.blend(v1, less);
      v0 = low;
      v0.intoArray(y0, at + c);
      v1.intoArray(y1, at + c);
    }
  }

  private static void sort3(float[][] in, int from, float[][] out, int at, int[] wires, int length) {
    float[] x0 = in[wires[0]];
    float[] x1 = in[wires[1]];
    float[] x2 = in[wires[2]];
    float[] y0 = out[wires[0]];
    float[] y1 = out[wires[1]];
    float[] y2 = out[wires[2]];
    for (int c = 0; c < length; c += WIDTH) {
      FloatVector v0 = FloatVector.fromArray(FLOATS, x0, from + c);
      FloatVector v1 = FloatVector.fromArray(FLOATS, x1, from + c);
      FloatVector v2 = FloatVector.fromArray(FLOATS, x2, from + c);
      VectorMask<Float> less = v0.compare(LT, v2);
      FloatVector low = v2.blend(v0, less);
      v2 = v0.blend(v2, less);
      v0 = low;
      less = v0.compare(LT, v1);
      low = v1.blend(v0, less);
      v1 = v0.blend(v1, less);
      v0 = low;
      less = v1.compare(LT, v2);
      low = v2.blend(v1, less);
      v2 = v1.blend(v2, less);
      v1 = low;
      v0.intoArray(y0, at + c);
      v1.intoArray(y1, at + c);
      v2.intoArray(y2, at + c);
    }
  }

  private static void sort4(float[][] in, int from, float[][] out, int at, int[] wires, int length) {
    float[] x0 = in[wires[0]];
    float[] x1 = in[wires[1]];
    float[] x2 = in[wires[2]];
    float[] x3 = in[wires[3]];
    float[] y0 = out[wires[0]];
    float[] y1 = out[wires[1]];
    float[] y2 = out[wires[2]];
    float[] y3 = out[wires[3]];
    for (int c = 0; c < length; c += WIDTH) {
      FloatVector v0 = FloatVector.fromArray(FLOATS, x0, from + c);
      FloatVector v1 = FloatVector.fromArray(FLOATS, x1, from + c);
      FloatVector v2 = FloatVector.fromArray(FLOATS, x2, from + c);
      FloatVector v3 = FloatVector.fromArray(FLOATS, x3, from + c);
      VectorMask<Float> less = v0.compare(LT, v2);
      FloatVector low = v2.blend(v0, less);
      v2 = v0.blend(v2, less);
      v0 = low;
      less = v1.compare(LT, v3);
      low = v3.blend(v1, less);
      v3 = v1.blend(v3, less);
      v1 = low;
      less = v0.compare(LT, v1);
      low = v1.blend(v0, less);
      v1 = v0.blend(v1, less);
      v0 = low;
      less = v2.compare(LT, v3);
      low = v3.blend(v2, less);
      v3 = v2.blend(v3, less);
      v2 = low;
      less = v1.compare(LT, v2);
      low = v2.blend(v1, less);
      v2 = v1.blend(v2, less);
      v1 = low;
      v0.intoArray(y0, at + c);
      v1.intoArray(y1, at + c);
      v2.intoArray(y2, at + c);
      v3.intoArray(y3, at + c);
    }
  }

  private static void sort5(float[][] in, int from, float[][] out, int at, int[] wires, int length) {
    float[] x0 = in[wires[0]];
    float[] x1 = in[wires[1]];
    float[] x2 = in[wires[2]];
    float[] x3 = in[wires[3]];
    float[] x4 = in[wires[4]];
    float[] y0 = out[wires[0]];
    float[] y1 = out[wires[1]];
    float[] y2 = out[wires[2]];
    float[] y3 = out[wires[3]];
    float[] y4 = out[wires[4]];
    for (int c = 0; c < length; c += WIDTH) {
      FloatVector v0 = FloatVector.fromArray(FLOATS, x0, from + c);
      FloatVector v1 = FloatVector.fromArray(FLOATS, x1, from + c);
      FloatVector v2 = FloatVector.fromArray(FLOATS, x2, from + c);
      FloatVector v3 = FloatVector.fromArray(FLOATS, x3, from + c);
      FloatVector v4 = FloatVector.fromArray(FLOATS, x4, from + c);
      VectorMask<Float> less = v0.compare(LT, v3);
      FloatVector low = v3.blend(v0, less);
      v3 = v0.blend(v3, less);
      v0 = low;
      less = v1.compare(LT, v4);
      low = v4.blend(v1, less);
      v4 = v1.blend(v4, less);
      v1 = low;
      less = v0.compare(LT, v2);
      low = v2.blend(v0, less);
      v2 = v0.blend(v2, less);
      v0 = low;
      less = v1.compare(LT, v3);
      low = v3.blend(v1, less);
      v3 = v1.blend(v3, less);
      v1 = low;
      less = v0.compare(LT, v1);
      low = v1.blend(v0, less);
      v1 = v0.blend(v1, less);
      v0 = low;
      less = v2.compare(LT, v4);
      low = v4.blend(v2, less);
      v4 = v2.blend(v4, less);
      v2 = low;
      less = v1.compare(LT, v2);
      low = v2.blend(v1, less);
      v2 = v1.blend(v2, less);
      v1 = low;
      less = v3.compare(LT, v4);
      low = v4.blend(v3, less);
      v4 = v3.blend(v4, less);
      v3 = low;
      less = v2.compare(LT, v3);
      low = v3.blend(v2, less);
      v3 = v2.blend(v3, less);
      v2 = low;
      v0.intoArray(y0, at + c);
      v1.intoArray(y1, at + c);
      v2.intoArray(y2, at + c);
      v3.intoArray(y3, at + c);
      v4.intoArray(y4, at + c);
    }
  }

  private static void sort6(float[][] in, int from, float[][] out, int at, int[] wires, int length) {
    float[] x0 = in[wires[0]];
    float[] x1 = in[wires[1]];
    float[] x2 = in[wires[2]];
    float[] x3 = in[wires[3]];
    float[] x4 = in[wires[4]];
    float[] x5 = in[wires[5]];
    float[] y0 = out[wires[0]];
    float[] y1 = out[wires[1]];
    float[] y2 = out[wires[2]];
    float[] y3 = out[wires[3]];
    float[] y4 = out[wires[4]];
    float[] y5 = out[wires[5]];
    for (int c = 0; c < length; c += WIDTH) {
      FloatVector v0 = FloatVector.fromArray(FLOATS, x0, from + c);
      FloatVector v1 = FloatVector.fromArray(FLOATS, x1, from + c);
      FloatVector v2 = FloatVector.fromArray(FLOATS, x2, from + c);
      FloatVector v3 = FloatVector.fromArray(FLOATS, x3, from + c);
      FloatVector v4 = FloatVector.fromArray(FLOATS, x4, from + c);
      FloatVector v5 = FloatVector.fromArray(FLOATS, x5, from + c);
      VectorMask<Float> less = v0.compare(LT, v5);
      FloatVector low = v5.blend(v0, less);
      v5 = v0.blend(v5, less);
      v0 = low;
      less = v1.compare(LT, v3);
      low = v3.blend(v1, less);
      v3 = v1.blend(v3, less);
      v1 = low;
      less = v2.compare(LT, v4);
      low = v4.blend(v2, less);
      v4 = v2.blend(v4, less);
      v2 = low;
      less = v1.compare(LT, v2);
      low = v2.blend(v1, less);
      v2 = v1.blend(v2, less);
      v1 = low;
      less = v3.compare(LT, v4);
      low = v4.blend(v3, less);
      v4 = v3.blend(v4, less);
      v3 = low;
      less = v0.compare(LT, v3);
      low = v3.blend(v0, less);
      v3 = v0.blend(v3, less);
      v0 = low;
      less = v2.compare(LT, v5);
      low = v5.blend(v2, less);
      v5 = v2.blend(v5, less);
      v2 = low;
      less = v0.compare(LT, v1);
      low = v1.blend(v0, less);
      v1 = v0.blend(v1, less);
      v0 = low;
      less = v2.compare(LT, v3);
      low = v3.blend(v2, less);
      v3 = v2.blend(v3, less);
      v2 = low;
      less = v4.compare(LT, v5);
      low = v5.blend(v4, less);
      v5 = v4.blend(v5, less);
      v4 = low;
      less = v1.compare(LT, v2);
      low = v2.blend(v1, less);
      v2 = v1.blend(v2, less);
      v1 = low;
      less = v3.compare(LT, v4);
      low = v4.blend(v3, less);
      v4 = v3.blend(v4, less);
      v3 = low;
      v0.intoArray(y0, at + c);
      v1.intoArray(y1, at + c);
      v2.intoArray(y2, at + c);
      v3.intoArray(y3, at + c);
      v4.intoArray(y4, at + c);
      v5.intoArray(y5, at + c);
    }
  }

  private static void sort7(float[][] in, int from, float[][] out, int at, int[] wires, int length) {
    float[] x0 = in[wires[0]];
    float[] x1 = in[wires[1]];
    float[] x2 = in[wires[2]];
    float[] x3 = in[wires[3]];
    float[] x4 = in[wires[4]];
    float[] x5 = in[wires[5]];
    float[] x6 = in[wires[6]];
    float[] y0 = out[wires[0]];
    float[] y1 = out[wires[1]];
    float[] y2 = out[wires[2]];
    float[] y3 = out[wires[3]];
    float[] y4 = out[wires[4]];
    float[] y5 = out[wires[5]];
    float[] y6 = out[wires[6]];
    for (int c = 0; c < length; c += WIDTH) {
      FloatVector v0 = FloatVector.fromArray(FLOATS, x0, from + c);
      FloatVector v1 = FloatVector.fromArray(FLOATS, x1, from + c);
      FloatVector v2 = FloatVector.fromArray(FLOATS, x2, from + c);
      FloatVector v3 = FloatVector.fromArray(FLOATS, x3, from + c);
      FloatVector v4 = FloatVector.fromArray(FLOATS, x4, from + c);
      FloatVector v5 = FloatVector.fromArray(FLOATS, x5, from + c);
      FloatVector v6 = FloatVector.fromArray(FLOATS, x6, from + c);
      VectorMask<Float> less = v0.compare(LT, v6);
      FloatVector low = v6.blend(v0, less);
      v6 = v0.blend(v6, less);
      v0 = low;
      less = v2.compare(LT, v3);
      low = v3.blend(v2, less);
      v3 = v2.blend(v3, less);
      v2 = low;
      less = v4.compare(LT, v5);
      low = v5.blend(v4, less);
      v5 = v4.blend(v5, less);
      v4 = low;
      less = v0.compare(LT, v2);
      low = v2.blend(v0, less);
      v2 = v0.blend(v2, less);
      v0 = low;
      less = v1.compare(LT, v4);
      low = v4.blend(v1, less);
      v4 = v1.blend(v4, less);
      v1 = low;
      less = v3.compare(LT, v6);
      low = v6.blend(v3, less);
      v6 = v3.blend(v6, less);
      v3 = low;
      less = v0.compare(LT, v1);
      low = v1.blend(v0, less);
      v1 = v0.blend(v1, less);
      v0 = low;
      less = v2.compare(LT, v5);
      low = v5.blend(v2, less);
      v5 = v2.blend(v5, less);
      v2 = low;
      less = v3.compare(LT, v4);
      low = v4.blend(v3, less);
      v4 = v3.blend(v4, less);
      v3 = low;
      less = v1.compare(LT, v2);
      low = v2.blend(v1, less);
      v2 = v1.blend(v2, less);
      v1 = low;
      less = v4.compare(LT, v6);
      low = v6.blend(v4, less);
      v6 = v4.blend(v6, less);
      v4 = low;
      less = v2.compare(LT, v3);
      low = v3.blend(v2, less);
      v3 = v2.blend(v3, less);
      v2 = low;
      less = v4.compare(LT, v5);
      low = v5.blend(v4, less);
      v5 = v4.blend(v5, less);
      v4 = low;
      less = v1.compare(LT, v2);
      low = v2.blend(v1, less);
      v2 = v1.blend(v2, less);
      v1 = low;
      less = v3.compare(LT, v4);
      low = v4.blend(v3, less);
      v4 = v3.blend(v4, less);
      v3 = low;
      less = v5.compare(LT, v6);
      low = v6.blend(v5, less);
      v6 = v5.blend(v6, less);
      v5 = low;
      v0.intoArray(y0, at + c);
      v1.intoArray(y1, at + c);
      v2.intoArray(y2, at + c);
      v3.intoArray(y3, at + c);
      v4.intoArray(y4, at + c);
      v5.intoArray(y5, at + c);
      v6.intoArray(y6, at + c);
    }
  }

  private static void sort8(float[][] in, int from, float[][] out, int at, int[] wires, int length) {
    float[] x0 = in[wires[0]];
    float[] x1 = in[wires[1]];
    float[] x2 = in[wires[2]];
    float[] x3 = in[wires[3]];
    float[] x4 = in[wires[4]];
    float[] x5 = in[wires[5]];
    float[] x6 = in[wires[6]];
    float[] x7 = in[wires[7]];
    float[] y0 = out[wires[0]];
    float[] y1 = out[wires[1]];
    float[] y2 = out[wires[2]];
    float[] y3 = out[wires[3]];
    float[] y4 = out[wires[4]];
    float[] y5 = out[wires[5]];
    float[] y6 = out[wires[6]];
    float[] y7 = out[wires[7]];
    for (int c = 0; c < length; c += WIDTH) {
      FloatVector v0 = FloatVector.fromArray(FLOATS, x0, from + c);
      FloatVector v1 = FloatVector.fromArray(FLOATS, x1, from + c);
      FloatVector v2 = FloatVector.fromArray(FLOATS, x2, from + c);
      FloatVector v3 = FloatVector.fromArray(FLOATS, x3, from + c);
      FloatVector v4 = FloatVector.fromArray(FLOATS, x4, from + c);
      FloatVector v5 = FloatVector.fromArray(FLOATS, x5, from + c);
      FloatVector v6 = FloatVector.fromArray(FLOATS, x6, from + c);
      FloatVector v7 = FloatVector.fromArray(FLOATS, x7, from + c);
      VectorMask<Float> less = v0.compare(LT, v2);
      FloatVector low = v2.blend(v0, less);
      v2 = v0.blend(v2, less);
      v0 = low;
      less = v1.compare(LT, v3);
      low = v3.blend(v1, less);
      v3 = v1.blend(v3, less);
      v1 = low;
      less = v4.compare(LT, v6);
      low = v6.blend(v4, less);
      v6 = v4.blend(v6, less);
      v4 = low;
      less = v5.compare(LT, v7);
      low = v7.blend(v5, less);
      v7 = v5.blend(v7, less);
      v5 = low;
      less = v0.compare(LT, v4);
      low = v4.blend(v0, less);
      v4 = v0.blend(v4, less);
      v0 = low;
      less = v1.compare(LT, v5);
      low = v5.blend(v1, less);
      v5 = v1.blend(v5, less);
      v1 = low;
      less = v2.compare(LT, v6);
      low = v6.blend(v2, less);
      v6 = v2.blend(v6, less);
      v2 = low;
      less = v3.compare(LT, v7);
      low = v7.blend(v3, less);
      v7 = v3.blend(v7, less);
      v3 = low;
      less = v0.compare(LT, v1);
      low = v1.blend(v0, less);
      v1 = v0.blend(v1, less);
      v0 = low;
      less = v2.compare(LT, v3);
      low = v3.blend(v2, less);
      v3 = v2.blend(v3, less);
      v2 = low;
      less = v4.compare(LT, v5);
      low = v5.blend(v4, less);
      v5 = v4.blend(v5, less);
      v4 = low;
      less = v6.compare(LT, v7);
      low = v7.blend(v6, less);
      v7 = v6.blend(v7, less);
      v6 = low;
      less = v2.compare(LT, v4);
      low = v4.blend(v2, less);
      v4 = v2.blend(v4, less);
      v2 = low;
      less = v3.compare(LT, v5);
      low = v5.blend(v3, less);
      v5 = v3.blend(v5, less);
      v3 = low;
      less = v1.compare(LT, v4);
      low = v4.blend(v1, less);
      v4 = v1.blend(v4, less);
      v1 = low;
      less = v3.compare(LT, v6);
      low = v6.blend(v3, less);
      v6 = v3.blend(v6, less);
      v3 = low;
      less = v1.compare(LT, v2);
      low = v2.blend(v1, less);
      v2 = v1.blend(v2, less);
      v1 = low;
      less = v3.compare(LT, v4);
      low = v4.blend(v3, less);
      v4 = v3.blend(v4, less);
      v3 = low;
      less = v5.compare(LT, v6);
      low = v6.blend(v5, less);
      v6 = v5.blend(v6, less);
      v5 = low;
      v0.intoArray(y0, at + c);
      v1.intoArray(y1, at + c);
      v2.intoArray(y2, at + c);
      v3.intoArray(y3, at + c);
      v4.intoArray(y4, at + c);
      v5.intoArray(y5, at + c);
      v6.intoArray(y6, at + c);
      v7.intoArray(y7, at + c);
    }
  }
}
