package org.monna.kernels.simd;

import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Sorts} of 5 to 8 rows whose numbers fall and then rise, as in a merge, with up to half of the comparators: those of {@link
 * org.monna.kernel.Step#merges}. For fewer rows, loads and stores decide, not comparators.
 */
final class Merges {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int WIDTH = FLOATS.length();

  private Merges() {}

  /** Sorts the rows with the indices {@code wires} in place, from coordinate {@code from} to {@code to}. */
  static void sort(float[][] rows, int[] wires, int from, int to) {
    switch (wires.length) {
      case 5 -> merge5(rows, wires, from, to);
      case 6 -> merge6(rows, wires, from, to);
      case 7 -> merge7(rows, wires, from, to);
      case 8 -> merge8(rows, wires, from, to);
      default -> Sorts.sort(rows, wires, from, to);
    }
  }

  private static void merge5(float[][] rows, int[] wires, int from, int to) {
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
      VectorMask<Float> less = v0.compare(LT, v4);
      FloatVector low = v4.blend(v0, less);
      v4 = v0.blend(v4, less);
      v0 = low;
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

  private static void merge6(float[][] rows, int[] wires, int from, int to) {
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
      VectorMask<Float> less = v0.compare(LT, v4);
      FloatVector low = v4.blend(v0, less);
      v4 = v0.blend(v4, less);
      v0 = low;
      less = v1.compare(LT, v5);
      low = v5.blend(v1, less);
      v5 = v1.blend(v5, less);
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
      less = v2.compare(LT, v3);
      low = v3.blend(v2, less);
      v3 = v2.blend(v3, less);
      v2 = low;
      less = v4.compare(LT, v5);
      low = v5.blend(v4, less);
      v5 = v4.blend(v5, less);
      v4 = low;
      v0.intoArray(x0, c);
      v1.intoArray(x1, c);
      v2.intoArray(x2, c);
      v3.intoArray(x3, c);
      v4.intoArray(x4, c);
      v5.intoArray(x5, c);
    }
  }

  private static void merge7(float[][] rows, int[] wires, int from, int to) {
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
      VectorMask<Float> less = v0.compare(LT, v4);
      FloatVector low = v4.blend(v0, less);
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
      less = v0.compare(LT, v2);
      low = v2.blend(v0, less);
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
      v0.intoArray(x0, c);
      v1.intoArray(x1, c);
      v2.intoArray(x2, c);
      v3.intoArray(x3, c);
      v4.intoArray(x4, c);
      v5.intoArray(x5, c);
      v6.intoArray(x6, c);
    }
  }

  private static void merge8(float[][] rows, int[] wires, int from, int to) {
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
      VectorMask<Float> less = v0.compare(LT, v4);
      FloatVector low = v4.blend(v0, less);
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
      less = v0.compare(LT, v2);
      low = v2.blend(v0, less);
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
