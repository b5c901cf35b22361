package org.monna.jmh;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Vectors for benchmarks: the last f of n are what attackers send. */
enum AttackedVectors {
  /** Honest vectors N(1, 0.1^2) in each coordinate; the attack is mean + 1.5 standard deviations, each a little different. */
  ALIE {
    @Override
    float value(int i, boolean honest, float noise) {
      return honest ? 1 + 0.1f * noise : 1.15f + 0.001f * noise;
    }
  },
  /** Honest vectors in three tight clusters far from each other; the attackers are near one of them. */
  CLUSTERED {
    @Override
    float value(int i, boolean honest, float noise) {
      return honest ? 10 * (i % 3) + 0.001f * noise : 20 + 0.01f * noise;
    }
  },
  /** Honest vectors N(1, 0.1^2); the attackers send NaN, infinities and 1e38. */
  HOSTILE {
    @Override
    float value(int i, boolean honest, float noise) {
      return honest ? 1 + 0.1f * noise : WORST[i % WORST.length];
    }
  };

  private static final float[] WORST = {Float.NaN, 1e38f, Float.NEGATIVE_INFINITY, -1e38f, Float.POSITIVE_INFINITY};

  abstract float value(int i, boolean honest, float noise);

  float[][] of(int n, int f, int d, long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    float[][] vectors = new float[n][d];
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < d; c++) {
        vectors[i][c] = value(i, i < n - f, (float) random.nextGaussian());
      }
    }
    return vectors;
  }
}
