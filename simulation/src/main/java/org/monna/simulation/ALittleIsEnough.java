package org.monna.simulation;

import java.util.Arrays;
import org.monna.Aggregator;

/**
 * {@code mean + z deviation}, coordinate by coordinate, over the honest models: hidden among them, and always to the
 * same side. The factor z is the one that moves the outcome of the rule farthest from the honest mean, found anew in
 * each step by a {@link LineSearch}.
 *
 * <p>To try a factor, the attacker runs the rule as some of the nodes would. It cannot know which honest models a node
 * will draw, and takes the next ones in order.
 *
 * <p>Baruch, Baruch, Goldberg, A Little Is Enough: Circumventing Defenses For Distributed Learning, NeurIPS 2019, arXiv
 * 1902.06156, with the factor search of MoNNA's experiments (arXiv 2209.10931), which average over all nodes.
 */
record ALittleIsEnough() implements Attack {

  private static final int EVALUATIONS = 16;
  private static final int VICTIMS = 7;

  @Override
  public float[] forge(float[][] honest, int f, Aggregator rule) {
    Spread spread = Spread.of(honest);
    return spread.at(LineSearch.maximize(z -> shift(honest, f, rule, spread, z), EVALUATIONS));
  }

  /** The squared distance of the mean outcome from the honest mean. */
  static double shift(float[][] honest, int f, Aggregator rule, Spread spread, double z) {
    float[][] received = new float[honest.length][];
    Arrays.fill(received, honest.length - f, honest.length, spread.at(z));
    int victims = Math.min(VICTIMS, honest.length);
    double[] outcome = new double[spread.mean().length];
    for (int victim = 0; victim < victims; victim++) {
      int first = victim * honest.length / victims;
      for (int i = 0; i < honest.length - f; i++) {
        received[i] = honest[(first + i) % honest.length];
      }
      float[] mixed = rule.aggregate(received);
      for (int c = 0; c < outcome.length; c++) {
        outcome[c] += mixed[c] / (double) victims;
      }
    }
    double shift = 0;
    for (int c = 0; c < outcome.length; c++) {
      shift += (outcome[c] - spread.mean()[c]) * (outcome[c] - spread.mean()[c]);
    }
    return shift;
  }

  @Override
  public String toString() {
    return "alie";
  }
}
