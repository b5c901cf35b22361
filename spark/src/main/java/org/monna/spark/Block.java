package org.monna.spark;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import org.monna.spi.GeometrySums;

/**
 * Some neighbouring coordinates of all n vectors.
 *
 * @param from the first coordinate: a multiple of {@link GeometrySums#SHARD}, 16,384, since shards decide the order of the additions
 * @param rows n arrays of the same length, at least 1: of a multiple of SHARD coordinates, unless they are the last ones. Not copied, not
 *     modified
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Block(long from, float[][] rows) implements Serializable {

  private static final long serialVersionUID = 1;

  /** What is wrong with no blocks at all. */
  static final String NONE = "there are no blocks";

  public Block {
    requireNonNull(rows, "rows");
    if (from < 0 || from % GeometrySums.SHARD != 0) {
      throw new IllegalArgumentException(
          "a block begins at coordinate %d, which is no multiple of %d".formatted(from, GeometrySums.SHARD));
    }
    if (rows.length == 0 || rows[0].length == 0) {
      throw new IllegalArgumentException("the block at coordinate " + from + " is empty");
    }
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != rows[0].length) {
        throw new IllegalArgumentException(
            "the block at coordinate %d has %d coordinates of vector %d, but %d of vector 0 (n = %d)"
                .formatted(from, rows[i].length, i, rows[0].length, rows.length));
      }
    }
  }

  /** What is wrong if the next block begins at this coordinate, and not at the one after those before. */
  static String misplaced(long from, long expected) {
    return from < expected
        ? "coordinates %d to %d are in two blocks".formatted(from, expected - 1)
        : "coordinates %d to %d are in no block".formatted(expected, from - 1);
  }

  /** The number of coordinates. */
  public int length() {
    return rows[0].length;
  }
}
