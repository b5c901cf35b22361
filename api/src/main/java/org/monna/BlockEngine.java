package org.monna;

import java.util.concurrent.Executor;
import org.monna.Geometry.Need;
import org.monna.spi.BlockPlan;
import org.monna.spi.GeometrySums;
import org.monna.spi.Shards;

/** The engine on arrays. */
final class BlockEngine implements Engine {

  static final Engine SEQUENTIAL = new BlockEngine(Runnable::run, 1);

  private final Shards shards;

  BlockEngine(Executor executor, int workers) {
    shards = new Shards(executor, workers);
  }

  @Override
  public Geometry geometry(Need need, float[][] vectors) {
    int d = Vectors.check(need, vectors);
    GeometrySums sums = new GeometrySums(need, vectors.length);
    if (!need.equals(Need.NONE)) {
      shards.run(d, () -> new Measuring(vectors, sums, new GeometrySums(need, vectors.length)));
    }
    return sums.geometry();
  }

  private static final class Measuring implements Shards.Work {

    private final float[][] vectors;
    private final GeometrySums sums;
    private final GeometrySums own;

    Measuring(float[][] vectors, GeometrySums sums, GeometrySums own) {
      this.vectors = vectors;
      this.sums = sums;
      this.own = own;
    }

    @Override
    public void run(long from, int length) {
      own.measure(vectors, (int) from, (int) from + length);
    }

    @Override
    public void inOrder() {
      sums.add(own);
    }
  }

  @Override
  public void apply(Plan plan, float[][] vectors, float[] out) {
    Vectors.check("plan", vectors, out);
    BlockPlan blocks = new BlockPlan(plan);
    if (blocks.size() != vectors.length) {
      throw new IllegalArgumentException(
          "a plan for " + blocks.size() + " vectors is applied to " + vectors.length);
    }
    shards.run(
        out.length,
        () -> {
          BlockPlan.Worker worker = blocks.worker();
          return (from, length) -> worker.apply(vectors, (int) from, (int) from + length, out, (int) from);
        });
  }
}
