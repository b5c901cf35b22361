package org.monna.kernels.simd;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.D2F;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.REINTERPRET_F2I;
import static jdk.incubator.vector.VectorOperators.REINTERPRET_I2F;
import static jdk.incubator.vector.VectorOperators.SQRT;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.monna.kernel.Keys;

/**
 * Passes over the rows of a {@linkplain Columns column} of {@linkplain Keys keys}, those of a coordinate in one lane. What a pass is told for
 * each lane comes in pairs, of a vector for the smaller rank and one for the larger.
 *
 * <p>Comparisons go to mask registers, of which a processor makes one in a cycle. So where it can be helped, differences are
 * taken instead, in which the sign or the wrapping around tells what is greater.
 */
final class Counts {

  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

  /** Of half the width: as many as there are doubles. */
  private static final VectorSpecies<Integer> HALF_INTS =
      VectorSpecies.of(int.class, VectorShape.forBitSize(DOUBLES.vectorBitSize() / 2));

  private static final VectorSpecies<Float> HALF_FLOATS =
      VectorSpecies.of(float.class, VectorShape.forBitSize(DOUBLES.vectorBitSize() / 2));

  private static final int WIDTH = INTS.length();
  private static final int HALF = DOUBLES.length();

  private Counts() {}

  /** Sorts eight rows, {@code step} apart, to where {@code sample} has its row {@code to}. */
  static void sample(int[] keys, int at, int step, int[] sample, int to) {
    IntVector v0 = IntVector.fromArray(INTS, keys, at);
    IntVector v1 = IntVector.fromArray(INTS, keys, at + 1 * step);
    IntVector v2 = IntVector.fromArray(INTS, keys, at + 2 * step);
    IntVector v3 = IntVector.fromArray(INTS, keys, at + 3 * step);
    IntVector v4 = IntVector.fromArray(INTS, keys, at + 4 * step);
    IntVector v5 = IntVector.fromArray(INTS, keys, at + 5 * step);
    IntVector v6 = IntVector.fromArray(INTS, keys, at + 6 * step);
    IntVector v7 = IntVector.fromArray(INTS, keys, at + 7 * step);
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
    v0.intoArray(sample, to * WIDTH);
    v1.intoArray(sample, (to + 1) * WIDTH);
    v2.intoArray(sample, (to + 2) * WIDTH);
    v3.intoArray(sample, (to + 3) * WIDTH);
    v4.intoArray(sample, (to + 4) * WIDTH);
    v5.intoArray(sample, (to + 5) * WIDTH);
    v6.intoArray(sample, (to + 6) * WIDTH);
    v7.intoArray(sample, (to + 7) * WIDTH);
  }

  /** Sorts pairs of rows, one after the other. */
  static void sort(int[] rows, int[] pairs) {
    for (int k = 0; k < pairs.length; k += 2) {
      IntVector low = IntVector.fromArray(INTS, rows, pairs[k] * WIDTH);
      IntVector high = IntVector.fromArray(INTS, rows, pairs[k + 1] * WIDTH);
      low.min(high).intoArray(rows, pairs[k] * WIDTH);
      low.max(high).intoArray(rows, pairs[k + 1] * WIDTH);
    }
  }

