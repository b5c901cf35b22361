package org.monna.kernels.simd;

import static jdk.incubator.vector.VectorOperators.F2D;
import static org.monna.kernel.Kernels.LANES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of squares over one block, in double, for blocks whose sum in float is not exact: the virtual lanes, not yet folded.
 *
 * <p>A pass takes as many virtual lanes as two registers hold: one would wait for its own additions.
 */
final class WideSquares {

  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

  private static final VectorSpecies<Float> FLOATS =
      VectorSpecies.of(float.class, VectorShape.forBitSize(DOUBLES.vectorBitSize() / 2));

  private static final int WIDTH = DOUBLES.length();

  private WideSquares() {}

  /** The squared differences of the coordinates from {@code from} to {@code to}, a multiple of LANES. */
  static void distance(float[] x, float[] y, int from, int to, double[] lanes) {
    for (int p = 0; p < LANES; p += 2 * WIDTH) {
      DoubleVector s0 = DoubleVector.zero(DOUBLES);
      DoubleVector s1 = s0;
      for (int c = from; c < to; c += LANES) {
        DoubleVector a = (DoubleVector) FloatVector.fromArray(FLOATS, x, c + p).convertShape(F2D, DOUBLES, 0);
        DoubleVector b = (DoubleVector) FloatVector.fromArray(FLOATS, y, c + p).convertShape(F2D, DOUBLES, 0);
        a = a.sub(b);
        s0 = s0.add(a.mul(a));
        a = (DoubleVector) FloatVector.fromArray(FLOATS, x, c + p + WIDTH).convertShape(F2D, DOUBLES, 0);
        b = (DoubleVector) FloatVector.fromArray(FLOATS, y, c + p + WIDTH).convertShape(F2D, DOUBLES, 0);
        a = a.sub(b);
        s1 = s1.add(a.mul(a));
      }
      s0.intoArray(lanes, p);
      s1.intoArray(lanes, p + WIDTH);
    }
  }

  /** The squares of the coordinates from {@code from} to {@code to}, a multiple of LANES. */
  static void norm(float[] x, int from, int to, double[] lanes) {
    for (int p = 0; p < LANES; p += 2 * WIDTH) {
      DoubleVector s0 = DoubleVector.zero(DOUBLES);
      DoubleVector s1 = s0;
      for (int c = from; c < to; c += LANES) {
        DoubleVector a = (DoubleVector) FloatVector.fromArray(FLOATS, x, c + p).convertShape(F2D, DOUBLES, 0);
        s0 = s0.add(a.mul(a));
        a = (DoubleVector) FloatVector.fromArray(FLOATS, x, c + p + WIDTH).convertShape(F2D, DOUBLES, 0);
        s1 = s1.add(a.mul(a));
      }
      s0.intoArray(lanes, p);
      s1.intoArray(lanes, p + WIDTH);
    }
  }
}
