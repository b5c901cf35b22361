package org.monna.jmh;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Vectors for benchmarks: n - f honest ones around a common point, the last f an attack of the ALIE kind. */
final class AttackedVectors {

  private AttackedVectors() {}

  /** Honest vectors N(1, 0.1^2) in each coordinate; the last f are mean + 1.5 standard deviations, each a little different. */
  static float[][] of(int n, int f, int d, long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    float[][] vectors = new float[n][d];
    for (int i = 0; i < n; i++) {
      boolean honest = i < n - f;
      for (int c = 0; c < d; c++) {
        float noise = (float) random.nextGaussian();
        vectors[i][c] = honest ? 1 + 0.1f * noise : 1.15f + 0.001f * noise;
      }
    }
    return vectors;
  }
}
