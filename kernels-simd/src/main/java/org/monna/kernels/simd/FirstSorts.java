package org.monna.kernels.simd;

import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Sorts} from some rows into others, with a look for NaN: the first steps, which read the inputs. They wait for main memory,
 * so that the additions by which a NaN is noticed cost nothing.
 */
final class FirstSorts {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int WIDTH = FLOATS.length();

  private FirstSorts() {}

  /**
   * Sorts the rows with the indices {@code wires} of {@code in}, from coordinate {@code from} on, into those of {@code out}.
   *
   * @param length a multiple of the width
   * @return true if there was a NaN, and at times if there was none but infinities or far values
   */
  static boolean sort(float[][] in, int from, float[][] out, int[] wires, int length) {
    return switch (wires.length) {
      case 1 -> copy(in[wires[0]], from, out[wires[0]], length);
      case 2 -> sort2(in, from, out, wires, length);
      case 3 -> sort3(in, from, out, wires, length);
      case 4 -> sort4(in, from, out, wires, length);
      case 5 -> sort5(in, from, out, wires, length);
      case 6 -> sort6(in, from, out, wires, length);
      case 7 -> sort7(in, from, out, wires, length);
      default -> sort8(in, from, out, wires, length);
    };
  }

  private static boolean copy(float[] in, int from, float[] out, int length) {
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int c = 0; c < length; c += WIDTH) {
      FloatVector v = FloatVector.fromArray(FLOATS, in, from + c);
      sum = sum.add(v);
      v.intoArray(out, c);
    }
    return sum.compare(NE, sum).anyTrue();
  }

  private static boolean sort2(float[][] in, int from, float[][] out, int[] wires, int length) {
    float[] x0 = in[wires[0]];
    float[] x1 = in[wires[1]];
    float[] y0 = out[wires[0]];
    float[] y1 = out[wires[1]];
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int c = 0; c < length; c += WIDTH) {
      FloatVector v0 = FloatVector.fromArray(FLOATS, x0, from + c);
      FloatVector v1 = FloatVector.fromArray(FLOATS, x1, from + c);
      sum = sum.add(v0.add(v1));
      VectorMask<Float> less = v0.compare(LT, v1);
      FloatVector low = v1.blend(v0, less);
      v1 = v0.blend(v1, less);
      v0 = low;
      v0.intoArray(y0, c);
      v1.intoArray(y1, c);
    }
    return sum.compare(NE, sum).anyTrue();
  }

  private static boolean sort3(float[][] in, int from, float[][] out, int[] wires, int length) {
    float[] x0 = in[wires[0]];
    float[] x1 = in[wires[1]];
    float[] x2 = in[wires[2]];
    float[] y0 = out[wires[0]];
    float[] y1 = out[wires[1]];
    float[] y2 = out[wires[2]];
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int c = 0; c < length; c += WIDTH) {
      FloatVector v0 = FloatVector.fromArray(FLOATS, x0, from + c);
      FloatVector v1 = FloatVector.fromArray(FLOATS, x1, from + c);
      FloatVector v2 = FloatVector.fromArray(FLOATS, x2, from + c);
      sum = sum.add(v0.add(v1).add(v2));
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
      v0.intoArray(y0, c);
      v1.intoArray(y1, c);
      v2.intoArray(y2, c);
    }
    return sum.compare(NE, sum).anyTrue();
  }

  private static boolean sort4(float[][] in, int from, float[][] out, int[] wires, int length) {
    float[] x0 = in[wires[0]];
    float[] x1 = in[wires[1]];
    float[] x2 = in[wires[2]];
    float[] x3 = in[wires[3]];
    float[] y0 = out[wires[0]];
    float[] y1 = out[wires[1]];
    float[] y2 = out[wires[2]];
    float[] y3 = out[wires[3]];
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int c = 0; c < length; c += WIDTH) {
      FloatVector v0 = FloatVector.fromArray(FLOATS, x0, from + c);
      FloatVector v1 = FloatVector.fromArray(FLOATS, x1, from + c);
      FloatVector v2 = FloatVector.fromArray(FLOATS, x2, from + c);
      FloatVector v3 = FloatVector.fromArray(FLOATS, x3, from + c);
      sum = sum.add(v0.add(v1).add(v2.add(v3)));
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
      v0.intoArray(y0, c);
      v1.intoArray(y1, c);
      v2.intoArray(y2, c);
      v3.intoArray(y3, c);
    }
    return sum.compare(NE, sum).anyTrue();
  }

  private static boolean sort5(float[][] in, int from, float[][] out, int[] wires, int length) {
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
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int c = 0; c < length; c += WIDTH) {
      FloatVector v0 = FloatVector.fromArray(FLOATS, x0, from + c);
      FloatVector v1 = FloatVector.fromArray(FLOATS, x1, from + c);
      FloatVector v2 = FloatVector.fromArray(FLOATS, x2, from + c);
      FloatVector v3 = FloatVector.fromArray(FLOATS, x3, from + c);
      FloatVector v4 = FloatVector.fromArray(FLOATS, x4, from + c);
      sum = sum.add(v0.add(v1).add(v2.add(v3)).add(v4));
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
      v0.intoArray(y0, c);
      v1.intoArray(y1, c);
      v2.intoArray(y2, c);
      v3.intoArray(y3, c);
      v4.intoArray(y4, c);
    }
    return sum.compare(NE, sum).anyTrue();
  }

  private static boolean sort6(float[][] in, int from, float[][] out, int[] wires, int length) {
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
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int c = 0; c < length; c += WIDTH) {
      FloatVector v0 = FloatVector.fromArray(FLOATS, x0, from + c);
      FloatVector v1 = FloatVector.fromArray(FLOATS, x1, from + c);
      FloatVector v2 = FloatVector.fromArray(FLOATS, x2, from + c);
      FloatVector v3 = FloatVector.fromArray(FLOATS, x3, from + c);
      FloatVector v4 = FloatVector.fromArray(FLOATS, x4, from + c);
      FloatVector v5 = FloatVector.fromArray(FLOATS, x5, from + c);
      sum = sum.add(v0.add(v1).add(v2.add(v3)).add(v4.add(v5)));
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
      v0.intoArray(y0, c);
      v1.intoArray(y1, c);
      v2.intoArray(y2, c);
      v3.intoArray(y3, c);
      v4.intoArray(y4, c);
      v5.intoArray(y5, c);
    }
    return sum.compare(NE, sum).anyTrue();
  }

  private static boolean sort7(float[][] in, int from, float[][] out, int[] wires, int length) {
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
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int c = 0; c < length; c += WIDTH) {
      FloatVector v0 = FloatVector.fromArray(FLOATS, x0, from + c);
      FloatVector v1 = FloatVector.fromArray(FLOATS, x1, from + c);
      FloatVector v2 = FloatVector.fromArray(FLOATS, x2, from + c);
      FloatVector v3 = FloatVector.fromArray(FLOATS, x3, from + c);
      FloatVector v4 = FloatVector.fromArray(FLOATS, x4, from + c);
      FloatVector v5 = FloatVector.fromArray(FLOATS, x5, from + c);
      FloatVector v6 = FloatVector.fromArray(FLOATS, x6, from + c);
      sum = sum.add(v0.add(v1).add(v2.add(v3)).add(v4.add(v5).add(v6)));
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
      v0.intoArray(y0, c);
      v1.intoArray(y1, c);
      v2.intoArray(y2, c);
      v3.intoArray(y3, c);
      v4.intoArray(y4, c);
      v5.intoArray(y5, c);
      v6.intoArray(y6, c);
    }
    return sum.compare(NE, sum).anyTrue();
  }

  private static boolean sort8(float[][] in, int from, float[][] out, int[] wires, int length) {
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
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int c = 0; c < length; c += WIDTH) {
      FloatVector v0 = FloatVector.fromArray(FLOATS, x0, from + c);
      FloatVector v1 = FloatVector.fromArray(FLOATS, x1, from + c);
      FloatVector v2 = FloatVector.fromArray(FLOATS, x2, from + c);
      FloatVector v3 = FloatVector.fromArray(FLOATS, x3, from + c);
      FloatVector v4 = FloatVector.fromArray(FLOATS, x4, from + c);
      FloatVector v5 = FloatVector.fromArray(FLOATS, x5, from + c);
      FloatVector v6 = FloatVector.fromArray(FLOATS, x6, from + c);
      FloatVector v7 = FloatVector.fromArray(FLOATS, x7, from + c);
      sum = sum.add(v0.add(v1).add(v2.add(v3)).add(v4.add(v5).add(v6.add(v7))));
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
      v0.intoArray(y0, c);
      v1.intoArray(y1, c);
      v2.intoArray(y2, c);
      v3.intoArray(y3, c);
      v4.intoArray(y4, c);
      v5.intoArray(y5, c);
      v6.intoArray(y6, c);
      v7.intoArray(y7, c);
    }
    return sum.compare(NE, sum).anyTrue();
  }
}
