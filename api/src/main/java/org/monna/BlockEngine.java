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
    Vectors.check(need, vectors);
    return geometry(need, Mixing.identity(vectors.length), vectors);
  }

  private Geometry geometry(Need need, Mixing mixing, float[][] vectors) {
    int m = mixing.rows();
    GeometrySums sums = new GeometrySums(need, m);
    if (!need.equals(Need.NONE)) {
      shards.run(vectors[0].length, () -> new Measuring(mixing, vectors, sums, new GeometrySums(need, m)));
    }
    return sums.geometry().with((next, wanted) -> geometry(wanted, next.after(mixing), vectors));
  }

  private static final class Measuring implements Shards.Work {

    private final Mixing mixing;
    private final float[][] vectors;
    private final GeometrySums sums;
    private final GeometrySums own;

    Measuring(Mixing mixing, float[][] vectors, GeometrySums sums, GeometrySums own) {
      this.mixing = mixing;
      this.vectors = vectors;
      this.sums = sums;
      this.own = own;
    }

    @Override
    public void run(long from, int length) {
      own.measure(mixing, vectors, (int) from, (int) from + length);
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
