package org.monna.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.monna.Geometry.Need;
import org.monna.Mixing;
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

  /** What pass 1 measures of which mixed vectors, on its way to the executors. */
  record Measuring(boolean norms, boolean pairwise, int pivot, SentMixing sent) implements Serializable {

    private static final long serialVersionUID = 1;

    static Measuring of(Need need, Mixing mixing) {
      return new Measuring(need.norms(), need.pairwise(), need.pivot(), SentMixing.of(mixing));
    }

    /** The sums of all shards of some blocks. */
    List<ShardSums> of(Iterator<Block> blocks) {
      List<ShardSums> measured = new ArrayList<>();
      Mixing mixing = sent.mixing();
      GeometrySums sums = new GeometrySums(new Need(norms, pairwise, pivot), mixing.rows());
      while (blocks.hasNext()) {
        Block block = blocks.next();
        boolean fits = block.rows().length == sent.n();
        for (int from = 0; from < block.length(); from += GeometrySums.SHARD) {
          int length = Math.min(block.length() - from, GeometrySums.SHARD);
          if (fits) {
            sums.measure(mixing, block.rows(), from, from + length);
          }
          measured.add(
              new ShardSums(block.from() + from, length, block.rows().length, fits ? sums.values() : new double[0]));
        }
      }
      return measured;
    }
  }
}
