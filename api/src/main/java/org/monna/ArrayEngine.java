package org.monna;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Executor;
import org.monna.Geometry.Need;
import org.monna.spi.BlockPlan;
import org.monna.spi.GeometryPass;
import org.monna.spi.Shards;

/** The engine on arrays. */
final class ArrayEngine implements Engine {

  static final Engine SEQUENTIAL = new ArrayEngine(Runnable::run, 1);

  private final Shards shards;

  ArrayEngine(Executor executor, int workers) {
    shards = new Shards(executor, workers);
  }

  @Override
  public Geometry geometry(Need need, float[][] vectors) {
    requireNonNull(need, "need");
    int d = Vectors.check("geometry", vectors);
    GeometryPass.Rows rows = new GeometryPass.Rows(vectors, (from, length) -> (int) from);
    return GeometryPass.measure(shards, d, need, Mixing.identity(vectors.length), () -> rows);
  }

  @Override
  public void apply(Plan plan, float[][] vectors, float[] out) {
    requireNonNull(plan, "plan");
    Vectors.check("plan", vectors, out);
    BlockPlan blocks = new BlockPlan(plan, vectors.length);
    shards.run(
        out.length,
        () -> {
          BlockPlan.Worker worker = blocks.worker();
          return (from, length) -> worker.apply(vectors, (int) from, (int) from + length, out, (int) from);
        });
  }
}
