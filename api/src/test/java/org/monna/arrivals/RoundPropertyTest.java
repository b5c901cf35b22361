package org.monna.arrivals;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.monna.Geometry.Need;

/** Any number of vectors from any threads, on the heap or not, finite or not: the bits of the engine. */
class RoundPropertyTest {

  @Property(tries = 40)
  void anyThreadsAnyPlaceAnyValues(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 70) int n,
      @ForAll @IntRange(min = 1, max = 3 * 16384 + 50) int length,
      @ForAll @IntRange(min = 1, max = 4) int workers,
      @ForAll @IntRange(min = 0, max = 4) int which,
      @ForAll @IntRange(min = 0, max = 3) int hostile)
      throws Exception {
    int d = n > 10 ? Math.min(length, 2000) : length;
    Need need = RoundTest.NEEDS.get(n == 1 && which == 3 ? 2 : which);
    float[][] vectors = RoundTest.vectors(n, d);
    for (int k = 0; k < hostile; k++) {
      float[] values = {Float.NaN, Float.NEGATIVE_INFINITY, Float.MAX_VALUE, Float.MIN_VALUE};
      vectors[random.nextInt(n)][random.nextInt(d)] = values[random.nextInt(4)];
    }
    List<Integer> order = new ArrayList<>(IntStream.range(0, n).boxed().toList());
    Collections.shuffle(order, random);
    Path directory = Files.createTempDirectory("monna-test");
    ExecutorService pool = Executors.newFixedThreadPool(2);
    ExecutorService network = Executors.newFixedThreadPool(3);
    Collector collector =
        RoundTest.collector(need, n, d).on(pool, workers).spill(directory, random.nextInt(n + 1));
    try (Round round = collector.round(-1)) {
      List<Future<Outcome>> outcomes = new ArrayList<>();
      for (int i : order) {
        outcomes.add(network.submit(() -> round.offer(-1, "client-" + i, vectors[i])));
      }
      Collected collected = round.await();
      for (Future<Outcome> outcome : outcomes) {
        assertTrue(outcome.get().accepted());
      }
      RoundTest.assertCollected(collector, vectors, order, collected);
      assertSame(collected, round.await());
    } finally {
      pool.shutdownNow();
      network.shutdownNow();
    }
    // Fails if a file is left.
    Files.delete(directory);
  }
}
