package org.monna;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.monna.Geometry.Need;
import org.monna.spi.GeometrySums;

/** Engines on every kind of executor: the same bits, no deadlock, and failures that reach the caller. */
// In another thread: engines finish whatever interrupts say, so a deadlock would not end by one.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EngineTest {

  private static final int D = 5 * GeometrySums.SHARD + 123;

  private final ExecutorService pool = Executors.newFixedThreadPool(3);

  @AfterEach
  void shutDown() {
    pool.shutdownNow();
  }

  private static float[][] vectors() {
    RandomGenerator random = new SplittableRandom(1);
    float[][] vectors = new float[5][D];
    for (float[] vector : vectors) {
      for (int c = 0; c < D; c++) {
        vector[c] = (float) random.nextGaussian();
      }
    }
    return vectors;
  }

  private static final Plan MEDIAN = Plan.coordinatewise(5, Coordinatewise.ranks(2, 3));

  private static void assertSameAsSequential(Engine engine) {
    float[][] vectors = vectors();
    Need need = Need.PAIRWISE.and(Need.NORMS);
    Geometry expected = Engine.sequential().geometry(need, vectors);
    Geometry actual = engine.geometry(need, vectors);
    assertSameGeometry(expected, actual);
    Mixing mixing =
        Mixing.of(new double[][] {{1, -1, 0, 0, 0}, {0, 0, 0.5, 0, 0}, {0, 0, 0, 0, 1}, {0, 2, 0, 3, 0}, new double[5]});
    assertSameGeometry(expected.measured(mixing, need), actual.measured(mixing, need));
    float[] median = new float[D];
    float[] other = new float[D];
    Arrays.fill(other, Float.NaN);
    Engine.sequential().apply(MEDIAN, vectors, median);
    engine.apply(MEDIAN, vectors, other);
    assertArrayEquals(median, other);
  }

  private static void assertSameGeometry(Geometry expected, Geometry actual) {
    for (int i = 0; i < 5; i++) {
      assertEquals(expected.squaredNorm(i), actual.squaredNorm(i));
      for (int j = 0; j < 5; j++) {
        assertEquals(expected.squaredDistance(i, j), actual.squaredDistance(i, j));
      }
    }
  }

  @Test
  void anyNumberOfWorkers() {
    for (int workers : new int[] {1, 2, 3, 4, 100}) {
      assertSameAsSequential(Engine.on(pool, workers));
    }
  }

  @Test
  void anExecutorThatRunsInTheCaller() {
    assertSameAsSequential(Engine.on(Runnable::run, 4));
  }

  @Test
  void anExecutorThatNeverRunsAnything() {
    assertSameAsSequential(Engine.on(task -> {}, 4));
  }

  @Test
  void tasksThatBeginWhenAllIsDoneFindNothingToDo() {
    Queue<Runnable> late = new ArrayDeque<>();
    Engine engine = Engine.on(late::add, 4);
    assertSameAsSequential(engine);
    float[] out = new float[D];
    engine.apply(MEDIAN, vectors(), out);
    float[] before = out.clone();
    late.forEach(Runnable::run);
    assertArrayEquals(before, out);
  }

  /** The caller is itself a task of the only thread. */
  @Test
  void aPoolOfOneThatIsBusyWithTheCaller() throws Exception {
    ExecutorService single = Executors.newSingleThreadExecutor();
    try {
      single.submit(() -> assertSameAsSequential(Engine.on(single, 4))).get();
    } finally {
      single.shutdownNow();
    }
  }

  @Test
  void aFullPool() {
    CountDownLatch done = new CountDownLatch(1);
    for (int i = 0; i < 3; i++) {
      pool.execute(
          () -> {
            try {
              done.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }
    assertSameAsSequential(Engine.on(pool, 4));
    done.countDown();
  }

  @Test
  void rejectionsReachTheCaller() {
    RejectedExecutionException rejection = new RejectedExecutionException("full");
    Executor full =
        task -> {
          throw rejection;
        };
    float[] out = new float[D];
    assertSame(
        rejection,
        assertThrows(RejectedExecutionException.class, () -> Engine.on(full, 2).apply(MEDIAN, vectors(), out)));
    assertThrows(
        RejectedExecutionException.class, () -> Engine.on(full, 2).geometry(Need.PAIRWISE, vectors()));
  }

  /** A first task is running when the second one is refused. */
  @Test
  void rejectionsAfterSomeTasksReachTheCaller() {
    for (int repeat = 0; repeat < 20; repeat++) {
      int[] count = {0};
      Executor halfFull =
          task -> {
            if (count[0]++ > 0) {
              throw new RejectedExecutionException("full");
            }
            pool.execute(task);
          };
      assertThrows(
          RejectedExecutionException.class, () -> Engine.on(halfFull, 3).geometry(Need.PAIRWISE, vectors()));
    }
  }

  /** What was accepted may have been interrupted or dropped: the caller does what is left. */
  @Test
  void aPoolThatIsShutDownInTheMiddle() {
    for (int repeat = 0; repeat < 20; repeat++) {
      ExecutorService dying = Executors.newFixedThreadPool(1);
      Executor shutDown =
          task -> {
            dying.execute(task);
            dying.execute(task);
            dying.shutdownNow();
          };
      float[] out = new float[D];
      Engine.on(shutDown, 2).apply(MEDIAN, vectors(), out);
      float[] expected = new float[D];
      Engine.sequential().apply(MEDIAN, vectors(), expected);
      assertArrayEquals(expected, out);
      // The next part of the work is refused.
      assertThrows(
          RejectedExecutionException.class, () -> Engine.on(shutDown, 2).geometry(Need.PAIRWISE, vectors()));
    }
  }

  @Test
  void tasksThatAreDroppedOrRunTwice() {
    int[] count = {0};
    assertSameAsSequential(
        Engine.on(
            task -> {
              if (count[0]++ % 2 == 0) {
                pool.execute(task);
              }
            },
            4));
    assertSameAsSequential(
        Engine.on(
            task -> {
              pool.execute(task);
              pool.execute(task);
            },
            3));
  }

  /** An executor that ran the task and then fails, by an exception or an error. */
  @Test
  void failuresOfTheExecutorReachTheCaller() {
    for (Throwable failure : List.of(new IllegalStateException("dead"), new OutOfMemoryError("no more threads"))) {
      Executor dead =
          task -> {
            task.run();
            EngineTest.<RuntimeException>sneak(failure);
          };
      assertSame(
          failure, assertThrows(Throwable.class, () -> Engine.on(dead, 2).geometry(Need.PAIRWISE, vectors())));
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> void sneak(Throwable failure) throws E {
    throw (E) failure;
  }

  /** A call that is cancelled ends with the whole result, and no thread is left or was started. */
  @Test
  void aCancelledCallLeavesNothingBehind() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    ExecutorService caller = Executors.newSingleThreadExecutor();
    ExecutorService helpers = Executors.newFixedThreadPool(2);
    float[] out = new float[D];
    Arrays.fill(out, Float.NaN);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Future<?> call =
        caller.submit(
            () -> {
              begun.countDown();
              Engine.on(helpers, 3).apply(MEDIAN, vectors(), out);
              ended.countDown();
            });
    begun.await();
    call.cancel(true);
    ended.await();
    float[] expected = new float[D];
    Engine.sequential().apply(MEDIAN, vectors(), expected);
    assertArrayEquals(expected, out);
    caller.shutdownNow();
    helpers.shutdownNow();
    assertTrue(caller.awaitTermination(30, TimeUnit.SECONDS) && helpers.awaitTermination(30, TimeUnit.SECONDS));
    Set<Thread> left = new HashSet<>(Thread.getAllStackTraces().keySet());
    left.removeAll(before);
    left.removeIf(thread -> !thread.getName().startsWith("pool-"));
    for (Thread thread : left) {
      // A pool has ended a moment before its threads have.
      thread.join(10_000);
    }
    left.removeIf(thread -> !thread.isAlive());
    assertEquals(Set.of(), left);
  }

  @Test
  void interruptsAreKeptForTheCaller() {
    Thread.currentThread().interrupt();
    assertSameAsSequential(Engine.on(pool, 4));
    assertTrue(Thread.interrupted());
  }

  @Test
  void wrongArgumentsAreNamed() {
    assertThrows(IllegalArgumentException.class, () -> Engine.on(pool, 0));
    assertThrows(NullPointerException.class, () -> Engine.on(null, 1));
    Engine engine = Engine.sequential();
    float[][] vectors = {{1, 2}, {3, 4}};
    IllegalArgumentException plan =
        assertThrows(IllegalArgumentException.class, () -> engine.apply(MEDIAN, vectors, new float[2]));
    assertTrue(plan.getMessage().matches(".*5.*2.*"), plan.getMessage());
    IllegalArgumentException pivot =
        assertThrows(IllegalArgumentException.class, () -> engine.geometry(Need.fromPivot(2), vectors));
    assertTrue(pivot.getMessage().matches(".*pivot 2.*2 vectors.*"), pivot.getMessage());
    NullPointerException need =
        assertThrows(NullPointerException.class, () -> engine.geometry(null, vectors));
    assertEquals("need", need.getMessage());
    NullPointerException noPlan =
        assertThrows(NullPointerException.class, () -> engine.apply(null, vectors, new float[2]));
    assertEquals("plan", noPlan.getMessage());
  }
}
