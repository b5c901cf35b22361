package org.monna.baselines;

import java.util.Arrays;
import org.monna.Aggregator;
import org.monna.Certificate;
import org.monna.Geometry;
import org.monna.Plan;
import org.monna.spi.Admissible;

/**
 * The plain mean: {@code F = (1/n) sum of x_i}. Not robust, and here for comparison and as the end of a pipeline.
 *
 * <p><b>Admissible</b>: every n.
 *
 * <p><b>Cost</b>: one pass over the data at the speed of memory.
 *
 * <p><b>Non-finite input</b>: one is enough to make the result so.
 *
 * <p><b>Guarantee</b>: exact without arbitrary vectors (f = 0); none with one, which moves the result anywhere.
 */
public record Mean() implements Aggregator {

  @Override
  public Geometry.Need need(int n) {
    return Geometry.Need.NONE;
  }

  @Override
  public Plan plan(Geometry geometry) {
    double[] weights = new double[geometry.size()];
    Arrays.fill(weights, 1.0 / geometry.size());
    return Plan.weights(weights);
  }

  @Override
  public Certificate certificate(int n) {
    return Certificate.robust(n, 0, 0, "the definition: without arbitrary vectors S holds all");
  }

  @Override
  public Certificate certificate(int n, int f) {
    Admissible.f("mean", f);
    return f == 0 ? certificate(n) : Certificate.none(n, f, "one arbitrary vector moves the mean anywhere");
  }

  @Override
  public String toString() {
    return "mean";
  }
}
