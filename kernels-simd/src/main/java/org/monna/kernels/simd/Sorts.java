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
 * and twice the time. Here -0 equals 0, and a NaN, which is not less than anything, makes the order useless; but no number is ever
 * lost: what comes out is a permutation of what went in.
 *
 * <p>The methods are long and alike because they have to be: vectors in an array, or in a method of ours that the compiler happens
 * not to inline, would be objects of the heap.
 */
final class Sorts {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

  /** Lengths are multiples of this. */
  static final int WIDTH = FLOATS.length();

  private Sorts() {}

  /** Sorts the rows with the indices {@code wires} in place, from coordinate {@code from} to {@code to}. */
  static void sort(float[][] rows, int[] wires, int from, int to) {
    switch (wires.length) {
      case 2 -> sort2(rows, wires, from, to);
      case 3 -> sort3(rows, wires, from, to);
      case 4 -> sort4(rows, wires, from, to);
      case 5 -> sort5(rows, wires, from, to);
      case 6 -> sort6(rows, wires, from, to);
      case 7 -> sort7(rows, wires, from, to);
      case 8 -> sort8(rows, wires, from, to);
      default -> {}
    }
  }

  private static void sort2(float[][] rows, int[] wires, int from, int to) {
    float[] x0 = rows[wires[0]];
    float[] x1 = rows[wires[1]];
    for (int c = from; c < to; c += WIDTH) {
      FloatVector v0 = FloatVector.fromArray(FLOATS, x0, c);
      FloatVector v1 = FloatVector.fromArray(FLOATS, x1, c);
      VectorMask<Float> less = v0.compare(LT, v1);
      FloatVector low = v1.blend(v0, less);
      v1 = v0.blend(v1, less);
      v0 = low;
      v0.intoArray(x0, c);
      v1.intoArray(x1, c);
    }
  }

  private static void sort3(float[][] rows, int[] wires, int from, int to) {
    float[] x0 = rows[wires[0]];
    float[] x1 = rows[wires[1]];
    float[] x2 = rows[wires[2]];
    for (int c = from; c < to; c += WIDTH) {
      FloatVector v0 = FloatVector.fromArray(FLOATS, x0, c);
      FloatVector v1 = FloatVector.fromArray(FLOATS, x1, c);
      FloatVector v2 = FloatVector.fromArray(FLOATS, x2, c);
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
      v0.intoArray(x0, c);
      v1.intoArray(x1, c);
      v2.intoArray(x2, c);
    }
  }

  private static void sort4(float[][] rows, int[] wires, int from, int to) {
    float[] x0 = rows[wires[0]];
    float[] x1 = rows[wires[1]];
    float[] x2 = rows[wires[2]];
    float[] x3 = rows[wires[3]];
    for (int c = from; c < to; c += WIDTH) {
      FloatVector v0 = FloatVector.fromArray(FLOATS, x0, c);
      FloatVector v1 = FloatVector.fromArray(FLOATS, x1, c);
      FloatVector v2 = FloatVector.fromArray(FLOATS, x2, c);
      FloatVector v3 = FloatVector.fromArray(FLOATS, x3, c);
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
      v0.intoArray(x0, c);
      v1.intoArray(x1, c);
      v2.intoArray(x2, c);
      v3.intoArray(x3, c);
    }
  }

  private static void sort5(float[][] rows, int[] wires, int from, int to) {
    float[] x0 = rows[wires[0]];
    float[] x1 = rows[wires[1]];
    float[] x2 = rows[wires[2]];
    float[] x3 = rows[wires[3]];
    float[] x4 = rows[wires[4]];
    for (int c = from; c < to; c += WIDTH) {
      FloatVector v0 = FloatVector.fromArray(FLOATS, x0, c);
      FloatVector v1 = FloatVector.fromArray(FLOATS, x1, c);
      FloatVector v2 = FloatVector.fromArray(FLOATS, x2, c);
      FloatVector v3 = FloatVector.fromArray(FLOATS, x3, c);
      FloatVector v4 = FloatVector.fromArray(FLOATS, x4, c);
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
      v0.intoArray(x0, c);
      v1.intoArray(x1, c);
      v2.intoArray(x2, c);
      v3.intoArray(x3, c);
      v4.intoArray(x4, c);
    }
  }

