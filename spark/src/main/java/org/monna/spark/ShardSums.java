package org.monna.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.monna.Geometry.Need;
import org.monna.spi.GeometrySums;

/**
 * Pass 1 of one shard, on its way to the driver.
 *
 * @param from the first coordinate of the shard
 * @param length their number
 * @param n the number of vectors in the block
 * @param values as {@link GeometrySums#values}; empty if the block has not the right number of vectors
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ShardSums(long from, int length, int n, double[] values) implements Serializable {

  private static final long serialVersionUID = 1;

  /** What pass 1 measures: a {@link Need}, on its way to the executors. */
  record Measuring(boolean norms, boolean pairwise, int pivot, int n) implements Serializable {

    private static final long serialVersionUID = 1;

    static Measuring of(Need need, int n) {
      return new Measuring(need.norms(), need.pairwise(), need.pivot(), n);
    }

    Need need() {
      return new Need(norms, pairwise, pivot);
    }

    /** The sums of all shards of some blocks. */
    List<ShardSums> of(Iterator<Block> blocks) {
      List<ShardSums> measured = new ArrayList<>();
      GeometrySums sums = new GeometrySums(need(), n);
      while (blocks.hasNext()) {
        Block block = blocks.next();
        for (int from = 0; from < block.length(); from += GeometrySums.SHARD) {
          int length = Math.min(block.length() - from, GeometrySums.SHARD);
          boolean fits = block.rows().length == n;
          if (fits) {
            sums.measure(block.rows(), from, from + length);
          }
          measured.add(
              new ShardSums(block.from() + from, length, block.rows().length, fits ? sums.values() : new double[0]));
        }
      }
      return measured;
    }
  }
}
