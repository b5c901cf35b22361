package org.monna.testkit;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * An input for a rule, described by what it is made from, so that it prints in one line and shrinks well. The same
 * sample always makes the same vectors.
 *
 * @param n the number of vectors
 * @param f how many of them are arbitrary
 * @param d their length
 * @param honest how the n-f honest ones are made
 * @param byzantine how the f arbitrary ones are made
 * @param seed of everything random, the places of the arbitrary vectors among it
 */
public record Sample(int n, int f, int d, Honest honest, Byzantine byzantine, long seed) {

  public Sample {
    if (f < 0 || n <= f || d < 1) {
      throw new IllegalArgumentException("no sample has n = %d, f = %d, d = %d".formatted(n, f, d));
    }
  }

  /** A sample drawn at random, for loops without jqwik. */
  public static Sample random(int n, int f, int d, RandomGenerator random) {
    Honest[] honest = Honest.values();
    Byzantine[] byzantine = Byzantine.values();
    return new Sample(
        n,
        f,
        d,
        honest[random.nextInt(honest.length)],
        byzantine[random.nextInt(byzantine.length)],
        random.nextLong());
  }

  /** The n vectors, new arrays with every call. */
  public float[][] vectors() {
    RandomGenerator random = new SplittableRandom(seed);
    float[][] good = honest.vectors(n - f, d, random);
    float[][] bad = byzantine.vectors(f, good, random);
    boolean[] arbitrary = arbitrary();
    float[][] vectors = new float[n][];
    for (int i = 0, g = 0, b = 0; i < n; i++) {
      vectors[i] = arbitrary[i] ? bad[b++] : good[g++];
    }
    return vectors;
  }

  /**
   * The vectors brought to a common size, with coordinates rounded to multiples of 2^-8 and cut to at most 2^10 in
   * magnitude (NaN too): the sums and differences of any two are exact in float, and the squares of differences do
   * not underflow.
   */
  public float[][] dyadic() {
    float[][] vectors = vectors();
    double largest = 0;
    for (int i : honestIndices()) {
      for (float value : vectors[i]) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    double unit = largest == 0 ? 1 : largest / 16;
    for (float[] vector : vectors) {
      for (int c = 0; c < d; c++) {
        double rounded = Math.rint(vector[c] / unit * 256) / 256;
        vector[c] = Double.isNaN(rounded) ? 1024 : (float) Math.max(-1024, Math.min(1024, rounded));
      }
    }
    return vectors;
  }

  /** The indices of the honest vectors, ascending. */
  public int[] honestIndices() {
    boolean[] arbitrary = arbitrary();
    return Arrays.stream(Exact.all(n)).filter(i -> !arbitrary[i]).toArray();
  }

  /** Which vectors are arbitrary: the first, the last, or some, by turns of the seed. */
  private boolean[] arbitrary() {
    boolean[] arbitrary = new boolean[n];
    switch ((int) Math.floorMod(seed, 3L)) {
      case 0 -> Arrays.fill(arbitrary, 0, f, true);
      case 1 -> Arrays.fill(arbitrary, n - f, n, true);
      default -> {
        RandomGenerator random = new SplittableRandom(~seed);
        for (int left = f; left > 0; ) {
          int i = random.nextInt(n);
          left -= arbitrary[i] ? 0 : 1;
          arbitrary[i] = true;
        }
      }
    }
    return arbitrary;
  }
}
