package org.monna.kernels.simd;

import java.util.Arrays;
import java.util.SplittableRandom;

/** What vectors may hold: everything that an honest or a Byzantine sender can put into an array of floats. */
enum Content {
  GAUSSIAN {
    @Override
    float value(SplittableRandom random) {
      return (float) random.nextGaussian();
    }
  },
  ZEROS {
    @Override
    float value(SplittableRandom random) {
      return random.nextBoolean() ? 0f : -0f;
    }
  },
  SUBNORMAL {
    @Override
    float value(SplittableRandom random) {
      return Float.intBitsToFloat(random.nextInt() & 0x807fffff);
    }
  },
  INFINITE {
    @Override
    float value(SplittableRandom random) {
      return switch (random.nextInt(16)) {
        case 0 -> Float.POSITIVE_INFINITY;
        case 1 -> Float.NEGATIVE_INFINITY;
        default -> (float) random.nextGaussian();
      };
    }
  },
  NAN {
    @Override
    float value(SplittableRandom random) {
      return random.nextInt(8) == 0
          ? Float.intBitsToFloat(random.nextInt() | 0x7f800001)
          : (float) random.nextGaussian();
    }
  },
  FAR {
    @Override
    float value(SplittableRandom random) {
      return random.nextBoolean() ? 1e38f : -1e38f;
    }
  },
  TINY {
    @Override
    float value(SplittableRandom random) {
      return (float) (random.nextGaussian() * 1e-20);
    }
  },
  MIXED {
    @Override
    float value(SplittableRandom random) {
      return (float) (random.nextGaussian() * Math.pow(10, random.nextInt(-44, 38)));
    }
  },
  FEW {
    @Override
    float value(SplittableRandom random) {
      return random.nextInt(-1, 2);
    }
  },
  BITS {
    @Override
    float value(SplittableRandom random) {
      return Float.intBitsToFloat(random.nextInt());
    }
  },
  /** Honest vectors among some of another kind each. */
  ATTACKED {
    @Override
    float value(SplittableRandom random) {
      return GAUSSIAN.value(random);
    }

    @Override
    float[][] rows(int n, int d, long seed) {
      float[][] rows = super.rows(n, d, seed);
      Content[] kinds = {NAN, FAR, INFINITE, ZEROS, SUBNORMAL, BITS, MIXED};
      for (int i = 0; i < n; i += 3) {
        rows[i] = kinds[i / 3 % kinds.length].rows(1, d, seed + i)[0];
      }
      return rows;
    }
  },
  /** Some rows are the same, bit by bit or but for the sign of a zero. */
  IDENTICAL {
    @Override
    float value(SplittableRandom random) {
      return random.nextInt(9) == 0 ? 0 : GAUSSIAN.value(random);
    }

    @Override
    float[][] rows(int n, int d, long seed) {
      float[][] rows = super.rows(n, d, seed);
      for (int i = 1; i < n; i++) {
        if (i % 4 != 3) {
          rows[i] = rows[i - 1].clone();
        }
        rows[i][i % d] = i % 3 == 0 ? -0f : 0f;
      }
      return rows;
    }
  },
  ALL_ZERO {
    @Override
    float value(SplittableRandom random) {
      return 0;
    }

    @Override
    float[][] rows(int n, int d, long seed) {
      float[][] rows = super.rows(n, d, seed);
      if (n > 2) {
        Arrays.fill(rows[1], Float.MIN_VALUE);
      }
      return rows;
    }
  };

  abstract float value(SplittableRandom random);

  float[][] rows(int n, int d, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] rows = new float[n][d];
    for (float[] row : rows) {
      for (int c = 0; c < d; c++) {
        row[c] = value(random);
      }
    }
    return rows;
  }
}
