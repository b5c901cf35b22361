package org.monna.kernels.simd;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.REINTERPRET_F2I;
import static jdk.incubator.vector.VectorOperators.SQRT;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.monna.kernel.Keys;

/**
 * Passes over many rows of {@linkplain Keys keys}, each a vector wide and next to the one before, so that the keys of a coordinate are
 * in one lane. What a pass is told for each lane comes in pairs: {@link #WIDTH} integers for a lower border and as many for an upper one.
 */
final class Counts {

  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

  /** The number of keys in a row. */
  static final int WIDTH = INTS.length();

  private Counts() {}

  /** Puts the keys of {@code row[from + k]} at {@code keys[at + k]}, and those of each further vector {@code stride} farther. */
  static void read(float[] row, int from, int length, int[] keys, int at, int stride) {
    int laned = length - length % WIDTH;
    int to = at;
    for (int k = 0; k < laned; k += WIDTH) {
      FloatVector x = FloatVector.fromArray(FLOATS, row, from + k);
      x = x.blend(Float.POSITIVE_INFINITY, x.compare(NE, x));
      // Not by reinterpretAsInts, which looks up its species, and is not compiled to nothing.
      IntVector bits = (IntVector) x.convertShape(REINTERPRET_F2I, INTS, 0);
      bits.lanewise(ASHR, 31).lanewise(LSHR, 1).lanewise(XOR, bits).intoArray(keys, to);
      to += stride;
    }
    if (laned < length) {
      // The lanes behind the end hold anything: nobody reads what comes of them.
      for (int k = 0; k < WIDTH; k++) {
        keys[to + k] = laned + k < length ? Keys.of(row[from + laned + k]) : 0;
      }
    }
  }

  /** Sorts eight rows, evenly spread over all. */
  static void sample(int[] keys, int at, int rows, int[] sample) {
    IntVector v0 = IntVector.fromArray(INTS, keys, at + 1 * rows / 16 * WIDTH);
    IntVector v1 = IntVector.fromArray(INTS, keys, at + 3 * rows / 16 * WIDTH);
    IntVector v2 = IntVector.fromArray(INTS, keys, at + 5 * rows / 16 * WIDTH);
    IntVector v3 = IntVector.fromArray(INTS, keys, at + 7 * rows / 16 * WIDTH);
    IntVector v4 = IntVector.fromArray(INTS, keys, at + 9 * rows / 16 * WIDTH);
    IntVector v5 = IntVector.fromArray(INTS, keys, at + 11 * rows / 16 * WIDTH);
    IntVector v6 = IntVector.fromArray(INTS, keys, at + 13 * rows / 16 * WIDTH);
    IntVector v7 = IntVector.fromArray(INTS, keys, at + 15 * rows / 16 * WIDTH);
    IntVector low = v0.min(v2);
    v2 = v0.max(v2);
    v0 = low;
    low = v1.min(v3);
    v3 = v1.max(v3);
    v1 = low;
    low = v4.min(v6);
    v6 = v4.max(v6);
    v4 = low;
    low = v5.min(v7);
    v7 = v5.max(v7);
    v5 = low;
    low = v0.min(v4);
    v4 = v0.max(v4);
    v0 = low;
    low = v1.min(v5);
    v5 = v1.max(v5);
    v1 = low;
    low = v2.min(v6);
    v6 = v2.max(v6);
    v2 = low;
    low = v3.min(v7);
    v7 = v3.max(v7);
    v3 = low;
    low = v0.min(v1);
    v1 = v0.max(v1);
    v0 = low;
    low = v2.min(v3);
    v3 = v2.max(v3);
    v2 = low;
    low = v4.min(v5);
    v5 = v4.max(v5);
    v4 = low;
    low = v6.min(v7);
    v7 = v6.max(v7);
    v6 = low;
    low = v2.min(v4);
    v4 = v2.max(v4);
    v2 = low;
    low = v3.min(v5);
    v5 = v3.max(v5);
    v3 = low;
    low = v1.min(v4);
    v4 = v1.max(v4);
    v1 = low;
    low = v3.min(v6);
    v6 = v3.max(v6);
    v3 = low;
    low = v1.min(v2);
    v2 = v1.max(v2);
    v1 = low;
    low = v3.min(v4);
    v4 = v3.max(v4);
    v3 = low;
    low = v5.min(v6);
    v6 = v5.max(v6);
    v5 = low;
    v0.intoArray(sample, 0);
    v1.intoArray(sample, 1 * WIDTH);
    v2.intoArray(sample, 2 * WIDTH);
    v3.intoArray(sample, 3 * WIDTH);
    v4.intoArray(sample, 4 * WIDTH);
    v5.intoArray(sample, 5 * WIDTH);
    v6.intoArray(sample, 6 * WIDTH);
    v7.intoArray(sample, 7 * WIDTH);
  }