  private static void sort6(float[][] rows, int[] wires, int from, int to) {
    float[] x0 = rows[wires[0]];
    float[] x1 = rows[wires[1]];
    float[] x2 = rows[wires[2]];
    float[] x3 = rows[wires[3]];
    float[] x4 = rows[wires[4]];
    float[] x5 = rows[wires[5]];
    for (int c = from; c < to; c += WIDTH) {
      FloatVector v0 = FloatVector.fromArray(FLOATS, x0, c);
      FloatVector v1 = FloatVector.fromArray(FLOATS, x1, c);
      FloatVector v2 = FloatVector.fromArray(FLOATS, x2, c);
      FloatVector v3 = FloatVector.fromArray(FLOATS, x3, c);
      FloatVector v4 = FloatVector.fromArray(FLOATS, x4, c);
      FloatVector v5 = FloatVector.fromArray(FLOATS, x5, c);
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
      v0.intoArray(x0, c);
      v1.intoArray(x1, c);
      v2.intoArray(x2, c);
      v3.intoArray(x3, c);
      v4.intoArray(x4, c);
      v5.intoArray(x5, c);
    }
  }

  private static void sort7(float[][] rows, int[] wires, int from, int to) {
    float[] x0 = rows[wires[0]];
    float[] x1 = rows[wires[1]];
    float[] x2 = rows[wires[2]];
    float[] x3 = rows[wires[3]];
    float[] x4 = rows[wires[4]];
    float[] x5 = rows[wires[5]];
    float[] x6 = rows[wires[6]];
    for (int c = from; c < to; c += WIDTH) {
      FloatVector v0 = FloatVector.fromArray(FLOATS, x0, c);
      FloatVector v1 = FloatVector.fromArray(FLOATS, x1, c);
      FloatVector v2 = FloatVector.fromArray(FLOATS, x2, c);
      FloatVector v3 = FloatVector.fromArray(FLOATS, x3, c);
      FloatVector v4 = FloatVector.fromArray(FLOATS, x4, c);
      FloatVector v5 = FloatVector.fromArray(FLOATS, x5, c);
      FloatVector v6 = FloatVector.fromArray(FLOATS, x6, c);
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
      v0.intoArray(x0, c);
      v1.intoArray(x1, c);
      v2.intoArray(x2, c);
      v3.intoArray(x3, c);
      v4.intoArray(x4, c);
      v5.intoArray(x5, c);
      v6.intoArray(x6, c);
    }
  }

  private static void sort8(float[][] rows, int[] wires, int from, int to) {
    float[] x0 = rows[wires[0]];
    float[] x1 = rows[wires[1]];
    float[] x2 = rows[wires[2]];
    float[] x3 = rows[wires[3]];
    float[] x4 = rows[wires[4]];
    float[] x5 = rows[wires[5]];
    float[] x6 = rows[wires[6]];
    float[] x7 = rows[wires[7]];
    for (int c = from; c < to; c += WIDTH) {
      FloatVector v0 = FloatVector.fromArray(FLOATS, x0, c);
      FloatVector v1 = FloatVector.fromArray(FLOATS, x1, c);
      FloatVector v2 = FloatVector.fromArray(FLOATS, x2, c);
      FloatVector v3 = FloatVector.fromArray(FLOATS, x3, c);
      FloatVector v4 = FloatVector.fromArray(FLOATS, x4, c);
      FloatVector v5 = FloatVector.fromArray(FLOATS, x5, c);
      FloatVector v6 = FloatVector.fromArray(FLOATS, x6, c);
      FloatVector v7 = FloatVector.fromArray(FLOATS, x7, c);
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
      v0.intoArray(x0, c);
      v1.intoArray(x1, c);
      v2.intoArray(x2, c);
      v3.intoArray(x3, c);
      v4.intoArray(x4, c);
      v5.intoArray(x5, c);
      v6.intoArray(x6, c);
      v7.intoArray(x7, c);
    }
  }
}
