package org.monna.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.monna.Aggregators;
import org.monna.spi.GeometrySums;

/**
 * Threads that are interrupted and executors that refuse or die in the middle: the whole result, or an error in a sentence; an earlier
 * output as it was, nothing beside it, and no task that still works.
 */
// In another thread: who waits for tasks does so whatever interrupts say.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InterruptedTest {

  private static final int N = 5;
  private static final int D = 12 * GeometrySums.SHARD + 77;
  private static final byte[] EARLIER = {1, 2, 3};
  /** Two passes. */
  private static final FileAggregation AGGREGATION = FileAggregation.of(Aggregators.parse("nnm(f=1) | median"));

  @TempDir private Path directory;

  private final List<Path> inputs = new ArrayList<>();
  private byte[] expected = {};
  private Path out = Path.of("");

  @BeforeEach
  void makeFiles() throws IOException {
    for (int i = 0; i < N; i++) {
      float[] vector = new float[D];
      for (int c = 0; c < D; c++) {
        vector[c] = (i * 7919 + c * 137) % 1009 / 1008f;
      }
      inputs.add(Bytes.file(directory, "client-" + i + ".f32", Bytes.floats(ByteOrder.LITTLE_ENDIAN, vector)));
    }
    out = directory.resolve("out.f32");
    AGGREGATION.run(inputs, out);
    expected = Files.readAllBytes(out);
    Files.write(out, EARLIER);
  }

  private void assertAllAsBefore() throws IOException {
    assertArrayEquals(EARLIER, Files.readAllBytes(out));
    assertNothingElse();
  }

  private void assertNothingElse() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(N + 1, files.count());
    }
  }

  /** At one of the shards of pass 1 (of 26 in both), of pass 2, and at the last one. */
  @ParameterizedTest
  @CsvSource({"1, 0.1", "1, 0.6", "1, 1", "3, 0.1", "3, 0.6", "3, 1"})
  void theCaller(int workers, double share) throws Exception {
    Thread caller = Thread.currentThread();
    ExecutorService pool = Executors.newFixedThreadPool(2);
    Progress interrupting =
        (bytes, total) -> {
          if (bytes >= share * total) {
            caller.interrupt();
          }
        };
    IOException e =
        assertThrows(
            IOException.class, () -> AGGREGATION.on(pool, workers).telling(interrupting).run(inputs, out));
    assertTrue(Thread.interrupted(), "the interrupt is kept");
    assertEquals("the aggregation was interrupted", e.getMessage());
    assertAllAsBefore();
    assertIdle(pool);
  }

  /** A task that is cancelled: the interrupt finds it in pass 1, or in pass 2, which nobody leaves before. */
  @Test
  void aFuture() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(3);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    var call =
        pool.submit(
            () ->
                AGGREGATION
                    .on(pool, 3)
                    .telling(
                        (bytes, total) -> {
                          begun.countDown();
                          if (2 * bytes > total) {
                            await(cancelled);
                          }
                        })
                    .run(inputs, out));
    begun.await();
    call.cancel(true);
    cancelled.countDown();
    assertIdle(pool);
    assertAllAsBefore();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A pool that is ended by its owner interrupts its threads, which may be writing: an error then, or the whole result. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.45, 0.6, 0.9})
  void thePool(double share) throws Exception {
    for (int repeat = 0; repeat < 5; repeat++) {
      ExecutorService pool = Executors.newFixedThreadPool(2);
      Progress ending =
          (bytes, total) -> {
            if (bytes >= share * total) {
              pool.shutdownNow();
            }
          };
      try {
        AGGREGATION.on(pool, 3).telling(ending).run(inputs, out);
        assertArrayEquals(expected, Files.readAllBytes(out));
        assertNothingElse();
        Files.write(out, EARLIER);
      } catch (RejectedExecutionException e) {
        // Of a task of pass 2, or of the second one of a pass in which the first was as fast as that.
        assertTrue(pool.isShutdown());
      } catch (IOException e) {
        assertEquals(out + ": it cannot be written: a thread was interrupted that wrote to it", e.getMessage());
      }
      assertAllAsBefore();
      assertIdle(pool);
    }
  }

  /** A task that is interrupted while it works, again and again until it took part in pass 2. */
  @Test
  void aTaskInPassTwo() throws Exception {
    Thread caller = Thread.currentThread();
    ExecutorService pool = Executors.newFixedThreadPool(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Progress interrupting =
        (bytes, total) -> {
          if (2 * bytes > total && Thread.currentThread() != caller) {
            Thread.currentThread().interrupt();
            interrupted.countDown();
          }
        };
    Executor joined =
        task -> {
          CountDownLatch begun = new CountDownLatch(1);
          pool.execute(
              () -> {
                begun.countDown();
                task.run();
              });
          await(begun);
        };
    for (int attempt = 0; interrupted.getCount() > 0; attempt++) {
      assertTrue(attempt < 1000, "the task never took part");
      try {
        AGGREGATION.on(joined, 2).telling(interrupting).run(inputs, out);
        Files.write(out, EARLIER);
      } catch (IOException e) {
        assertEquals(0, interrupted.getCount());
        assertEquals(out + ": it cannot be written: a thread was interrupted that wrote to it", e.getMessage());
      }
    }
    assertAllAsBefore();
    assertIdle(pool);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void anExecutorThatRefuses(int accepted) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    RejectedExecutionException full = new RejectedExecutionException("full");
    int[] count = {0};
    Executor executor =
        task -> {
          if (count[0]++ >= accepted) {
            throw full;
          }
          pool.execute(task);
        };
    assertSame(
        full, assertThrows(RejectedExecutionException.class, () -> AGGREGATION.on(executor, 3).run(inputs, out)));
    assertAllAsBefore();
    assertIdle(pool);
  }

  /** Accepts tasks and loses them. */
  @Test
  void anExecutorThatIsDead() throws IOException {
    AGGREGATION.on(task -> {}, 3).run(inputs, out);
    assertArrayEquals(expected, Files.readAllBytes(out));
    assertNothingElse();
  }

  /** Runs some shards, then dies with the task. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.6})
  void aThreadThatDies(double share) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    Death death = new Death();
    Progress dying =
        (bytes, total) -> {
          if (bytes >= share * total) {
            throw death;
          }
        };
    assertSame(
        death,
        assertThrows(Death.class, () -> AGGREGATION.on(pool, 3).telling(dying).run(inputs, out)));
    assertAllAsBefore();
    assertIdle(pool);
  }

  private static final class Death extends Error {
    private static final long serialVersionUID = 1;
  }

  private static void assertIdle(ExecutorService pool) throws InterruptedException {
    pool.shutdown();
    assertTrue(pool.awaitTermination(30, TimeUnit.SECONDS), "a task still works");
  }
}
