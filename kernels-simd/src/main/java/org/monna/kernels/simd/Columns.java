package org.monna.kernels.simd;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.REINTERPRET_F2I;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import org.monna.kernel.Keys;
import org.monna.kernel.Scratch;

/**
 * The {@linkplain Keys keys} of a tile of many rows, arranged so that those of a vector of coordinates, a column, are next to each other: row
 * after row, a vector each.
 *
 * <p>Four rows are read at a time, and written to vectors in a row: one row at a time takes twice as long, for a store that misses
 * the first-level cache holds up those behind it.
 */
final class Columns {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

  /** The coordinates of a column. */
  static final int WIDTH = FLOATS.length();

  /** Half of the second-level cache of most processors of now. */
  private static final int TILE_KEYS = 1 << 17;

  private static final int LARGEST_TILE = 256;
  private static final int SMALLEST_TILE = 64;

  /** The number of coordinates of a tile. */
  final int tile;

  /** From where a column begins to where the next does: not a multiple of the page, lest all columns share the same cache sets. */
  final int stride;

  /** The keys of all columns. */
  final int[] keys;

  /** The least and the greatest key of each coordinate. */
  final int[] least;

  final int[] greatest;

  private final int m;

  Columns(int m, Scratch scratch) {
    this.m = m;
    this.tile = Math.max(SMALLEST_TILE, Math.min(LARGEST_TILE, TILE_KEYS / m / WIDTH * WIDTH));
    this.stride = (m | 1) * WIDTH;
    this.keys = scratch.keys(stride * (tile / WIDTH));
    this.least = new int[tile];
    this.greatest = new int[tile];
  }

  /** Reads coordinates {@code from <= c < from + length} of the rows. Lanes behind the end hold zeros. */
  void read(float[][] rows, int from, int length) {
    Arrays.fill(least, Keys.GREATEST);
    Arrays.fill(greatest, Keys.LEAST);
    int laned = length - length % WIDTH;
    int i = 0;
    for (; i + 4 <= m; i += 4) {
      readFour(rows, i, from, laned);
    }
    for (; i < m; i++) {
      readOne(rows[i], i, from, laned);
    }
    if (laned < length) {
      readRest(rows, from + laned, length - laned, laned);
    }
  }

  private void readFour(float[][] rows, int i, int from, int length) {
    float[] x0 = rows[i];
    float[] x1 = rows[i + 1];
    float[] x2 = rows[i + 2];
    float[] x3 = rows[i + 3];
    int to = i * WIDTH;
    for (int k = 0; k < length; k += WIDTH) {
      IntVector v0 = keys(x0, from + k);
      IntVector v1 = keys(x1, from + k);
      IntVector v2 = keys(x2, from + k);
      IntVector v3 = keys(x3, from + k);
      IntVector low = v0.min(v1).min(v2.min(v3));
      IntVector high = v0.max(v1).max(v2.max(v3));
      v0.intoArray(keys, to);
      v1.intoArray(keys, to + 1 * WIDTH);
      v2.intoArray(keys, to + 2 * WIDTH);
      v3.intoArray(keys, to + 3 * WIDTH);
      low.min(IntVector.fromArray(INTS, least, k)).intoArray(least, k);
      high.max(IntVector.fromArray(INTS, greatest, k)).intoArray(greatest, k);
      to += stride;
    }
  }

  private void readOne(float[] row, int i, int from, int length) {
    int to = i * WIDTH;
    for (int k = 0; k < length; k += WIDTH) {
      IntVector v = keys(row, from + k);
      v.intoArray(keys, to);
      v.min(IntVector.fromArray(INTS, least, k)).intoArray(least, k);
      v.max(IntVector.fromArray(INTS, greatest, k)).intoArray(greatest, k);
      to += stride;
    }
  }

  private static IntVector keys(float[] row, int at) {
    FloatVector x = FloatVector.fromArray(FLOATS, row, at);
    // To add 0 makes 0 of -0.
    x = x.blend(Float.POSITIVE_INFINITY, x.compare(NE, x)).add(0f);
    // Not by reinterpretAsInts, which looks up its species, and is not compiled to nothing.
    IntVector bits = (IntVector) x.convertShape(REINTERPRET_F2I, INTS, 0);
    return bits.lanewise(ASHR, 31).lanewise(LSHR, 1).lanewise(XOR, bits);
  }

  /** Less than a vector. */
  private void readRest(float[][] rows, int from, int length, int column) {
    int to = column / WIDTH * stride;
    for (int k = 0; k < WIDTH; k++) {
      for (int i = 0; i < m; i++) {
        int key = k < length ? Keys.of(rows[i][from + k] + 0f) : 0;
        keys[to + i * WIDTH + k] = key;
        least[column + k] = Math.min(least[column + k], key);
        greatest[column + k] = Math.max(greatest[column + k], key);
      }
    }
  }
}
