package org.monna.kernels.simd;

import static org.monna.kernel.Kernels.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of squares over one block, in float, for several rows or pairs at once: the virtual lanes, not yet folded.
 *
 * <p>A pass over the block takes as many of the {@link org.monna.kernel.Kernels#LANES} virtual lanes as a register holds, from lane
 * {@code p} on; there are as many passes as it takes: four of 128 bits, two of 256, one of 512. So a pair needs one register whatever
 * the width, and a tile of 3 x 3 pairs fits the sixteen registers of AVX2. The second pass finds the block in the first-level cache.
 * Wider tiles, for which AVX-512 has the registers, are no faster: a tile of nine pairs waits for its additions, not for its six loads.
 *
 * <p>Lane k of the j-th pair goes to {@code lanes[j LANES + k]}.
 */
final class Squares {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

  /** A quarter of the virtual lanes. */
  private static final VectorSpecies<Float> QUARTER = FloatVector.SPECIES_128;

  /** The number of virtual lanes that one pass takes. */
  static final int WIDTH = FLOATS.length();

  private Squares() {}

  /** Folds the lanes of the first {@code count} pairs, by halves; the sum of the j-th goes to {@code lanes[j LANES]}. */
  static void fold(float[] lanes, int count) {
    for (int first = 0; first < count * LANES; first += LANES) {
      FloatVector low = FloatVector.fromArray(QUARTER, lanes, first);
      FloatVector high = FloatVector.fromArray(QUARTER, lanes, first + 4);
      low = low.add(FloatVector.fromArray(QUARTER, lanes, first + 8));
      high = high.add(FloatVector.fromArray(QUARTER, lanes, first + 12));
      low.add(high).intoArray(lanes, first);
    }
    for (int first = 0; first < count * LANES; first += LANES) {
      lanes[first] = (lanes[first] + lanes[first + 2]) + (lanes[first + 1] + lanes[first + 3]);
    }
  }

  /** The nine pairs of three rows x and three rows y, row by row of x. */
  static void tile(
      float[] x0, float[] x1, float[] x2, float[] y0, float[] y1, float[] y2, int from, int to, int p, float[] lanes) {
    FloatVector s00 = FloatVector.zero(FLOATS);
    FloatVector s01 = s00;
    FloatVector s02 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s12 = s00;
    FloatVector s20 = s00;
    FloatVector s21 = s00;
    FloatVector s22 = s00;
    for (int c = from; c < to; c += LANES) {
      FloatVector a0 = FloatVector.fromArray(FLOATS, x0, c + p);
      FloatVector a1 = FloatVector.fromArray(FLOATS, x1, c + p);
      FloatVector a2 = FloatVector.fromArray(FLOATS, x2, c + p);
      FloatVector b = FloatVector.fromArray(FLOATS, y0, c + p);
      FloatVector e = a0.sub(b);
      s00 = s00.add(e.mul(e));
      e = a1.sub(b);
      s10 = s10.add(e.mul(e));
      e = a2.sub(b);
      s20 = s20.add(e.mul(e));
      b = FloatVector.fromArray(FLOATS, y1, c + p);
      e = a0.sub(b);
      s01 = s01.add(e.mul(e));
      e = a1.sub(b);
      s11 = s11.add(e.mul(e));
      e = a2.sub(b);
      s21 = s21.add(e.mul(e));
      b = FloatVector.fromArray(FLOATS, y2, c + p);
      e = a0.sub(b);
      s02 = s02.add(e.mul(e));
      e = a1.sub(b);
      s12 = s12.add(e.mul(e));
      e = a2.sub(b);
      s22 = s22.add(e.mul(e));
    }
    s00.intoArray(lanes, p);
    s01.intoArray(lanes, p + LANES);
    s02.intoArray(lanes, p + 2 * LANES);
    s10.intoArray(lanes, p + 3 * LANES);
    s11.intoArray(lanes, p + 4 * LANES);
    s12.intoArray(lanes, p + 5 * LANES);
    s20.intoArray(lanes, p + 6 * LANES);
    s21.intoArray(lanes, p + 7 * LANES);
    s22.intoArray(lanes, p + 8 * LANES);
  }

  /** The pairs (1, 0), (2, 0), (2, 1) of three rows x, and those of three rows y. */
  static void triangles(
      float[] x0, float[] x1, float[] x2, float[] y0, float[] y1, float[] y2, int from, int to, int p, float[] lanes) {
    FloatVector s10 = FloatVector.zero(FLOATS);
    FloatVector s20 = s10;
    FloatVector s21 = s10;
    FloatVector t10 = s10;
    FloatVector t20 = s10;
    FloatVector t21 = s10;
    for (int c = from; c < to; c += LANES) {
      FloatVector a0 = FloatVector.fromArray(FLOATS, x0, c + p);
      FloatVector a1 = FloatVector.fromArray(FLOATS, x1, c + p);
      FloatVector a2 = FloatVector.fromArray(FLOATS, x2, c + p);
      FloatVector e = a1.sub(a0);
      s10 = s10.add(e.mul(e));
      e = a2.sub(a0);
      s20 = s20.add(e.mul(e));
      e = a2.sub(a1);
      s21 = s21.add(e.mul(e));
      a0 = FloatVector.fromArray(FLOATS, y0, c + p);
      a1 = FloatVector.fromArray(FLOATS, y1, c + p);
      a2 = FloatVector.fromArray(FLOATS, y2, c + p);
      e = a1.sub(a0);
      t10 = t10.add(e.mul(e));
      e = a2.sub(a0);
      t20 = t20.add(e.mul(e));
      e = a2.sub(a1);
      t21 = t21.add(e.mul(e));
    }
    s10.intoArray(lanes, p);
    s20.intoArray(lanes, p + LANES);
    s21.intoArray(lanes, p + 2 * LANES);
    t10.intoArray(lanes, p + 3 * LANES);
    t20.intoArray(lanes, p + 4 * LANES);
    t21.intoArray(lanes, p + 5 * LANES);
  }

  /** The eight pairs of two rows x and four rows y, row by row of x. */
  static void duo(
      float[] x0, float[] x1, float[] y0, float[] y1, float[] y2, float[] y3, int from, int to, int p, float[] lanes) {
    FloatVector s00 = FloatVector.zero(FLOATS);
    FloatVector s01 = s00;
    FloatVector s02 = s00;
    FloatVector s03 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s12 = s00;
    FloatVector s13 = s00;
    for (int c = from; c < to; c += LANES) {
      FloatVector a0 = FloatVector.fromArray(FLOATS, x0, c + p);
      FloatVector a1 = FloatVector.fromArray(FLOATS, x1, c + p);
      FloatVector b = FloatVector.fromArray(FLOATS, y0, c + p);
      FloatVector e = a0.sub(b);
      s00 = s00.add(e.mul(e));
      e = a1.sub(b);
      s10 = s10.add(e.mul(e));
      b = FloatVector.fromArray(FLOATS, y1, c + p);
      e = a0.sub(b);
      s01 = s01.add(e.mul(e));
      e = a1.sub(b);
      s11 = s11.add(e.mul(e));
      b = FloatVector.fromArray(FLOATS, y2, c + p);
      e = a0.sub(b);
      s02 = s02.add(e.mul(e));
      e = a1.sub(b);
      s12 = s12.add(e.mul(e));
      b = FloatVector.fromArray(FLOATS, y3, c + p);
      e = a0.sub(b);
      s03 = s03.add(e.mul(e));
      e = a1.sub(b);
      s13 = s13.add(e.mul(e));
    }
    s00.intoArray(lanes, p);
    s01.intoArray(lanes, p + LANES);
    s02.intoArray(lanes, p + 2 * LANES);
    s03.intoArray(lanes, p + 3 * LANES);
    s10.intoArray(lanes, p + 4 * LANES);
    s11.intoArray(lanes, p + 5 * LANES);
    s12.intoArray(lanes, p + 6 * LANES);
    s13.intoArray(lanes, p + 7 * LANES);
  }

  /** The pairs of a row x and eight rows y. */
  static void fan(
      float[] x,
      float[] y0,
      float[] y1,
      float[] y2,
      float[] y3,
      float[] y4,
      float[] y5,
      float[] y6,
      float[] y7,
      int from,
      int to,
      int p,
      float[] lanes) {
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    for (int c = from; c < to; c += LANES) {
      FloatVector a = FloatVector.fromArray(FLOATS, x, c + p);
      FloatVector e = a.sub(FloatVector.fromArray(FLOATS, y0, c + p));
      s0 = s0.add(e.mul(e));
      e = a.sub(FloatVector.fromArray(FLOATS, y1, c + p));
      s1 = s1.add(e.mul(e));
      e = a.sub(FloatVector.fromArray(FLOATS, y2, c + p));
      s2 = s2.add(e.mul(e));
      e = a.sub(FloatVector.fromArray(FLOATS, y3, c + p));
      s3 = s3.add(e.mul(e));
      e = a.sub(FloatVector.fromArray(FLOATS, y4, c + p));
      s4 = s4.add(e.mul(e));
      e = a.sub(FloatVector.fromArray(FLOATS, y5, c + p));
      s5 = s5.add(e.mul(e));
      e = a.sub(FloatVector.fromArray(FLOATS, y6, c + p));
      s6 = s6.add(e.mul(e));
      e = a.sub(FloatVector.fromArray(FLOATS, y7, c + p));
      s7 = s7.add(e.mul(e));
    }
    s0.intoArray(lanes, p);
    s1.intoArray(lanes, p + LANES);
    s2.intoArray(lanes, p + 2 * LANES);
    s3.intoArray(lanes, p + 3 * LANES);
    s4.intoArray(lanes, p + 4 * LANES);
    s5.intoArray(lanes, p + 5 * LANES);
    s6.intoArray(lanes, p + 6 * LANES);
    s7.intoArray(lanes, p + 7 * LANES);
  }

  /** The squares of eight rows. */
  static void norms(
      float[] x0,
      float[] x1,
      float[] x2,
      float[] x3,
      float[] x4,
      float[] x5,
      float[] x6,
      float[] x7,
      int from,
      int to,
      int p,
      float[] lanes) {
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    for (int c = from; c < to; c += LANES) {
      FloatVector a = FloatVector.fromArray(FLOATS, x0, c + p);
      s0 = s0.add(a.mul(a));
      a = FloatVector.fromArray(FLOATS, x1, c + p);
      s1 = s1.add(a.mul(a));
      a = FloatVector.fromArray(FLOATS, x2, c + p);
      s2 = s2.add(a.mul(a));
      a = FloatVector.fromArray(FLOATS, x3, c + p);
      s3 = s3.add(a.mul(a));
      a = FloatVector.fromArray(FLOATS, x4, c + p);
      s4 = s4.add(a.mul(a));
      a = FloatVector.fromArray(FLOATS, x5, c + p);
      s5 = s5.add(a.mul(a));
      a = FloatVector.fromArray(FLOATS, x6, c + p);
      s6 = s6.add(a.mul(a));
      a = FloatVector.fromArray(FLOATS, x7, c + p);
      s7 = s7.add(a.mul(a));
    }
    s0.intoArray(lanes, p);
    s1.intoArray(lanes, p + LANES);
    s2.intoArray(lanes, p + 2 * LANES);
    s3.intoArray(lanes, p + 3 * LANES);
    s4.intoArray(lanes, p + 4 * LANES);
    s5.intoArray(lanes, p + 5 * LANES);
    s6.intoArray(lanes, p + 6 * LANES);
    s7.intoArray(lanes, p + 7 * LANES);
  }
}
