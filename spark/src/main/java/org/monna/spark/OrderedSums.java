package org.monna.spark;

import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.monna.Geometry;
import org.monna.Geometry.Need;
import org.monna.spi.GeometrySums;

/**
 * Adds the sums of shards in ascending order, in whatever order they come: those that are early wait. Spark hands out partitions in
 * ascending order, so few wait at a time if the blocks are in order. Not thread-safe.
 */
final class OrderedSums {

  private final int n;
  private final int m;
  private final Need need;
  private final GeometrySums sums;
  private final TreeMap<Long, ShardSums> waiting = new TreeMap<>();
  private @Nullable String failure;
  private long d;

  /**
   * @param n the number of vectors in a block
   * @param m the number of vectors that are measured, mixed from those
   */
  OrderedSums(Need need, int n, int m) {
    this.need = need;
    this.n = n;
    this.m = m;
    this.sums = new GeometrySums(need, m);
  }

  /** Takes what a partition found. Never throws, since Spark's scheduler calls; {@link #geometry} does. */
  void take(List<ShardSums> found) {
    for (ShardSums shard : found) {
      if (shard.n() != n) {
        failed("the block with coordinate %d has %d vectors instead of n = %d".formatted(shard.from(), shard.n(), n));
      } else if (shard.from() < d || waiting.putIfAbsent(shard.from(), shard) != null) {
        failed("coordinate %d is in two blocks".formatted(shard.from()));
      }
    }
    for (ShardSums next = waiting.get(d); next != null; next = waiting.get(d)) {
      waiting.remove(d);
      sums.add(GeometrySums.of(need, m, next.values()));
      d += next.length();
    }
  }

  private void failed(String message) {
    failure = failure == null ? message : failure;
  }

  /** The number of coordinates. */
  long length() {
    return d;
  }

  /** The geometry, once all partitions are in. */
  Geometry geometry() {
    if (failure == null && !waiting.isEmpty()) {
      failure = Block.misplaced(waiting.firstKey(), d);
    }
    if (failure == null && d == 0) {
      failure = Block.NONE;
    }
    if (failure != null) {
      throw new IllegalArgumentException(failure);
    }
    return sums.geometry();
  }
}
