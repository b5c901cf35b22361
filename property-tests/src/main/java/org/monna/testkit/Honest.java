package org.monna.testkit;

import java.util.random.RandomGenerator;

/** What honest vectors look like: the distributions on which rules are tried. All values are finite floats. */
public enum Honest {

  /** Independent standard normal coordinates. */
  GAUSSIAN {
    @Override
    double value(Shape shape, int i, int c) {
      return shape.gauss();
    }
  },

  /** Near 1 with spread 0.1: gradients that agree. */
  AGREEING {
    @Override
    double value(Shape shape, int i, int c) {
      return 1 + 0.1 * shape.gauss();
    }
  },

  /** Integers from -2 to 2, in which distances and values tie. */
  LATTICE {
    @Override
    double value(Shape shape, int i, int c) {
      return shape.random.nextInt(-2, 3);
    }
  },

  /** One vector, sent by everyone. */
  UNANIMOUS {
    @Override
    double value(Shape shape, int i, int c) {
      return shape.center[c];
    }
  },

  /** Two distant clusters. */
  TWO_CLUSTERS {
    @Override
    double value(Shape shape, int i, int c) {
      return (i % 2 == 0 ? 5 : -5) * shape.direction[c] + 0.1 * shape.gauss();
    }
  },

  /** Standard normal but for one vector that is far away. */
  ONE_OUTLIER {
    @Override
    double value(Shape shape, int i, int c) {
      return shape.gauss() + (i == 0 ? 100 * shape.direction[c] : 0);
    }
  },

  /** Quotients of normal numbers: in each coordinate some value is far away. */
  HEAVY_TAILED {
    @Override
    double value(Shape shape, int i, int c) {
      return shape.gauss() / (Math.abs(shape.gauss()) + 1e-3);
    }
  },

  /** Spread 0.01 at an offset of 1e4: squared norms lose the distances. */
  FAR {
    @Override
    double value(Shape shape, int i, int c) {
      return 1e4 + 0.01 * shape.gauss();
    }
  },

  /** Spread 1 at an offset of 1e6: sixteen floats lie between neighbouring integers. */
  VERY_FAR {
    @Override
    double value(Shape shape, int i, int c) {
      return 1e6 * Math.signum(shape.center[c]) + shape.gauss();
    }
  },

  /** Around 1e-40, where floats are subnormal and the squares of floats are 0. */
  TINY {
    @Override
    double value(Shape shape, int i, int c) {
      return 1e-40 * (shape.center[c] + shape.gauss());
    }
  },

  /** Around 1e25, the squares of which overflow float. */
  HUGE {
    @Override
    double value(Shape shape, int i, int c) {
      return 1e25 * (shape.center[c] + shape.gauss());
    }
  };

  abstract double value(Shape shape, int i, int c);

  /** Makes {@code count} vectors of length d. */
  public float[][] vectors(int count, int d, RandomGenerator random) {
    Shape shape = new Shape(d, random);
    float[][] vectors = new float[count][d];
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < d; c++) {
        vectors[i][c] = (float) value(shape, i, c);
      }
    }
    return vectors;
  }

  /** What the vectors of one distribution share. */
  static final class Shape {

    final RandomGenerator random;
    final double[] center;
    final double[] direction;

    Shape(int d, RandomGenerator random) {
      this.random = random;
      this.center = random.doubles(d, -3, 3).toArray();
      this.direction = Exact.direction(d, random);
    }

    double gauss() {
      return random.nextGaussian();
    }
  }
}
