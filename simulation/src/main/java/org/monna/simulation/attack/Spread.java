package org.monna.simulation.attack;

import java.util.Arrays;
import java.util.function.Supplier;
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

  /** Of at least one vector. */
  static Spread of(float[][] vectors, Crew crew) {
    Spread spread = unmeasured(vectors[0].length);
    crew.forEachRange(vectors[0].length, Crew.BLOCK, spread.measuring(vectors));
    return spread;
  }

  /** Zeros, to be overwritten by {@link #measuring}. */
  static Spread unmeasured(int d) {
    return new Spread(new float[d], new float[d]);
  }

  /** Measures vectors of this length in ranges of at most {@link Crew#BLOCK}, for those who have other work for the same coordinates. */
  Supplier<Crew.Range> measuring(float[][] vectors) {
    int n = vectors.length;
    BlockPlan plan = new BlockPlan(Plan.mean(n, IntStream.range(0, n).toArray()), n);
    return () -> new Measuring(vectors, plan.worker(), mean, deviation);
  }

  /** The work of one thread, on one block after another. */
  private static final class Measuring implements Crew.Range {

    private final float[][] vectors;
    private final BlockPlan.Worker worker;
    private final float[] mean;
    private final float[] deviation;
    private final double[] squares = new double[Crew.BLOCK];

    Measuring(float[][] vectors, BlockPlan.Worker worker, float[] mean, float[] deviation) {
      this.vectors = vectors;
      this.worker = worker;
      this.mean = mean;
      this.deviation = deviation;
    }

    @Override
    public void run(int from, int to) {
      int length = to - from;
      worker.apply(vectors, from, to, mean, from);
      Arrays.fill(squares, 0, length, 0);
      // Two vectors in a pass, so that the squares are read and written less often; the mean adds nothing.
      for (int i = 0; i < vectors.length; i += 2) {
        addSquares(vectors[i], i + 1 < vectors.length ? vectors[i + 1] : mean, from, length);
      }
      double divisor = Math.max(vectors.length - 1, 1);
      for (int c = 0; c < length; c++) {
        deviation[from + c] = (float) Math.sqrt(squares[c] / divisor);
      }
    }

    /** The mean is read as it is, in float: beside a second array of doubles the compiler would not vectorize the loop. */
    private void addSquares(float[] x, float[] y, int from, int length) {
      for (int c = 0; c < length; c++) {
        double centre = mean[from + c];
        double dx = x[from + c] - centre;
        double dy = y[from + c] - centre;
        squares[c] = squares[c] + dx * dx + dy * dy;
      }
    }
  }
}
