package org.monna.spi;

import java.util.function.Supplier;
import org.monna.Geometry;
import org.monna.Geometry.Need;
import org.monna.Mixing;

/** Pass 1 of an engine whose vectors can be read shard by shard, however often a rule {@linkplain Geometry#measured asks} for it. */
public final class GeometryPass {

  private GeometryPass() {}

  /**
   * The vectors as one worker has them.
   *
   * @param arrays one for each vector; not modified by the pass
   * @param place makes the arrays hold a shard
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Rows(float[][] arrays, Place place) {}

  /** Where the coordinates of a shard are in arrays. */
  @FunctionalInterface
  public interface Place {

    /** Makes the arrays hold the coordinates {@code from <= c < from + length}, and returns the index of the first one in them. */
    int of(long from, int length);
  }

  /**
   * The needed part of the geometry of the vectors that a mixing makes, in the same bits wherever the vectors are.
   *
   * @param d the length of the vectors
   * @param mixing one column for each vector
   * @param rows makes those of each worker, in that worker's thread
   */
  public static Geometry measure(Shards shards, long d, Need need, Mixing mixing, Supplier<Rows> rows) {
    GeometrySums sums = new GeometrySums(need, mixing.rows());
    if (!need.isNone()) {
      shards.run(d, () -> new Measuring(mixing, rows.get(), new GeometrySums(need, mixing.rows()), sums));
    }
    return sums.geometry().with((next, wanted) -> measure(shards, d, wanted, next.after(mixing), rows));
  }

  private record Measuring(Mixing mixing, Rows rows, GeometrySums own, GeometrySums all) implements Shards.Work {

    @Override
    public void run(long from, int length) {
      int at = rows.place().of(from, length);
      own.measure(mixing, rows.arrays(), at, at + length);
    }

    @Override
    public void inOrder() {
      all.add(own);
    }
  }
}
