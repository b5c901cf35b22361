package org.monna.spi;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does work on all shards of {@link GeometrySums#SHARD} coordinates, on the calling thread and on tasks of an executor of the caller, who
 * take the shards in ascending order.
 *
 * <p>What depends on an order, such as adding sums, is done {@linkplain Work#inOrder in order}: whoever worked on a shard waits for all
 * earlier ones. The owner of the earliest shard never waits, so there is no deadlock, and the order is the same for any number of workers.
 * The caller works too and never waits for a task that has not begun, so a pool of one, or a full one, cannot deadlock either.
 */
public final class Shards {

  /** The work of one of the workers, with its working memory: called by one thread, for some of the shards. */
  public interface Work {

    /** Works on the shard of the coordinates {@code from <= c < from + length}, at the same time as others on theirs. */
    void run(long from, int length);

    /** What is left to do for that shard when the same was done for all earlier ones; by one worker at a time. */
    default void inOrder() {}
  }

  private final Executor executor;
  private final int workers;

  /**
   * @param executor has up to {@code workers - 1} tasks to run at a time
   * @param workers at least 1, the caller included
   */
  public Shards(Executor executor, int workers) {
    this.executor = requireNonNull(executor, "executor");
    if (workers < 1) {
      throw new IllegalArgumentException("workers = " + workers + ", but at least 1 is needed");
    }
    this.workers = workers;
  }

  /**
   * Returns when all shards are done. If a worker throws, the others stop at their next shard, and the caller is thrown the same, as it
   * is an exception or rejection of the executor.
   *
   * @param d the number of coordinates
   * @param work makes the work of each worker, in that worker's thread
   */
  public void run(long d, Supplier<? extends Work> work) {
    Run run = new Run(d);
    int helpers = (int) Math.min(workers, run.count) - 1;
    Helpers team = new Helpers();
    try {
      for (int i = 0; i < helpers; i++) {
        executor.execute(() -> team.join(run, work));
      }
      run.work(work.get());
    } catch (Throwable e) {
      run.stop();
      throw e;
    } finally {
      team.close();
    }
    Throwable failure = team.failure();
    if (failure != null) {
      rethrow(failure);
    }
  }

  /**
   * Throws what work threw, whatever it is: code in other languages of the JVM throws checked exceptions where Java declares none.
   */
  public static void rethrow(Throwable thrown) {
    Shards.<RuntimeException>throwUndeclared(thrown);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // so that the compiler takes it for unchecked
  private static <E extends Throwable> void throwUndeclared(Throwable thrown) throws E {
    throw (E) thrown;
  }

  /** Hands out the shards in ascending order, and the turn to act in that order. */
  private static final class Run {

    private final long d;
    private final long count;
    private final AtomicLong next = new AtomicLong();
    private volatile boolean stopped;
    private long turn;

    Run(long d) {
      this.d = d;
      this.count = (d + GeometrySums.SHARD - 1) / GeometrySums.SHARD;
    }

    void stop() {
      stopped = true;
    }

    void work(Work work) {
      for (long shard = next.getAndIncrement(); shard < count && !stopped; shard = next.getAndIncrement()) {
        long from = shard * GeometrySums.SHARD;
        work.run(from, (int) Math.min(d - from, GeometrySums.SHARD));
        inOrder(shard, work);
      }
    }

    /** Waits for the turn of the shard; returns too if the work was stopped. Interrupts are left for the caller to see. */
    private synchronized void inOrder(long shard, Work work) {
      boolean interrupted = false;
      while (turn != shard && !stopped) {
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
      if (!stopped) {
        work.inOrder();
        turn++;
        notifyAll();
      }
    }
  }

  /** The tasks that have begun. Those that begin after the close find nothing to do, so nobody waits for them. */
  private static final class Helpers {

    private int running;
    private boolean closed;
    private @Nullable Throwable failure;

    void join(Run run, Supplier<? extends Work> work) {
      synchronized (this) {
        if (closed) {
          return;
        }
        running++;
      }
      Throwable thrown = null;
      try {
        run.work(work.get());
      } catch (Throwable e) {
        run.stop();
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

    synchronized @Nullable Throwable failure() {
      return failure;
    }
  }
}
