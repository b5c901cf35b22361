package org.monna.simulation.attack;

import java.util.stream.IntStream;
import org.monna.Plan;
import org.monna.simulation.mixing.Crew;
import org.monna.spi.BlockPlan;

/**
 * Where vectors lie, coordinate by coordinate: one pass over them.
 *
 * @param mean in double, rounded once
 * @param deviation the standard deviation from that mean, with divisor (number of vectors - 1); 0 for one vector
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Spread(float[] mean, float[] deviation) {

  /** So many coordinates at a time, and their mean and squares in double, stay in the cache. */
  private static final int BLOCK = 1 << 11;

  /** Of at least one vector. */
  static Spread of(float[][] vectors, Crew crew) {
    int d = vectors[0].length;
    float[] mean = new float[d];
    float[] deviation = new float[d];
    BlockPlan plan = new BlockPlan(Plan.mean(vectors.length, IntStream.range(0, vectors.length).toArray()));
    crew.forEach(
        (d - 1) / BLOCK + 1,
        block -> {
          int from = block * BLOCK;
          int to = Math.min(from + BLOCK, d);
          plan.worker().apply(vectors, from, to, mean, from);
          deviate(vectors, mean, from, to, deviation);
        });
    return new Spread(mean, deviation);
  }

  private static void deviate(float[][] vectors, float[] mean, int from, int to, float[] deviation) {
    int length = to - from;
    double[] centre = new double[length];
    for (int c = 0; c < length; c++) {
      centre[c] = mean[from + c];
    }
    double[] squares = new double[length];
    // Two vectors in a pass, so that the squares are read and written less often; the mean adds nothing.
    for (int i = 0; i < vectors.length; i += 2) {
      addSquares(vectors[i], i + 1 < vectors.length ? vectors[i + 1] : mean, from, centre, squares);
    }
    double divisor = Math.max(vectors.length - 1, 1);
    for (int c = 0; c < length; c++) {
      deviation[from + c] = (float) Math.sqrt(squares[c] / divisor);
    }
  }

  private static void addSquares(float[] x, float[] y, int from, double[] centre, double[] squares) {
    for (int c = 0; c < squares.length; c++) {
      double dx = x[from + c] - centre[c];
      double dy = y[from + c] - centre[c];
      squares[c] = squares[c] + dx * dx + dy * dy;
    }
  }
}
