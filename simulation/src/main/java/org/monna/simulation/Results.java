package org.monna.simulation;

import java.util.List;

/**
 * What a comparison found, with all that it depends on: the same settings on the same machine give the same results.
 * Written as JSON.
 *
 * @param data what was learnt
 * @param model what learnt it
 * @param settings what all runs share
 * @param runs one for each method and attack
 */
record Results(Data data, Model model, Settings settings, List<Run> runs) {

  /**
   * @param trainingExamples shared out among the honest nodes
   * @param testExamples for the accuracies; no node learns from them
   */
  record Data(String name, String sha256, int trainingExamples, int testExamples) {}

  /**
   * @param parameters their number d
   */
  record Model(String name, int parameters, String computedBy) {}

  /**
   * One training.
   *
   * @param byzantine the number of Byzantine nodes; 0 without an attack
   * @param attack its name, or "none"
   * @param curve the accuracy on the way, the last point at the end
   */
  record Run(String method, String rule, int nodes, int byzantine, String attack, List<Point> curve) {

    Run {
      curve = List.copyOf(curve);
    }

    /** The accuracy when all steps were done. */
    Point end() {
      return curve.getLast();
    }
  }

  /**
   * The accuracy on the test examples after some steps, over the honest nodes.
   *
   * @param accuracy the mean
   * @param worst of the node that is worst off
   */
  record Point(int step, double accuracy, double worst) {}

  Results {
    runs = List.copyOf(runs);
  }
}