  /** {@code counts[k]} = what is left out + how many keys of the lane are no greater than {@code pivots[k]}, for four pivots a lane. */
  static void count(int[] keys, int at, int rows, int[] pivots, int[] left, int[] counts) {
    IntVector p0 = IntVector.fromArray(INTS, pivots, 0);
    IntVector p1 = IntVector.fromArray(INTS, pivots, WIDTH);
    IntVector p2 = IntVector.fromArray(INTS, pivots, 2 * WIDTH);
    IntVector p3 = IntVector.fromArray(INTS, pivots, 3 * WIDTH);
    IntVector one = IntVector.broadcast(INTS, 1);
    IntVector c0 = IntVector.fromArray(INTS, left, 0);
    IntVector c1 = c0;
    IntVector c2 = IntVector.fromArray(INTS, left, WIDTH);
    IntVector c3 = c2;
    for (int i = at; i < at + rows * WIDTH; i += WIDTH) {
      IntVector x = IntVector.fromArray(INTS, keys, i);
      c0 = c0.add(one, x.compare(LE, p0));
      c1 = c1.add(one, x.compare(LE, p1));
      c2 = c2.add(one, x.compare(LE, p2));
      c3 = c3.add(one, x.compare(LE, p3));
    }
    c0.intoArray(counts, 0);
    c1.intoArray(counts, WIDTH);
    c2.intoArray(counts, 2 * WIDTH);
    c3.intoArray(counts, 3 * WIDTH);
  }

  /**
   * Copies the rows in which a key is in one of the intervals of its lane, {@code above[k] < key <= upTo[k]}.
   *
   * @return how many these are
   */
  static int filter(int[] keys, int at, int rows, int[] above, int[] upTo, int[] out) {
    IntVector above0 = IntVector.fromArray(INTS, above, 0);
    IntVector above1 = IntVector.fromArray(INTS, above, WIDTH);
    IntVector upTo0 = IntVector.fromArray(INTS, upTo, 0);
    IntVector upTo1 = IntVector.fromArray(INTS, upTo, WIDTH);
    int to = 0;
    for (int i = at; i < at + rows * WIDTH; i += WIDTH) {
      IntVector x = IntVector.fromArray(INTS, keys, i);
      VectorMask<Integer> in0 = x.compare(GT, above0).and(x.compare(LE, upTo0));
      VectorMask<Integer> in1 = x.compare(GT, above1).and(x.compare(LE, upTo1));
      x.intoArray(out, to);
      to += in0.or(in1).anyTrue() ? WIDTH : 0;
    }
    return to / WIDTH;
  }

  /** Draws the ends of intervals, {@code above[k] < key <= upTo[k]}, none of them empty, to the keys in them. */
  static void tighten(int[] keys, int at, int rows, int[] above, int[] upTo) {
    IntVector above0 = IntVector.fromArray(INTS, above, 0);
    IntVector above1 = IntVector.fromArray(INTS, above, WIDTH);
    IntVector upTo0 = IntVector.fromArray(INTS, upTo, 0);
    IntVector upTo1 = IntVector.fromArray(INTS, upTo, WIDTH);
    IntVector least0 = upTo0;
    IntVector least1 = upTo1;
    IntVector greatest0 = above0;
    IntVector greatest1 = above1;
    for (int i = at; i < at + rows * WIDTH; i += WIDTH) {
      IntVector x = IntVector.fromArray(INTS, keys, i);
      least0 = least0.lanewise(MIN, x, x.compare(GT, above0));
      least1 = least1.lanewise(MIN, x, x.compare(GT, above1));
      greatest0 = greatest0.lanewise(MAX, x, x.compare(LE, upTo0));
      greatest1 = greatest1.lanewise(MAX, x, x.compare(LE, upTo1));
    }
    least0.sub(1).intoArray(above, 0);
    least1.sub(1).intoArray(above, WIDTH);
    greatest0.intoArray(upTo, 0);
    greatest1.intoArray(upTo, WIDTH);
  }

