package org.monna.arrivals;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.monna.Geometry;
import org.monna.Geometry.Need;
import org.monna.Mixing;
import org.monna.Plan;
import org.monna.Report;
import org.monna.kernel.Kernels;
import org.monna.spi.BlockPlan;
import org.monna.spi.GeometryPass;
import org.monna.spi.GeometrySums;
import org.monna.spi.Shards;

/** What is left of an aggregation when the vectors are here and measured: the geometry put together, the plan, and pass 2. */
final class Conclusion {

  /** The coordinates in a buffer of the second pass. */
  private static final int BLOCK = 2 * Kernels.BLOCK;

  private final Collector collector;
  private final Need need;
  private final Held[] vectors;
  private final Runnable check;
  private final Shards shards;

  /**
   * @param need what was measured of each vector against those that arrived before it
   * @param vectors those that came, in the order of the collector
   * @param check throws if the work is no longer wanted; called now and then
   */
  Conclusion(Collector collector, Need need, Held[] vectors, Runnable check) {
    this.collector = collector;
    this.need = need;
    this.vectors = vectors;
    this.check = check;
    this.shards = new Shards(collector.executor(), collector.workers());
  }

  Collected collected(long round) {
    Geometry geometry = geometry();
    Plan plan = collector.rule().plan(geometry);
    float[] out = new float[collector.d()];
    apply(plan, out);
    List<String> senders = new ArrayList<>();
    for (Held vector : vectors) {
      senders.add(collector.senders().get(vector.sender));
    }
    Report report = Report.of(collector.rule(), out.length, geometry, plan, i -> vectors[i].finite);
    return new Collected(round, senders, out, report);
  }

  private Geometry geometry() {
    int n = vectors.length;
    int[] ranks = new int[collector.senders().size()];
    for (int i = 0; i < n; i++) {
      ranks[vectors[i].sender] = i;
    }
    double[] norms = new double[need.norms() ? n : 0];
    double[] distances = new double[need.countDistances(n)];
    boolean[] nonFinite = new boolean[n];
    for (int i = 0; i < n; i++) {
      Held vector = vectors[i];
      nonFinite[i] = !vector.finite && !need.isNone();
      if (need.norms()) {
        norms[i] = vector.norm;
      }
      for (int k = 0; k < vector.others.length; k++) {
        int j = ranks[vector.others[k].sender];
        int at = need.pairwise() ? Geometry.pair(i, j) : i == need.pivot() ? j : i;
        distances[at] = vector.distances[k];
      }
    }
    return new Geometry(n, need, norms, distances, nonFinite).with(this::measured);
  }

  /** Another look at the vectors, for rules that can tell that digits were lost. */
  private Geometry measured(Mixing mixing, Need wanted) {
    return GeometryPass.measure(
        shards,
        collector.d(),
        wanted,
        mixing,
        () -> {
          Window window = new Window(vectors, GeometrySums.SHARD);
          return new GeometryPass.Rows(
              window.rows,
              (from, length) -> {
                check.run();
                return window.move((int) from, length);
              });
        });
  }

  private void apply(Plan plan, float[] out) {
    BlockPlan blocks = new BlockPlan(plan, vectors.length);
    @Nullable Held[] read = new @Nullable Held[vectors.length];
    for (int i = 0; i < read.length; i++) {
      read[i] = blocks.reads(i) ? vectors[i] : null;
    }
    shards.run(
        out.length,
        () -> {
          Window window = new Window(read, BLOCK);
          BlockPlan.Worker worker = blocks.worker();
          return (start, size) -> {
            int end = (int) start + size;
            for (int from = (int) start, length; from < end; from += length) {
              check.run();
              length = Math.min(window.block, end - from);
              int at = window.move(from, length);
              worker.apply(window.rows, at, at + length, out, from);
            }
          };
        });
  }
}
