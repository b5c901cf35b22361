package org.monna.simulation.data;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Random numbers that depend on a seed and a name only. Every use has its own generator, so that no use shifts the
 * numbers of another: all methods of a comparison see the same batches, whatever else they draw and in whatever order
 * they run.
 */
public final class Randomness {

  private static final RandomGeneratorFactory<RandomGenerator> ALGORITHM =
      RandomGeneratorFactory.of("L64X128MixRandom");

  private Randomness() {}

  /** The generator of one use, such as ("batches", node). */
  public static RandomGenerator of(long seed, String use, int index) {
    return ALGORITHM.create(mix(mix(mix(seed) + use.hashCode()) + index));
  }

  /**
   * The generator of one use at one time, such as ("batches", node, step). There is no state to carry from one time to
   * the next.
   */
  public static RandomGenerator of(long seed, String use, int index, long time) {
    return ALGORITHM.create(mix(mix(mix(mix(seed) + use.hashCode()) + index) + time));
  }

  /** The finisher of splitmix64: spreads neighbouring numbers over all 64 bits. */
  private static long mix(long z) {
    z += 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** Moves {@code count} entries, drawn uniformly without replacement, to the front of the array in random order. */
  public static void drawToFront(int[] values, int count, RandomGenerator random) {
    for (int i = 0; i < count; i++) {
      int k = i + random.nextInt(values.length - i);
      int drawn = values[k];
      values[k] = values[i];
      values[i] = drawn;
    }
  }
}
