package org.monna.properties;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.Engine;

/** What a call allocates once it is compiled: no more than {@link Engine} says. */
class AllocationTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final long PATIENCE = 20_000_000_000L;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "mean; 0",
        "nna(f=2); 0",
        "krum(f=2); 0",
        "median; 1",
        "trimmed-mean(f=2); 1",
        "nnm(f=2) | trimmed-mean(f=2); 1"
      })
  void noMoreThanDocumented(String rule, int tiles) {
    Aggregator aggregator = Aggregators.parse(rule);
    for (int n : new int[] {10, 26, 64}) {
      for (int d : new int[] {1000, 40_000}) {
        float[][] vectors = vectors(n, d);
        float[] out = new float[d];
        long documented = 80L * n * n + 2000L * n + 8L * Math.min(d, 16_384) + d / 4 + 300_000L * tiles;
        long allocated = Long.MAX_VALUE;
        long start = System.nanoTime();
        while (allocated > documented && System.nanoTime() - start < PATIENCE) {
          long before = THREADS.getCurrentThreadAllocatedBytes();
          Engine.sequential().aggregate(aggregator, vectors, out);
          allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        assertTrue(
            allocated <= documented, "%s, n = %d, d = %d: %d bytes".formatted(rule, n, d, allocated));
      }
    }
  }

  private static float[][] vectors(int n, int d) {
    float[][] vectors = new float[n][d];
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < d; c++) {
        vectors[i][c] = (float) Math.sin(i + 1.0 + i * c);
      }
    }
    return vectors;
  }
}
