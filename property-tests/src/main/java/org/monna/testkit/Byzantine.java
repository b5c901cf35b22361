package org.monna.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What arbitrary vectors look like: the attacks of the literature, made from the honest vectors, and hostile values.
 */
public enum Byzantine {

  /** The zero vector. */
  ZERO(false) {
    @Override
    double value(Attack attack, int i, int c) {
      return 0;
    }
  },

  /** One vector, some standard deviations from the honest mean in a random direction. */
  SHIFT(false) {
    @Override
    double value(Attack attack, int i, int c) {
      return attack.mean[c] + attack.strength(0.1, 0.3, 1, 2, 3, 5, 10, 20) * attack.radius * attack.direction[c];
    }
  },

  /** Each on its own way, some standard deviations from the honest mean. */
  SPREAD(false) {
    @Override
    double value(Attack attack, int i, int c) {
      return attack.mean[c] + attack.strength(0.3, 1, 3, 10) * attack.deviations[c] * attack.random.nextGaussian();
    }
  },

  /** On the line from the honest mean through the farthest honest vector. */
  TOWARDS_FARTHEST(false) {
    @Override
    double value(Attack attack, int i, int c) {
      double step = attack.honest[attack.farthest][c] - attack.mean[c];
      return attack.mean[c] + attack.strength(-2, -1, 0.3, 0.6, 1, 2, 5) * step;
    }
  },

  /** A little is enough (Baruch et al. 2019): some standard deviations in every coordinate. */
  ALIE(false) {
    @Override
    double value(Attack attack, int i, int c) {
      return attack.mean[c] + attack.strength(-1.5, 0.3, 1, 1.5, 3) * attack.deviations[c];
    }
  },

  /** Inner-product manipulation (Xie et al. 2019), also called fall of empires: against the honest mean. */
  IPM(false) {
    @Override
    double value(Attack attack, int i, int c) {
      return -attack.strength(0.1, 0.5, 1, 2, 10) * attack.mean[c];
    }
  },

  /** The honest mean with the other sign. */
  SIGN_FLIP(false) {
    @Override
    double value(Attack attack, int i, int c) {
      return -attack.mean[c];
    }
  },

  /** All copy one honest vector (Karimireddy et al. 2022), by turns the first or the farthest. */
  MIMIC(false) {
    @Override
    double value(Attack attack, int i, int c) {
      return attack.honest[attack.strength(0, 1) == 0 ? 0 : attack.farthest][c];
    }
  },

  /** Copies of several honest vectors, off by a millionth. */
  NEAR_DUPLICATES(false) {
    @Override
    double value(Attack attack, int i, int c) {
      return attack.honest[i % attack.honest.length][c] * (1 + 1e-6 * attack.random.nextGaussian());
    }
  },

  /** 1e3, 1e6, 1e9 or 1e30 times farther away than the honest vectors. */
  OUTLIERS(false) {
    @Override
    double value(Attack attack, int i, int c) {
      return attack.mean[c] + attack.strength(1e3, 1e6, 1e9, 1e30) * attack.radius * attack.direction[c];
    }
  },

  /** NaN throughout. */
  NAN(true) {
    @Override
    double value(Attack attack, int i, int c) {
      return Double.NaN;
    }
  },

  /** Honest but for one NaN. */
  ONE_NAN(true) {
    @Override
    double value(Attack attack, int i, int c) {
      return c == attack.coordinate ? Double.NaN : attack.honest[0][c];
    }
  },

  /** One infinity throughout: positive ones first. */
  INFINITE(true) {
    @Override
    double value(Attack attack, int i, int c) {
      return i % 2 == 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }
  },

  /** Infinities of both signs within a vector. */
  MIXED_INFINITE(true) {
    @Override
    double value(Attack attack, int i, int c) {
      return (i + c) % 2 == 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }
  },

  /** Honest but for one infinity. */
  ONE_INFINITY(true) {
    @Override
    double value(Attack attack, int i, int c) {
      return c == attack.coordinate ? Double.POSITIVE_INFINITY : attack.honest[0][c];
    }
  },

  /** 3e38, almost the largest float: sums and squares overflow. */
  LARGEST(true) {
    @Override
    double value(Attack attack, int i, int c) {
      return attack.strength(-1, 1) * 3e38;
    }
  },

  /** 3e38 with both signs within a vector. */
  LARGEST_MIXED(true) {
    @Override
    double value(Attack attack, int i, int c) {
      return (i + c) % 2 == 0 ? 3e38 : -3e38;
    }
  },

  /** The least subnormal float. */
  SUBNORMAL(true) {
    @Override
    double value(Attack attack, int i, int c) {
      return c % 2 == 0 ? Float.MIN_VALUE : -Float.MIN_VALUE;
    }
  },

  /** Minus zero throughout. */
  MINUS_ZERO(true) {
    @Override
    double value(Attack attack, int i, int c) {
      return -0.0;
    }
  },

  /** NaN, an infinity and 3e38 by turns. */
  MIXED(true) {
    @Override
    double value(Attack attack, int i, int c) {
      return switch ((i + c) % 3) {
        case 0 -> Double.NaN;
        case 1 -> Double.NEGATIVE_INFINITY;
        default -> 3e38;
      };
    }
  };

  private final boolean hostile;

  Byzantine(boolean hostile) {
    this.hostile = hostile;
  }

  abstract double value(Attack attack, int i, int c);

  /** True for those that attack the arithmetic rather than the rule. */
  public boolean isHostileValue() {
    return hostile;
  }

  /** Those that attack the arithmetic rather than the rule: NaN, infinities, the largest and the least floats. */
  public static List<Byzantine> hostileValues() {
    return Arrays.stream(values()).filter(b -> b.hostile).toList();
  }

  /** Makes {@code count} vectors against the honest ones. */
  public float[][] vectors(int count, float[][] honest, RandomGenerator random) {
    Attack attack = new Attack(honest, random);
    int d = honest[0].length;
    float[][] vectors = new float[count][d];
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < d; c++) {
        vectors[i][c] = (float) value(attack, i, c);
      }
    }
    return vectors;
  }

  /** What the attacker knows, and chose for all of its vectors. */
  static final class Attack {

    final float[][] honest;
    final RandomGenerator random;
    final double[] mean;
    final double[] deviations;
    final double radius;
    final double[] direction;
    final int farthest;
    final int coordinate;
    private final double choice;

    Attack(float[][] honest, RandomGenerator random) {
      int d = honest[0].length;
      this.honest = honest;
      this.random = random;
      this.mean = Exact.mean(honest, Exact.all(honest.length));
      this.deviations = new double[d];
      int farthest = 0;
      for (int i = 0; i < honest.length; i++) {
        for (int c = 0; c < d; c++) {
          deviations[c] += (honest[i][c] - mean[c]) * (honest[i][c] - mean[c]) / honest.length;
        }
        if (Exact.squaredDistance(honest[i], mean) > Exact.squaredDistance(honest[farthest], mean)) {
          farthest = i;
        }
      }
      this.radius = Math.sqrt(Arrays.stream(deviations).sum());
      Arrays.setAll(deviations, c -> Math.sqrt(deviations[c]));
      this.farthest = farthest;
      this.direction = Exact.direction(d, random);
      this.coordinate = random.nextInt(d);
      this.choice = random.nextDouble();
    }

    /** One of these, the same for all vectors and coordinates of an attack. */
    double strength(double... strengths) {
      return strengths[(int) (choice * strengths.length)];
    }
  }
}
