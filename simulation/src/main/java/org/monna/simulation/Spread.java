package org.monna.simulation;

/**
 * Where vectors lie, coordinate by coordinate.
 *
 * @param mean their mean
 * @param deviation their standard deviation, with divisor (number of vectors - 1), at least 2 vectors; 0 for one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Spread(double[] mean, double[] deviation) {

  static Spread of(float[][] vectors) {
    double[] mean = new double[vectors[0].length];
    for (float[] vector : vectors) {
      for (int c = 0; c < mean.length; c++) {
        mean[c] += vector[c];
      }
    }
    for (int c = 0; c < mean.length; c++) {
      mean[c] /= vectors.length;
    }
    double[] deviation = new double[mean.length];
    for (float[] vector : vectors) {
      for (int c = 0; c < mean.length; c++) {
        deviation[c] += (vector[c] - mean[c]) * (vector[c] - mean[c]);
      }
    }
    for (int c = 0; c < mean.length; c++) {
      deviation[c] = Math.sqrt(deviation[c] / Math.max(vectors.length - 1, 1));
    }
    return new Spread(mean, deviation);
  }

  /** The point {@code mean + z deviation}. */
  float[] at(double z) {
    float[] point = new float[mean.length];
    for (int c = 0; c < point.length; c++) {
      point[c] = (float) (mean[c] + z * deviation[c]);
    }
    return point;
  }
}
