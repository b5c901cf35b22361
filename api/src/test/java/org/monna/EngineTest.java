package org.monna;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.monna.Geometry.Need;
import org.monna.spi.GeometrySums;

/** Engines on every kind of executor: the same bits, no deadlock, and failures that reach the caller. */
@Timeout(60)
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
  }
}
