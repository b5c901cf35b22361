package org.monna.baselines;

import java.util.Random;

/** Inputs for the tests. */
final class Samples {

  private Samples() {}

  /** Vectors around 1, the last f of them far away in one direction. */
  static float[][] withOutliers(Random random, int n, int f, int d) {
    float[][] vectors = new float[n][d];
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < d; c++) {
        vectors[i][c] = (float) (1 + random.nextGaussian() + (i >= n - f ? 30 : 0));
      }
    }
    return vectors;
  }

  /** Small whole numbers: equal values, equal distances and equal norms abound. */
  static float[][] lattice(Random random, int n, int d) {
    float[][] vectors = new float[n][d];
    for (float[] vector : vectors) {
      for (int c = 0; c < d; c++) {
        vector[c] = random.nextInt(5) - 2;
      }
    }
    return vectors;
  }

  static double squaredDistance(float[] x, float[] y) {
    double sum = 0;
    for (int c = 0; c < x.length; c++) {
      sum += ((double) x[c] - y[c]) * ((double) x[c] - y[c]);
    }
    return sum;
  }

  static double norm(float[] x) {
    return Math.sqrt(squaredDistance(x, new float[x.length]));
  }

  static float[][] scaled(float[][] vectors, double... factors) {
    float[][] scaled = new float[vectors.length][vectors[0].length];
    for (int i = 0; i < vectors.length; i++) {
      for (int c = 0; c < scaled[i].length; c++) {
        scaled[i][c] = (float) (factors[i] * vectors[i][c]);
      }
    }
    return scaled;
  }
}
