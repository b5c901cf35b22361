package org.monna.arrivals;

import org.jspecify.annotations.Nullable;
import org.monna.spi.GeometrySums;

/** A block of coordinates of several vectors, at the same place of arrays, as kernels read them. For one thread. */
final class Window {

  /** The vectors' own arrays, or buffers for a block of each. */
  final float[][] rows;

  private final @Nullable Held[] vectors;
  private final boolean direct;

  /** The greatest length of a block. */
  final int block;

  /**
   * @param vectors those to be read; null where anything will do
   * @param length the greatest length of a block in buffers; without them it is that of a shard
   */
  Window(@Nullable Held[] vectors, int length) {
    this.vectors = vectors;
    this.rows = new float[vectors.length][];
    boolean onHeap = true;
    for (Held vector : vectors) {
      onHeap &= vector == null || vector.array != null;
    }
    direct = onHeap;
    block = direct ? GeometrySums.SHARD : length;
    float[] anything = {};
    for (int i = 0; i < rows.length; i++) {
      Held vector = vectors[i];
      float[] array = vector == null ? anything : vector.array;
      rows[i] = direct && array != null ? array : vector == null ? anything : new float[length];
    }
  }

  /** Makes the rows hold the block, and returns where in them it begins. */
  int move(int from, int length) {
    if (direct) {
      return from;
    }
    for (int i = 0; i < rows.length; i++) {
      Held vector = vectors[i];
      if (vector != null) {
        vector.copy(from, length, rows[i]);
      }
    }
    return 0;
  }
}
