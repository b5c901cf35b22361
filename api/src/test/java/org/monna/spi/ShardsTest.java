package org.monna.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who works on which shard, what is in order, and what is left when a worker fails or is interrupted. */
// In another thread: a caller finishes whatever interrupts say, so a deadlock would not end by one.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ShardsTest {

  private static final long SHARD = GeometrySums.SHARD;

  private final ExecutorService pool = Executors.newFixedThreadPool(2);
  private final AtomicInteger runs = new AtomicInteger();
  private final AtomicInteger inOrder = new AtomicInteger();
  private volatile Thread caller = Thread.currentThread();

  @AfterEach
  void shutDown() {
    pool.shutdownNow();
  }

  private void run(Executor executor, int workers, long d, Supplier<? extends Shards.Work> work) {
    caller = Thread.currentThread();
    new Shards(executor, workers).run(d, work);
  }

  /** Runs ten shards. */
  private void assertThrown(Throwable failure, Executor executor, int workers, Supplier<? extends Shards.Work> work) {
    assertSame(failure, assertThrows(failure.getClass(), () -> run(executor, workers, 10 * SHARD, work)));
  }

  private boolean inCaller() {
    return Thread.currentThread() == caller;
  }

  /** Counts what is done. */
  private Shards.Work counting(Shards.Work work) {
    return new Shards.Work() {
      @Override
      public void run(long from, int length) {
        runs.incrementAndGet();
        work.run(from, length);
      }

      @Override
      public void inOrder() {
        inOrder.incrementAndGet();
      }
    };
  }

  /** The pool, which says when a task has ended. */
  private Executor telling(CountDownLatch... ended) {
    return task ->
        pool.execute(
            () -> {
              task.run();
              List.of(ended).forEach(CountDownLatch::countDown);
            });
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitCaller(Thread.State state) {
    for (long from = System.nanoTime(); caller.getState() != state; Thread.onSpinWait()) {
      assertTrue(System.nanoTime() - from < 30e9, "the caller does not wait");
    }
  }

  /** Long enough for whoever does not wait for this thread to go on. */
  private static void linger() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shardsBeyondAnIntAreHandedOutOnceAndInOrder() {
    long d = 5L * Integer.MAX_VALUE;
    BitSet seen = new BitSet();
    long[] end = {0};
    Supplier<Shards.Work> work =
        () ->
            new Shards.Work() {
              private long from;
              private int length;

              @Override
              public void run(long from, int length) {
                this.from = from;
                this.length = length;
              }

              @Override
              public void inOrder() {
                assertEquals(end[0], from);
                end[0] += length;
                seen.set((int) (from / SHARD));
              }
            };
    run(pool, 3, d, work);
    assertEquals(d, end[0]);
    assertEquals((d - 1) / SHARD + 1, seen.cardinality());
  }

  /** No more tasks than there are shards for, and none that makes working memory when all is done. */
  @Test
  void asManyTasksAsThereIsWorkFor() {
    long[] lengths = {0, 1, SHARD, SHARD + 1, 2 * SHARD, 2 * SHARD + 1, 100 * SHARD};
    int[][] tasks = {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {0, 1, 1}, {0, 1, 1}, {0, 1, 2}, {0, 1, 3}};
    int[] workers = {1, 2, 4};
    for (int a = 0; a < lengths.length; a++) {
      for (int b = 0; b < workers.length; b++) {
        List<Runnable> late = new ArrayList<>();
        AtomicInteger made = new AtomicInteger();
        long[] done = {0};
        Shards.Work work =
            (from, length) -> {
              assertEquals(done[0], from);
              done[0] += length;
            };
        Supplier<Shards.Work> counted =
            () -> {
              made.incrementAndGet();
              return work;
            };
        run(late::add, workers[b], lengths[a], counted);
        assertEquals(lengths[a], done[0]);
        assertEquals(tasks[a][b], late.size());
        late.forEach(Runnable::run);
        assertEquals(1, made.get());
      }
    }
  }

  /** Each of three waits in its first shard until the others are in theirs. */
  @Test
  void allWorkAtTheSameTime() {
    CountDownLatch met = new CountDownLatch(3);
    Supplier<Shards.Work> work =
        () -> {
          boolean[] first = {true};
          return counting(
              (from, length) -> {
                if (first[0]) {
                  first[0] = false;
                  met.countDown();
                  await(met);
                }
              });
        };
    run(pool, 3, 10 * SHARD, work);
    assertEquals(10, runs.get());
    assertEquals(10, inOrder.get());
  }

  /** The caller is in a shard while the only task fails, and stops after it. */
  @Test
  void whenATaskFailsTheCallerStopsAtTheNextShard() {
    CountDownLatch ended = new CountDownLatch(1);
    Executor executor = telling(ended);
    CountDownLatch inShard = new CountDownLatch(1);
    IllegalStateException failure = new IllegalStateException("broken");
    Shards.Work work =
        counting(
            (from, length) -> {
              if (inCaller()) {
                inShard.countDown();
                await(ended);
              } else {
                await(inShard);
                throw failure;
              }
            });
    assertThrown(failure, executor, 2, () -> work);
    assertEquals(2, runs.get());
    assertEquals(0, inOrder.get());
  }

  /** The task has the first shard, and fails when the caller waits to be the next. */
  @Test
  void whenATaskFailsTheCallerWaitsForItNoLonger() {
    CountDownLatch begun = new CountDownLatch(1);
    Executor executor =
        task -> {
          pool.execute(task);
          await(begun);
        };
    CountDownLatch second = new CountDownLatch(1);
    IllegalStateException failure = new IllegalStateException("broken");
    Shards.Work work =
        counting(
            (from, length) -> {
              if (inCaller()) {
                second.countDown();
              } else {
                begun.countDown();
                await(second);
                awaitCaller(Thread.State.TIMED_WAITING);
                throw failure;
              }
            });
    assertThrown(failure, executor, 2, () -> work);
    assertEquals(2, runs.get());
    assertEquals(0, inOrder.get());
  }

  /** Nobody reads or writes the caller's arrays any more when the call has thrown. */
  @Test
  void whenTheCallerFailsTheTasksStopAtTheNextShardAndAreWaitedFor() {
    CountDownLatch inShard = new CountDownLatch(2);
    CountDownLatch failing = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();
    IllegalStateException failure = new IllegalStateException("broken");
    Shards.Work work =
        counting(
            (from, length) -> {
              if (inCaller()) {
                await(inShard);
                failing.countDown();
                throw failure;
              }
              inShard.countDown();
              await(failing);
              linger();
              ended.incrementAndGet();
            });
    assertThrown(failure, pool, 3, () -> work);
    assertEquals(2, ended.get());
    assertEquals(3, runs.get());
    assertEquals(0, inOrder.get());
  }

  /** The task that has begun is waited for, and stops too. */
  @Test
  void whenTheSecondTaskIsRefusedTheFirstStopsAtTheNextShardAndIsWaitedFor() {
    CountDownLatch inShard = new CountDownLatch(1);
    CountDownLatch refusing = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();
    RejectedExecutionException rejection = new RejectedExecutionException("full");
    Executor executor =
        task -> {
          if (inShard.getCount() == 0) {
            refusing.countDown();
            throw rejection;
          }
          pool.execute(task);
          await(inShard);
        };
    Shards.Work work =
        counting(
            (from, length) -> {
              inShard.countDown();
              await(refusing);
              linger();
              ended.incrementAndGet();
            });
    assertThrown(rejection, executor, 3, () -> work);
    assertEquals(1, ended.get());
    assertEquals(1, runs.get());
  }

  @Test
  void theFirstFailureOfTasksIsThrown() {
    CountDownLatch inShard = new CountDownLatch(3);
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch both = new CountDownLatch(2);
    AtomicInteger failed = new AtomicInteger();
    IllegalStateException failure = new IllegalStateException("first");
    Executor executor = telling(first, both);
    Shards.Work work =
        (from, length) -> {
          inShard.countDown();
          await(inShard);
          if (inCaller()) {
            await(both);
          } else if (failed.getAndIncrement() == 0) {
            throw failure;
          } else {
            await(first);
            throw new OutOfMemoryError("second");
          }
        };
    assertSame(failure, assertThrows(Throwable.class, () -> run(executor, 3, 3 * SHARD, () -> work)));
  }

  /** Making the working memory fails in the task; then in the caller, who waits for the task. */
  @Test
  void workThatCannotBeMade() {
    OutOfMemoryError failure = new OutOfMemoryError("no memory for another worker");
    CountDownLatch ended = new CountDownLatch(1);
    Executor executor = telling(ended);
    CountDownLatch callerInShard = new CountDownLatch(1);
    Supplier<Shards.Work> forCaller =
        () -> {
          if (!inCaller()) {
            await(callerInShard);
            throw failure;
          }
          return counting(
              (from, length) -> {
                callerInShard.countDown();
                await(ended);
              });
        };
    assertThrown(failure, executor, 2, forCaller);
    assertEquals(1, runs.get());
    assertEquals(0, inOrder.get());
    CountDownLatch inShard = new CountDownLatch(1);
    CountDownLatch failing = new CountDownLatch(1);
    Supplier<Shards.Work> forTask =
        () -> {
          if (inCaller()) {
            await(inShard);
            failing.countDown();
            throw failure;
          }
          return counting(
              (from, length) -> {
                inShard.countDown();
                await(failing);
                linger();
              });
        };
    assertThrown(failure, pool, 2, forTask);
    assertEquals(2, runs.get());
    assertEquals(0, inOrder.get());
  }

  /** Code in other languages of the JVM throws checked exceptions where Java declares none; no shard must be missing unseen. */
  @Test
  void checkedExceptionsOfAWorkerReachTheCaller() {
    IOException undeclared = new IOException("undeclared");
    CountDownLatch thrown = new CountDownLatch(1);
    Shards.Work work =
        (from, length) -> {
          if (inCaller()) {
            await(thrown);
          } else {
            thrown.countDown();
            Shards.rethrow(undeclared);
          }
        };
    assertThrown(undeclared, pool, 2, () -> work);
  }

  /** The caller waits for a task that has the shard before its own. */
  @Test
  void anInterruptWhileWaitingForATurnIsKept() {
    CountDownLatch begun = new CountDownLatch(1);
    Executor executor =
        task -> {
          pool.execute(task);
          await(begun);
        };
    CountDownLatch second = new CountDownLatch(1);
    List<Long> order = Collections.synchronizedList(new ArrayList<>());
    Supplier<Shards.Work> work =
        () ->
            new Shards.Work() {
              private long from;

              @Override
              public void run(long from, int length) {
                this.from = from;
                if (inCaller()) {
                  second.countDown();
                } else {
                  begun.countDown();
                  await(second);
                  awaitCaller(Thread.State.TIMED_WAITING);
                  caller.interrupt();
                  linger();
                }
              }

              @Override
              public void inOrder() {
                order.add(from);
              }
            };
    run(executor, 2, 2 * SHARD, work);
    assertTrue(Thread.interrupted());
    assertEquals(List.of(0L, SHARD), order);
  }

  /** The caller has nothing left to do, and waits for the last shard of a task. */
  @Test
  void anInterruptWhileWaitingForTheEndIsKept() {
    CountDownLatch first = new CountDownLatch(1);
    Executor executor =
        task ->
            pool.execute(
                () -> {
                  await(first);
                  task.run();
                });
    CountDownLatch last = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();
    Shards.Work work =
        counting(
            (from, length) -> {
              if (inCaller()) {
                first.countDown();
                await(last);
              } else {
                last.countDown();
                awaitCaller(Thread.State.WAITING);
                caller.interrupt();
                linger();
                ended.incrementAndGet();
              }
            });
    run(executor, 2, 2 * SHARD, () -> work);
    assertTrue(Thread.interrupted());
    assertEquals(1, ended.get());
    assertEquals(2, inOrder.get());
  }
}
