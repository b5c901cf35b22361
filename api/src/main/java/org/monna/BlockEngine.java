package org.monna;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.monna.Geometry.Need;
import org.monna.kernel.KernelSelection;
import org.monna.kernel.Kernels;
import org.monna.kernel.Scratch;
import org.monna.kernel.SelectionNetwork;
import org.monna.kernel.SumsOfSquares;
import org.monna.kernel.WindowNetwork;

/**
 * The engine on arrays: coordinates are cut into shards, fixed by d alone, which the caller and the tasks of an executor take in
 * ascending order. Whoever measured a shard adds its sums when all earlier ones have been added; the owner of the earliest shard
 * never waits, so there is no deadlock, and the order of the additions is the same for any number of workers.
 */
final class BlockEngine implements Engine {

  static final Engine SEQUENTIAL = new BlockEngine(Runnable::run, 1);

  private final Executor executor;
  private final int workers;

  BlockEngine(Executor executor, int workers) {
    this.executor = requireNonNull(executor, "executor");
    if (workers < 1) {
      throw new IllegalArgumentException("workers = " + workers + ", but at least 1 is needed");
    }
    this.workers = workers;
  }

  @Override
  public Geometry geometry(Need need, float[][] vectors) {
    int d = Vectors.check(need, vectors);
    GeometrySums sums = new GeometrySums(need, vectors.length);
    if (need.equals(Need.NONE)) {
      return sums.geometry(i -> true);
    }
    Kernels kernels = KernelSelection.kernels();
    InOrder inOrder = new InOrder();
    run(
        d,
        shards -> {
          GeometrySums own = new GeometrySums(need, vectors.length);
          for (int shard = shards.next(); shard >= 0; shard = shards.next()) {
            int from = shard * GeometrySums.SHARD;
            own.measure(kernels, vectors, from, Math.min(d - from, GeometrySums.SHARD) + from);
            if (!inOrder.run(shard, shards, () -> sums.add(own))) {
              return;
            }
          }
        });
    return sums.geometry(i -> SumsOfSquares.isFinite(vectors[i], 0, d));
  }

  @Override
  public void apply(Plan plan, float[][] vectors, float[] out) {
    Vectors.check("plan", vectors, out);
    Mixing mixing = plan.mixing();
    if (mixing.columns() != vectors.length) {
      throw new IllegalArgumentException(
          "a plan for " + mixing.columns() + " vectors is applied to " + vectors.length);
    }
    Kernels kernels = KernelSelection.kernels();
    TileWork work = tileWork(plan, kernels, vectors, out);
    boolean single = plan.phi() instanceof Coordinatewise.Single;
    run(
        out.length,
        shards -> {
          Scratch scratch = new Scratch(single ? 0 : mixing.rows(), out.length);
          for (int shard = shards.next(); shard >= 0; shard = shards.next()) {
            int from = shard * GeometrySums.SHARD;
            work.run(from, Math.min(out.length - from, GeometrySums.SHARD) + from, scratch);
          }
        });
  }

  private static TileWork tileWork(Plan plan, Kernels kernels, float[][] vectors, float[] out) {
    Mixing mixing = plan.mixing();
    if (plan.phi() instanceof Coordinatewise.Single) {
      double[] weights = mixing.row(0);
      return (from, to, scratch) -> kernels.weightedSum(vectors, weights, from, to, out, from, scratch);
    }
    Phi phi = phi(plan.phi(), mixing.rows(), kernels, out);
    float[][] selected = mixing.select(vectors);
    if (selected != null) {
      return (from, to, scratch) -> phi.run(selected, from, to, from, scratch);
    }
    double[][] weights = mixing.weights();
    return (from, to, scratch) -> {
      for (int c = from; c < to; c += scratch.tile) {
        int end = Math.min(to, c + scratch.tile);
        kernels.mix(vectors, weights, c, end, scratch.rows(), scratch);
        phi.run(scratch.rows(), 0, end - c, c, scratch);
      }
    };
  }

  private static Phi phi(Coordinatewise function, int m, Kernels kernels, float[] out) {
    if (function instanceof Coordinatewise.Ranks ranks) {
      SelectionNetwork network = SelectionNetwork.of(m, ranks.from(), ranks.to());
      return (rows, from, to, outFrom, scratch) ->
          kernels.meanOfRanks(network, rows, from, to, out, outFrom, scratch);
    }
    Coordinatewise.MeanAround around = (Coordinatewise.MeanAround) function;
    WindowNetwork network = WindowNetwork.of(m, around.from(), around.to(), around.keep());
    return (rows, from, to, outFrom, scratch) -> kernels.meanAround(network, rows, from, to, out, outFrom, scratch);
  }

  /** phi on rows that are all there. */
  private interface Phi {
    void run(float[][] rows, int from, int to, int outFrom, Scratch scratch);
  }

  private interface TileWork {
    void run(int from, int to, Scratch scratch);
  }

  private interface Worker {
    void run(Shards shards);
  }

  private void run(int d, Worker worker) {
    Shards shards = new Shards((d - 1) / GeometrySums.SHARD + 1);
    int helpers = Math.min(workers, shards.count) - 1;
    if (helpers == 0) {
      worker.run(shards);
      return;
    }
    Helpers team = new Helpers();
    try {
      for (int i = 0; i < helpers; i++) {
        executor.execute(() -> team.join(shards, worker));
      }
      worker.run(shards);
    } catch (Throwable e) {
      shards.stop();
      throw e;
    } finally {
      team.close();
    }
    team.rethrow();
  }

  /** Hands out the shards in ascending order, to any number of threads. */
  private static final class Shards {

    private final int count;
    private final AtomicInteger next = new AtomicInteger();
    private volatile boolean stopped;

    Shards(int count) {
      this.count = count;
    }

    /** The next shard, or -1 if none is left. */
    int next() {
      int shard = next.getAndIncrement();
      return shard < count && !stopped ? shard : -1;
    }

    void stop() {
      stopped = true;
    }
  }

  /** Lets shard s act after the shards 0..s-1 have acted. */
  private static final class InOrder {

    private int turn;

    /** Waits for the turn of the shard; false if the work was stopped instead. Interrupts are left for the caller to see. */
    synchronized boolean run(int shard, Shards shards, Runnable action) {
      boolean interrupted = false;
      while (turn != shard && !shards.stopped) {
        try {
          // The time limit is for a stop, which does not notify.
          wait(20);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (shards.stopped) {
        return false;
      }
      action.run();
      turn++;
      notifyAll();
      return true;
    }
  }

  /** The tasks that have begun. Those that begin after the close find nothing to do, so nobody waits for them. */
  private static final class Helpers {

    private int running;
    private boolean closed;
    private @Nullable Throwable failure;

    void join(Shards shards, Worker worker) {
      synchronized (this) {
        if (closed) {
          return;
        }
        running++;
      }
      Throwable thrown = null;
      try {
        worker.run(shards);
      } catch (Throwable e) {
        shards.stop();
        thrown = e;
      }
      synchronized (this) {
        failure = failure == null ? thrown : failure;
        running--;
        notifyAll();
      }
    }

    /** Waits for the tasks that have begun: they read and write arrays of the caller. */
    synchronized void close() {
      closed = true;
      boolean interrupted = false;
      while (running > 0) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    synchronized void rethrow() {
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure instanceof RuntimeException exception) {
        throw exception;
      }
    }
  }
}
