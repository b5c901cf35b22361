package org.monna.simulation.mixing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.monna.Engine;
import org.monna.Plan;
import org.monna.spi.GeometrySums;
import org.monna.spi.Shards;

/**
 * Shares out work among the threads that have nothing else to do. While there are as many trainings as threads, each does
 * its own work alone; when fewer are left, the others help. What is computed does not depend on it.
 */
public final class Crew implements AutoCloseable {

  /** So many coordinates of some thirty vectors, and of as many results, fit into the cache of a core. */
  public static final int BLOCK = 2 * GeometrySums.PIECE;

  private final int threads;
  private final Semaphore idle;
  private final ExecutorService helpers =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "monna-helper");
            thread.setDaemon(true);
            return thread;
          });
  private final Engine engine;

  /**
   * @param threads all threads, those that call included
   * @param busy how many of them have work of their own at first
   */
  public Crew(int threads, int busy) {
    this.threads = threads;
    this.idle = new Semaphore(Math.max(threads - busy, 0));
    Executor ifIdle =
        task -> {
          if (idle.tryAcquire()) {
            // Engine and shards themselves see to the failures of their tasks.
            var _ = start(task);
          }
        };
    this.engine = Engine.on(ifIdle, threads);
  }

  /** A thread has no more work of its own, and helps from now on. */
  public void oneMoreIdle() {
    idle.release();
  }

  /** Aggregates with the help of idle threads. */
  public Engine engine() {
    return engine;
  }

  /** The mean of vectors, in double, rounded once. */
  public float[] mean(float[][] vectors) {
    float[] mean = new float[vectors[0].length];
    engine.apply(Plan.mean(vectors.length, IntStream.range(0, vectors.length).toArray()), vectors, mean);
    return mean;
  }

  /** Does the work for 0 to count - 1, in any order, by this thread and idle ones; back when all is done. */
  public void forEach(int count, IntConsumer work) {
    forEach(count, () -> work);
  }

  /** The same by threads with working memory: each makes what it works with. */
  public void forEach(int count, Supplier<IntConsumer> work) {
    AtomicInteger next = new AtomicInteger();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Runnable share =
        () -> {
          try {
            IntConsumer own = work.get();
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
              own.accept(i);
            }
          } catch (Throwable e) {
            // The first is thrown, nobody begins anything new, and what is under way ends before.
            failure.compareAndSet(null, e);
            next.addAndGet(count);
          }
        };
    List<Future<?>> others = new ArrayList<>();
    while (others.size() < Math.min(threads, count) - 1 && idle.tryAcquire()) {
      others.add(start(share));
    }
    share.run();
    others.forEach(Crew::await);
    Throwable first = failure.get();
    if (first != null) {
      Shards.rethrow(first);
    }
  }

  /** What is done with the coordinates {@code from <= c < to}. */
  public interface Range {
    void run(int from, int to);
  }

  /** Does the work for all coordinates, in ranges of this size, in any order. */
  public void forEachRange(int coordinates, int size, Supplier<? extends Range> work) {
    forEach(
        (coordinates - 1) / size + 1,
        () -> {
          Range own = work.get();
          return k -> own.run(k * size, Math.min((k + 1) * size, coordinates));
        });
  }

  private Future<?> start(Runnable task) {
    return helpers.submit(
        () -> {
          try {
            task.run();
          } finally {
            idle.release();
          }
        });
  }

  private static void await(Future<?> other) {
    boolean interrupted = false;
    while (true) {
      try {
        other.get();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        throw new AssertionError("a share keeps what it throws", e);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    helpers.shutdown();
  }
}