  /**
   * {@code counts[k]} = what is left out + how many keys of the lane are no greater than {@code pivots[k]}, for six pivots a lane, of
   * which the first three belong to the smaller rank.
   *
   * @param pivots odd, so that halves can be compared, whose difference does not overflow
   */
  static void countSix(int[] keys, int at, int rows, int[] pivots, int[] left, int[] counts) {
    IntVector p0 = IntVector.fromArray(INTS, pivots, 0 * WIDTH).lanewise(ASHR, 1);
    IntVector p1 = IntVector.fromArray(INTS, pivots, 1 * WIDTH).lanewise(ASHR, 1);
    IntVector p2 = IntVector.fromArray(INTS, pivots, 2 * WIDTH).lanewise(ASHR, 1);
    IntVector p3 = IntVector.fromArray(INTS, pivots, 3 * WIDTH).lanewise(ASHR, 1);
    IntVector p4 = IntVector.fromArray(INTS, pivots, 4 * WIDTH).lanewise(ASHR, 1);
    IntVector p5 = IntVector.fromArray(INTS, pivots, 5 * WIDTH).lanewise(ASHR, 1);
    IntVector c0 = IntVector.zero(INTS);
    IntVector c1 = c0;
    IntVector c2 = c0;
    IntVector c3 = c0;
    IntVector c4 = c0;
    IntVector c5 = c0;
    for (int i = at; i < at + rows * WIDTH; i += WIDTH) {
      IntVector half = IntVector.fromArray(INTS, keys, i).lanewise(ASHR, 1);
      c0 = c0.add(p0.sub(half).lanewise(LSHR, 31));
      c1 = c1.add(p1.sub(half).lanewise(LSHR, 31));
      c2 = c2.add(p2.sub(half).lanewise(LSHR, 31));
      c3 = c3.add(p3.sub(half).lanewise(LSHR, 31));
      c4 = c4.add(p4.sub(half).lanewise(LSHR, 31));
      c5 = c5.add(p5.sub(half).lanewise(LSHR, 31));
    }
    IntVector low = IntVector.fromArray(INTS, left, 0).add(rows);
    IntVector high = IntVector.fromArray(INTS, left, WIDTH).add(rows);
    low.sub(c0).intoArray(counts, 0 * WIDTH);
    low.sub(c1).intoArray(counts, 1 * WIDTH);
    low.sub(c2).intoArray(counts, 2 * WIDTH);
    high.sub(c3).intoArray(counts, 3 * WIDTH);
    high.sub(c4).intoArray(counts, 4 * WIDTH);
    high.sub(c5).intoArray(counts, 5 * WIDTH);
  }

  /** The same for four pivots, of which the first two belong to the smaller rank. */
  static void countFour(int[] keys, int at, int rows, int[] pivots, int[] left, int[] counts) {
    IntVector p0 = IntVector.fromArray(INTS, pivots, 0 * WIDTH).lanewise(ASHR, 1);
    IntVector p1 = IntVector.fromArray(INTS, pivots, 1 * WIDTH).lanewise(ASHR, 1);
    IntVector p2 = IntVector.fromArray(INTS, pivots, 2 * WIDTH).lanewise(ASHR, 1);
    IntVector p3 = IntVector.fromArray(INTS, pivots, 3 * WIDTH).lanewise(ASHR, 1);
    IntVector c0 = IntVector.zero(INTS);
    IntVector c1 = c0;
    IntVector c2 = c0;
    IntVector c3 = c0;
    for (int i = at; i < at + rows * WIDTH; i += WIDTH) {
      IntVector half = IntVector.fromArray(INTS, keys, i).lanewise(ASHR, 1);
      c0 = c0.add(p0.sub(half).lanewise(LSHR, 31));
      c1 = c1.add(p1.sub(half).lanewise(LSHR, 31));
      c2 = c2.add(p2.sub(half).lanewise(LSHR, 31));
      c3 = c3.add(p3.sub(half).lanewise(LSHR, 31));
    }
    IntVector low = IntVector.fromArray(INTS, left, 0).add(rows);
    IntVector high = IntVector.fromArray(INTS, left, WIDTH).add(rows);
    low.sub(c0).intoArray(counts, 0 * WIDTH);
    low.sub(c1).intoArray(counts, 1 * WIDTH);
    high.sub(c2).intoArray(counts, 2 * WIDTH);
    high.sub(c3).intoArray(counts, 3 * WIDTH);
  }