  /**
   * Narrows an interval around its rank by what the pivots count.
   *
   * @param at 0 for the first interval of the lanes, {@link #WIDTH} for the second
   */
  static void narrow(
      int at, int[] pivots, int[] counts, int[] ranks, int[] above, int[] upTo, int[] before, int[] until) {
    IntVector rank = IntVector.fromArray(INTS, ranks, at);
    IntVector low = IntVector.fromArray(INTS, above, at);
    IntVector high = IntVector.fromArray(INTS, upTo, at);
    IntVector lows = IntVector.fromArray(INTS, before, at);
    IntVector highs = IntVector.fromArray(INTS, until, at);
    for (int k = 0; k < 4 * WIDTH; k += WIDTH) {
      IntVector pivot = IntVector.fromArray(INTS, pivots, k);
      IntVector count = IntVector.fromArray(INTS, counts, k);
      VectorMask<Integer> greater = count.compare(GT, rank);
      VectorMask<Integer> fewer = greater.and(pivot.compare(LT, high));
      high = high.blend(pivot, fewer);
      highs = highs.blend(count, fewer);
      VectorMask<Integer> more = greater.not().and(pivot.compare(GT, low));
      low = low.blend(pivot, more);
      lows = lows.blend(count, more);
    }
    low.intoArray(above, at);
    high.intoArray(upTo, at);
    lows.intoArray(before, at);
    highs.intoArray(until, at);
  }

  /** Whether an interval has more than one key and does not yet begin (the first) or end (the second) with its rank. */
  static boolean isOpen(int[] ranks, int[] above, int[] upTo, int[] before, int[] until) {
    VectorMask<Integer> first =
        IntVector.fromArray(INTS, above, 0).add(1).compare(LT, IntVector.fromArray(INTS, upTo, 0));
    first = first.and(IntVector.fromArray(INTS, before, 0).compare(LT, IntVector.fromArray(INTS, ranks, 0)));
    VectorMask<Integer> second =
        IntVector.fromArray(INTS, above, WIDTH).add(1).compare(LT, IntVector.fromArray(INTS, upTo, WIDTH));
    second =
        second.and(
            IntVector.fromArray(INTS, until, WIDTH).compare(GT, IntVector.fromArray(INTS, ranks, WIDTH).add(1)));
    return first.or(second).anyTrue();
  }

  /**
   * Numbers that should have the rank of an interval between them, if those in it are evenly spread: {@code guesses[2 at + k]} and
   * {@code guesses[2 at + WIDTH + k]}. NaN or infinite where an end of the interval is.
   *
   * @param spread by how many square roots of the number of keys the guesses are off
   */
  static void guess(
      int at, int[] ranks, int[] before, int[] until, float[] least, float[] greatest, float spread, float[] guesses) {
    IntVector lows = IntVector.fromArray(INTS, before, at);
    FloatVector inside = (FloatVector) IntVector.fromArray(INTS, until, at).sub(lows).convertShape(I2F, FLOATS, 0);
    FloatVector place = (FloatVector) IntVector.fromArray(INTS, ranks, at).sub(lows).convertShape(I2F, FLOATS, 0);
    place = place.add(at == 0 ? -0.5f : 0.5f);
    FloatVector off = inside.lanewise(SQRT).mul(spread);
    FloatVector last = inside.sub(1);
    FloatVector from = FloatVector.fromArray(FLOATS, least, at);
    FloatVector to = FloatVector.fromArray(FLOATS, greatest, at);
    FloatVector part = place.sub(off).div(last);
    part = part.blend(0, part.compare(LT, 0));
    from.sub(from.mul(part)).add(to.mul(part)).intoArray(guesses, 2 * at);
    part = place.add(off).div(last);
    part = part.blend(1, part.compare(GT, 1));
    from.sub(from.mul(part)).add(to.mul(part)).intoArray(guesses, 2 * at + WIDTH);
  }
}
