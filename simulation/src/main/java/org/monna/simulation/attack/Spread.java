package org.monna.simulation.attack;

import java.util.Arrays;
import org.monna.Engine;
import org.monna.Plan;
import org.monna.simulation.mixing.Crew;

/** Where vectors lie, coordinate by coordinate. */
final class Spread {

  /** So many coordinates at a time stay in the cache. */
  private static final int BLOCK = 1 << 14;

  private Spread() {}

  /** The mean, in double, rounded once. */
  static float[] mean(float[][] vectors, Crew crew) {
    double[] weights = new double[vectors.length];
    Arrays.fill(weights, 1.0 / vectors.length);
    float[] mean = new float[vectors[0].length];
    Engine engine = crew.engine();
    engine.apply(Plan.weights(weights), vectors, mean);
    return mean;
  }

  /** The standard deviation, with divisor (number of vectors - 1), at least 2 vectors; 0 for one. */
  static float[] deviation(float[][] vectors, float[] mean, Crew crew) {
    int d = mean.length;
    float[] deviation = new float[d];
    double divisor = Math.max(vectors.length - 1, 1);
    crew.forEach(
        (d - 1) / BLOCK + 1,
        block -> {
          int from = block * BLOCK;
          int length = Math.min(BLOCK, d - from);
          double[] squares = new double[length];
          for (float[] vector : vectors) {
            for (int c = 0; c < length; c++) {
              double difference = (double) vector[from + c] - mean[from + c];
              squares[c] += difference * difference;
            }
          }
          for (int c = 0; c < length; c++) {
            deviation[from + c] = (float) Math.sqrt(squares[c] / divisor);
          }
        });
    return deviation;
  }

  /** The point {@code base + z direction}. */
  static float[] along(float[] base, float[] direction, double z, Crew crew) {
    float[] point = new float[base.length];
    crew.forEach(
        (point.length - 1) / BLOCK + 1,
        block -> {
          int to = Math.min((block + 1) * BLOCK, point.length);
          for (int c = block * BLOCK; c < to; c++) {
            point[c] = (float) (base[c] + z * direction[c]);
          }
        });
    return point;
  }
}