  /** {@code counts[k]} = how many keys of the lane are no greater than {@code limits[k]}, which may be even, for two of them a lane. */
  static void countTwo(int[] keys, int at, int rows, int[] limits, int[] counts) {
    IntVector one = IntVector.broadcast(INTS, 1);
    IntVector p0 = IntVector.fromArray(INTS, limits, 0);
    IntVector p1 = IntVector.fromArray(INTS, limits, WIDTH);
    IntVector c0 = IntVector.zero(INTS);
    IntVector c1 = c0;
    for (int i = at; i < at + rows * WIDTH; i += WIDTH) {
      IntVector x = IntVector.fromArray(INTS, keys, i);
      c0 = c0.add(one, x.compare(LE, p0));
      c1 = c1.add(one, x.compare(LE, p1));
    }
    c0.intoArray(counts, 0);
    c1.intoArray(counts, WIDTH);
  }

  /**
   * Copies the rows in which a key is in one of the intervals of its lane, {@code above[k] < key <= upTo[k]}.
   *
   * @return how many these are
   */
  static int filter(int[] keys, int at, int rows, int[] above, int[] upTo, int[] out) {
    // Without a sign the difference to the first key of an interval is no greater than the length in the interval only.
    IntVector first0 = IntVector.fromArray(INTS, above, 0).sub(Integer.MAX_VALUE);
    IntVector first1 = IntVector.fromArray(INTS, above, WIDTH).sub(Integer.MAX_VALUE);
    IntVector last0 = IntVector.fromArray(INTS, upTo, 0).sub(first0);
    IntVector last1 = IntVector.fromArray(INTS, upTo, WIDTH).sub(first1);
    int to = 0;
    for (int i = at; i < at + rows * WIDTH; i += WIDTH) {
      IntVector x = IntVector.fromArray(INTS, keys, i);
      x.intoArray(out, to);
      to += x.sub(first0).compare(LE, last0).or(x.sub(first1).compare(LE, last1)).anyTrue() ? WIDTH : 0;
    }
    return to / WIDTH;
  }

  /** The same for one interval a lane, {@code above[k] < key <= upTo[WIDTH + k]}. */
  static int filterOne(int[] keys, int at, int rows, int[] above, int[] upTo, int[] out) {
    IntVector first = IntVector.fromArray(INTS, above, 0).sub(Integer.MAX_VALUE);
    IntVector last = IntVector.fromArray(INTS, upTo, WIDTH).sub(first);
    int to = 0;
    for (int i = at; i < at + rows * WIDTH; i += WIDTH) {
      IntVector x = IntVector.fromArray(INTS, keys, i);
      x.intoArray(out, to);
      to += x.sub(first).compare(LE, last).anyTrue() ? WIDTH : 0;
    }
    return to / WIDTH;
  }

  /** Finds the least and the greatest key of intervals {@code above[k] < key <= upTo[k]}, none of them empty. */
  static void tighten(int[] keys, int at, int rows, int[] above, int[] least, int[] upTo) {
    IntVector first0 = IntVector.fromArray(INTS, above, 0).sub(Integer.MAX_VALUE);
    IntVector first1 = IntVector.fromArray(INTS, above, WIDTH).sub(Integer.MAX_VALUE);
    IntVector last0 = IntVector.fromArray(INTS, upTo, 0).sub(Integer.MAX_VALUE);
    IntVector last1 = IntVector.fromArray(INTS, upTo, WIDTH).sub(Integer.MAX_VALUE);
    IntVector low0 = IntVector.broadcast(INTS, Integer.MAX_VALUE);
    IntVector low1 = low0;
    IntVector high0 = IntVector.broadcast(INTS, Integer.MIN_VALUE);
    IntVector high1 = high0;
    for (int i = at; i < at + rows * WIDTH; i += WIDTH) {
      IntVector x = IntVector.fromArray(INTS, keys, i);
      low0 = low0.min(x.sub(first0));
      low1 = low1.min(x.sub(first1));
      high0 = high0.max(x.sub(last0));
      high1 = high1.max(x.sub(last1));
    }
    low0.add(first0).intoArray(least, 0);
    low1.add(first1).intoArray(least, WIDTH);
    high0.add(last0).intoArray(upTo, 0);
    high1.add(last1).intoArray(upTo, WIDTH);
  }

