package org.monna.simulation.report;

import java.util.List;
import java.util.Map;
import org.monna.simulation.protocol.Configuration;

/**
 * A finished run, as a line of the results tells it.
 *
 * @param id of its configuration
 * @param attack its name, or {@link #NO_ATTACK}
 * @param configuration the value of every key, as JSON
 * @param parameters how many the model has; 0 where that is not told
 * @param curve at least one point, in the order of the steps
 * @param seconds what the whole run took, by what it was spent on
 * @param commit of the code that ran; "" where that is not told
 * @param jdk what ran it; "" where that is not told
 */
record Run(
    String id,
    String experiment,
    String method,
    String rule,
    String attack,
    String split,
    long seed,
    Map<String, String> configuration,
    long parameters,
    List<Point> curve,
    Map<String, Double> seconds,
    String commit,
    String jdk) {

  static final String NO_ATTACK = Configuration.NO_ATTACK;

  /**
   * The honest nodes after some steps.
   *
   * @param accuracy on the test examples, their mean
   * @param worst accuracy of the node that is worst off
   * @param loss NaN where that is not told
   * @param drift the root of the mean squared distance of the models from their mean; NaN where that is not told
   */
  record Point(int step, double accuracy, double worst, double loss, double drift) {}

  Run {
    curve = List.copyOf(curve);
  }

  Point end() {
    return curve.getLast();
  }

  Run named(String name) {
    return new Run(
        id, experiment, name, rule, attack, split, seed, configuration, parameters, curve, seconds, commit, jdk);
  }
}
