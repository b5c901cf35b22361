package org.monna.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.monna.Aggregator;
import org.monna.Engine;
import org.monna.spi.GeometrySums;
import org.monna.testkit.Byzantine;
import org.monna.testkit.Honest;
import org.monna.testkit.Sample;

/** One rule object, and one engine, used by many threads at the same time: the bits of one thread. */
class ConcurrencyTest {

  private static final int THREADS = 16;
  private static final int CALLS = 8;

  @TestFactory
  Stream<DynamicTest> oneRuleInManyThreads() {
    return Rules.all().stream().map(rule -> dynamicTest(rule.toString(), () -> oneRuleInManyThreads(rule)));
  }

  private static void oneRuleInManyThreads(Rule row) throws Exception {
    int n = Math.max(11, row.fewest(2));
    Aggregator rule = row.make(2);
    // Each thread has vectors of its own: what one leaves behind in the rule would be seen by another.
    List<float[][]> inputs = new ArrayList<>();
    List<float[]> expected = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      Byzantine byzantine = Byzantine.values()[t % Byzantine.values().length];
      inputs.add(new Sample(n, 2, 1 + 40 * t, Honest.GAUSSIAN, byzantine, t).vectors());
      expected.add(row.make(2).aggregate(inputs.get(t)));
    }
    inThreads(
        t -> {
          for (int call = 0; call < CALLS; call++) {
            int input = (t + call) % THREADS;
            assertSameBits(expected.get(input), rule.aggregate(inputs.get(input)), rule + ", input " + input);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> oneEngineInManyThreads() {
    return Stream.of("nnm(f=%d) | trimmed-mean(f=%d)", "multi-krum(f=%d)", "geometric-median", "median")
        .map(text -> dynamicTest(text, () -> oneEngineInManyThreads(Rules.named(text).make(2))));
  }

  private static void oneEngineInManyThreads(Aggregator rule) throws Exception {
    int d = 2 * GeometrySums.SHARD + 77;
    float[][] vectors = new Sample(7, 2, d, Honest.GAUSSIAN, Byzantine.MIXED, 1).vectors();
    float[] expected = rule.aggregate(vectors);
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try {
      Engine engine = Engine.on(pool, 4);
      inThreads(t -> assertSameBits(expected, engine.aggregate(rule, vectors), rule.toString()));
    } finally {
      pool.shutdownNow();
    }
  }

  private interface Task {
    void run(int thread);
  }

  /** Runs the task in all threads, which begin together; what one of them throws is thrown. */
  private static void inThreads(Task task) throws Exception {
    CyclicBarrier begin = new CyclicBarrier(THREADS);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Void>> calls = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        int thread = t;
        calls.add(
            () -> {
              begin.await();
              task.run(thread);
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(calls, 2, TimeUnit.MINUTES)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void assertSameBits(float[] expected, float[] actual, String message) {
    int[][] bits = new int[2][expected.length];
    for (int c = 0; c < expected.length; c++) {
      bits[0][c] = Float.floatToRawIntBits(expected[c]);
      bits[1][c] = Float.floatToRawIntBits(actual[c]);
    }
    assertArrayEquals(bits[0], bits[1], message);
  }
}