  /**
   * Narrows an interval around its rank by what the pivots count.
   *
   * @param at 0 for the interval of the smaller ranks, {@link #WIDTH} for that of the larger ones
   * @param many how many pivots a lane there are
   */
  static void narrow(
      int at,
      int many,
      int[] pivots,
      int[] counts,
      int[] ranks,
      int[] above,
      int[] least,
      int[] upTo,
      int[] before,
      int[] until) {
    IntVector rank = IntVector.fromArray(INTS, ranks, at);
    IntVector low = IntVector.fromArray(INTS, above, at);
    IntVector high = IntVector.fromArray(INTS, upTo, at);
    IntVector lows = IntVector.fromArray(INTS, before, at);
    IntVector highs = IntVector.fromArray(INTS, until, at);
    for (int k = 0; k < many * WIDTH; k += WIDTH) {
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
    low.add(1).max(IntVector.fromArray(INTS, least, at)).intoArray(least, at);
  }

  /** Whether an interval has keys that differ in more than the last bit, and its rank is neither the first nor the last of them. */
  static boolean isOpen(int at, int[] ranks, int[] least, int[] upTo, int[] before, int[] until) {
    IntVector rank = IntVector.fromArray(INTS, ranks, at);
    VectorMask<Integer> inside = rank.compare(GT, IntVector.fromArray(INTS, before, at));
    inside = inside.and(rank.add(1).compare(LT, IntVector.fromArray(INTS, until, at)));
    IntVector low = IntVector.fromArray(INTS, least, at).lanewise(ASHR, 1);
    IntVector high = IntVector.fromArray(INTS, upTo, at).lanewise(ASHR, 1);
    return inside.and(low.compare(LT, high)).anyTrue();
  }

  /**
   * Finds the keys with the ranks, which are the first or the last ones of their intervals.
   *
   * @return true if one may be neither, or either: of an interval of two keys with copies
   */
  static boolean settle(int[] ranks, int[] least, int[] upTo, int[] before, int[] until, int[] found) {
    boolean open = false;
    for (int k = 0; k < 2 * WIDTH; k += WIDTH) {
      IntVector rank = IntVector.fromArray(INTS, ranks, k);
      IntVector low = IntVector.fromArray(INTS, least, k);
      IntVector high = IntVector.fromArray(INTS, upTo, k);
      VectorMask<Integer> more = rank.compare(GT, IntVector.fromArray(INTS, before, k));
      VectorMask<Integer> fewer = rank.add(1).compare(LT, IntVector.fromArray(INTS, until, k));
      low.blend(high, more).intoArray(found, k);
      open |= more.and(fewer).and(low.compare(LT, high)).anyTrue();
    }
    return open;
  }

  /** The numbers with the keys, or the largest finite ones. */
  static void values(int[] keys, float[] values) {
    for (int k = 0; k < 2 * WIDTH; k += WIDTH) {
      IntVector key = IntVector.fromArray(INTS, keys, k).max(Keys.LEAST + 1).min(Keys.GREATEST - 1);
      IntVector bits = key.lanewise(ASHR, 31).lanewise(LSHR, 1).lanewise(XOR, key);
      ((FloatVector) bits.convertShape(REINTERPRET_I2F, FLOATS, 0)).intoArray(values, k);
    }
  }

  static void subtract(int[] a, int[] b, float[] differences) {
    for (int k = 0; k < 2 * WIDTH; k += WIDTH) {
      IntVector difference = IntVector.fromArray(INTS, a, k).sub(IntVector.fromArray(INTS, b, k));
      ((FloatVector) difference.convertShape(I2F, FLOATS, 0)).intoArray(differences, k);
    }
  }

  /**
   * Guesses at the number with a rank, if those in its interval are evenly spread. If only one end of the interval has moved in the last
   * round they are not: then guesses go, by powers of eight, towards the other one.
   *
   * @param places how many numbers of the interval are below
   * @param inside how many are in the interval
   * @param least the lower end of the interval
   * @param greatest the upper one
   * @param offsets by how many standard deviations of the number of those below the guesses are off
   */
  static void guess(
      int at,
      float[] places,
      float[] inside,
      float[] least,
      float[] greatest,
      float[] offsets,
      int[] above,
      int[] lastAbove,
      int[] upTo,
      int[] lastUpTo,
      float[] guesses) {
    FloatVector place = FloatVector.fromArray(FLOATS, places, at).add(0.5f);
    FloatVector scale = FloatVector.broadcast(FLOATS, 1).div(FloatVector.fromArray(FLOATS, inside, at));
    FloatVector deviation = place.sub(place.mul(place).mul(scale)).lanewise(SQRT).mul(scale);
    FloatVector low = FloatVector.fromArray(FLOATS, least, at);
    FloatVector high = FloatVector.fromArray(FLOATS, greatest, at);
    VectorMask<Integer> up = IntVector.fromArray(INTS, above, at).compare(NE, IntVector.fromArray(INTS, lastAbove, at));
    VectorMask<Integer> down = IntVector.fromArray(INTS, upTo, at).compare(NE, IntVector.fromArray(INTS, lastUpTo, at));
    VectorMask<Float> onlyUp = up.andNot(down).cast(FLOATS);
    VectorMask<Float> onlyDown = down.andNot(up).cast(FLOATS);
    FloatVector near = place.mul(scale);
    FloatVector toLow = near.mul(0.125f);
    FloatVector toHigh = near.mul(0.125f).add(0.875f);
    int to = at * offsets.length;
    for (float offset : offsets) {
      FloatVector part = near.add(deviation.mul(offset));
      part = part.blend(0, part.compare(LT, 0));
      part = part.blend(1, part.compare(GT, 1));
      if (offset < -1) {
        part = part.blend(toHigh, onlyUp);
      } else if (offset > 1) {
        part = part.blend(toLow, onlyDown);
      }
      low.sub(low.mul(part)).add(high.mul(part)).intoArray(guesses, to);
      to += WIDTH;
    }
  }

  /** Odd keys of guesses, below the ends of the intervals, for each of which there are as many. */
  static void pivots(float[] guesses, int many, int[] upTo, int[] pivots) {
    for (int k = 0; k < many * WIDTH; k += WIDTH) {
      FloatVector guess = FloatVector.fromArray(FLOATS, guesses, k);
      IntVector bits = (IntVector) guess.convertShape(REINTERPRET_F2I, INTS, 0);
      IntVector key = bits.lanewise(ASHR, 31).lanewise(LSHR, 1).lanewise(XOR, bits);
      IntVector last = IntVector.fromArray(INTS, upTo, 2 * k < many * WIDTH ? 0 : WIDTH).sub(2);
      key.min(last).or(1).intoArray(pivots, k);
    }
  }

  /** The keys of the distances to the centres, in double, rounded to float. */
  static void distances(int[] keys, int at, int rows, double[] centres, int[] distances) {
    // Apart: with twice as many conversions in a loop, some of its vectors would be objects of the heap.
    distances(keys, at, rows, centres, 0, distances);
    distances(keys, at, rows, centres, HALF, distances);
  }

  private static void distances(int[] keys, int at, int rows, double[] centres, int half, int[] distances) {
    DoubleVector centre = DoubleVector.fromArray(DOUBLES, centres, half);
    for (int i = half; i < rows * WIDTH; i += WIDTH) {
      IntVector key = IntVector.fromArray(HALF_INTS, keys, at + i);
      IntVector bits = key.lanewise(ASHR, 31).lanewise(LSHR, 1).lanewise(XOR, key);
      FloatVector x = (FloatVector) bits.convertShape(REINTERPRET_I2F, HALF_FLOATS, 0);
      DoubleVector distance = ((DoubleVector) x.convertShape(F2D, DOUBLES, 0)).sub(centre).abs();
      FloatVector rounded = (FloatVector) distance.convertShape(D2F, HALF_FLOATS, 0);
      ((IntVector) rounded.convertShape(REINTERPRET_F2I, HALF_INTS, 0)).intoArray(distances, i);
    }
  }

  /**
   * Adds, row by row, the numbers of which the keys at the same place of {@code tests} are within bounds.
   *
   * @param bounds for each lane the lower bound, then the upper one
   * @param sums of the lanes, from {@code to} on
   * @param counts how many numbers were added
   */
  static void sum(
      int[] tests, int testsAt, int[] keys, int at, int rows, int[] bounds, double[] sums, int to, int[] counts) {
    IntVector one = IntVector.broadcast(INTS, 1);
    IntVector first = IntVector.fromArray(INTS, bounds, 0).add(Integer.MIN_VALUE);
    IntVector last = IntVector.fromArray(INTS, bounds, WIDTH).sub(first);
    DoubleVector sum0 = DoubleVector.zero(DOUBLES);
    DoubleVector sum1 = sum0;
    IntVector count = IntVector.zero(INTS);
    for (int i = 0; i < rows * WIDTH; i += WIDTH) {
      VectorMask<Integer> inside = IntVector.fromArray(INTS, tests, testsAt + i).sub(first).compare(LE, last);
      count = count.add(one, inside);
      IntVector key = IntVector.zero(INTS).blend(IntVector.fromArray(INTS, keys, at + i), inside);
      IntVector bits = key.lanewise(ASHR, 31).lanewise(LSHR, 1).lanewise(XOR, key);
      FloatVector x = (FloatVector) bits.convertShape(REINTERPRET_I2F, FLOATS, 0);
      sum0 = sum0.add(x.convertShape(F2D, DOUBLES, 0));
      sum1 = sum1.add(x.convertShape(F2D, DOUBLES, 1));
    }
    sum0.intoArray(sums, to);
    sum1.intoArray(sums, to + HALF);
    count.intoArray(counts, 0);
  }

  /**
   * Adds, row by row, the numbers between two bounds, and of those on a bound the first ones.
   *
   * @param copies how many of the numbers on each bound; of the upper one none if it is the lower one
   */
  static void sumSome(int[] keys, int at, int rows, int[] bounds, int[] copies, double[] sums, int to) {
    IntVector one = IntVector.broadcast(INTS, 1);
    IntVector none = IntVector.zero(INTS);
    IntVector low = IntVector.fromArray(INTS, bounds, 0);
    IntVector high = IntVector.fromArray(INTS, bounds, WIDTH);
    IntVector lows = IntVector.fromArray(INTS, copies, 0);
    IntVector highs = IntVector.fromArray(INTS, copies, WIDTH);
    DoubleVector sum0 = DoubleVector.zero(DOUBLES);
    DoubleVector sum1 = sum0;
    for (int i = at; i < at + rows * WIDTH; i += WIDTH) {
      IntVector key = IntVector.fromArray(INTS, keys, i);
      VectorMask<Integer> onLow = key.compare(EQ, low).and(lows.compare(GT, none));
      lows = lows.sub(one, onLow);
      VectorMask<Integer> onHigh = key.compare(EQ, high).and(highs.compare(GT, none));
      highs = highs.sub(one, onHigh);
      VectorMask<Integer> inside = key.compare(GT, low).and(key.compare(LT, high)).or(onLow).or(onHigh);
      key = none.blend(key, inside);
      IntVector bits = key.lanewise(ASHR, 31).lanewise(LSHR, 1).lanewise(XOR, key);
      FloatVector x = (FloatVector) bits.convertShape(REINTERPRET_I2F, FLOATS, 0);
      sum0 = sum0.add(x.convertShape(F2D, DOUBLES, 0));
      sum1 = sum1.add(x.convertShape(F2D, DOUBLES, 1));
    }
    sum0.intoArray(sums, to);
    sum1.intoArray(sums, to + HALF);
  }

  /**
   * Looks at what is as far from the centre as the farthest that is kept.
   *
   * @param limits for each lane the greatest key that is not above the centre, then the key of the greatest distance that is kept
   * @param ties the least and the greatest key at that distance that is not above the centre, and the same above it
   * @param counts how many keys are nearer, how many as far and not above the centre, and how many above it
   */
  static void ties(int[] distances, int[] keys, int at, int rows, int[] limits, int[] ties, int[] counts) {
    IntVector one = IntVector.broadcast(INTS, 1);
    IntVector middle = IntVector.fromArray(INTS, limits, 0);
    IntVector limit = IntVector.fromArray(INTS, limits, WIDTH);
    IntVector least0 = IntVector.broadcast(INTS, Integer.MAX_VALUE);
    IntVector least1 = least0;
    IntVector greatest0 = IntVector.broadcast(INTS, Integer.MIN_VALUE);
    IntVector greatest1 = greatest0;
    IntVector nearer = IntVector.zero(INTS);
    IntVector below = nearer;
    IntVector above = nearer;
    for (int i = 0; i < rows * WIDTH; i += WIDTH) {
      IntVector distance = IntVector.fromArray(INTS, distances, i);
      IntVector key = IntVector.fromArray(INTS, keys, at + i);
      VectorMask<Integer> tie = distance.compare(EQ, limit);
      VectorMask<Integer> high = key.compare(GT, middle);
      VectorMask<Integer> tieBelow = tie.andNot(high);
      VectorMask<Integer> tieAbove = tie.and(high);
      nearer = nearer.add(one, distance.compare(LT, limit));
      below = below.add(one, tieBelow);
      above = above.add(one, tieAbove);
      least0 = least0.lanewise(MIN, key, tieBelow);
      greatest0 = greatest0.lanewise(MAX, key, tieBelow);
      least1 = least1.lanewise(MIN, key, tieAbove);
      greatest1 = greatest1.lanewise(MAX, key, tieAbove);
    }
    least0.intoArray(ties, 0);
    greatest0.intoArray(ties, WIDTH);
    least1.intoArray(ties, 2 * WIDTH);
    greatest1.intoArray(ties, 3 * WIDTH);
    nearer.intoArray(counts, 0);
    below.intoArray(counts, WIDTH);
    above.intoArray(counts, 2 * WIDTH);
  }

  /**
   * Adds, row by row, the numbers that are nearer than the limit, and of those that are as far the first ones.
   *
   * @param limits as for {@link #ties}
   * @param copies how many of those that are as far and not above the centre, and how many of those above it
   */
  static void sumTies(
      int[] distances, int[] keys, int at, int rows, int[] limits, int[] copies, double[] sums, int to) {
    IntVector one = IntVector.broadcast(INTS, 1);
    IntVector none = IntVector.zero(INTS);
    IntVector middle = IntVector.fromArray(INTS, limits, 0);
    IntVector limit = IntVector.fromArray(INTS, limits, WIDTH);
    IntVector lows = IntVector.fromArray(INTS, copies, 0);
    IntVector highs = IntVector.fromArray(INTS, copies, WIDTH);
    DoubleVector sum0 = DoubleVector.zero(DOUBLES);
    DoubleVector sum1 = sum0;
    for (int i = 0; i < rows * WIDTH; i += WIDTH) {
      IntVector distance = IntVector.fromArray(INTS, distances, i);
      IntVector key = IntVector.fromArray(INTS, keys, at + i);
      VectorMask<Integer> tie = distance.compare(EQ, limit);
      VectorMask<Integer> high = key.compare(GT, middle);
      VectorMask<Integer> onLow = tie.andNot(high).and(lows.compare(GT, none));
      lows = lows.sub(one, onLow);
      VectorMask<Integer> onHigh = tie.and(high).and(highs.compare(GT, none));
      highs = highs.sub(one, onHigh);
      key = none.blend(key, distance.compare(LT, limit).or(onLow).or(onHigh));
      IntVector bits = key.lanewise(ASHR, 31).lanewise(LSHR, 1).lanewise(XOR, key);
      FloatVector x = (FloatVector) bits.convertShape(REINTERPRET_I2F, FLOATS, 0);
      sum0 = sum0.add(x.convertShape(F2D, DOUBLES, 0));
      sum1 = sum1.add(x.convertShape(F2D, DOUBLES, 1));
    }
    sum0.intoArray(sums, to);
    sum1.intoArray(sums, to + HALF);
  }
}
