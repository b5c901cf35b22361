package org.monna.simulation.attack;

import java.util.function.DoubleUnaryOperator;

/**
 * Looks for the number x &gt;= 0 at which a function is largest: steps that double while they lead upwards, then steps
 * back and forth about the best x so far, each 0.8 times the one before. This is the search of MoNNA's experiments
 * (arXiv 2209.10931).
 */
final class LineSearch {

  private static final double FIRST_STEP = 1;
  private static final double CONTRACTION = 0.8;

  private LineSearch() {}

  /** The best x seen in so many evaluations, at least 1. A NaN is never the best, unless at 0. */
  static double maximize(DoubleUnaryOperator function, int evaluations) {
    double best = 0;
    double value = function.applyAsDouble(best);
    double step = FIRST_STEP;
    double tried = best;
    boolean expanding = true;
    for (int i = 1; i < evaluations; i++) {
      tried = expanding ? best + step : tried < best || tried == 0 ? tried + step : back(tried, step);
      double found = function.applyAsDouble(tried);
      expanding &= found > value;
      if (found > value) {
        value = found;
        best = tried;
      }
      step *= expanding ? 2 : CONTRACTION;
    }
    return best;
  }

  /** A step back from x, cut short before 0. */
  private static double back(double x, double step) {
    double target = x - step;
    while (target < 0) {
      target = (target + x) / 2;
    }
    return target;
  }
}
