package org.monna.simulation.data;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Gives each node examples of its own, unequal in kind: the proportions of the classes at a node are drawn from the
 * symmetric Dirichlet distribution. With a small alpha a node sees few classes, with a large one all of them evenly.
 *
 * <p>All shares have the same size and no example is given twice. The nodes take turns, each drawing a class by its
 * proportions and then an example of that class; a class that is used up drops out of the proportions (Hsu, Qi, Brown,
 * Measuring the Effects of Non-Identical Data Distribution, arXiv 1909.06335). MoNNA's own experiments draw the same
 * proportions, but let nodes share examples: {@link #overlapping}.
 */
final class DirichletSplit {

  private DirichletSplit() {}

  /**
   * The shares of the nodes.
   *
   * @param nodes at most as many as there are examples
   * @param alpha greater than 0
   * @return for each node, ⌊size / nodes⌋ indices of examples
   */
  static int[][] split(Dataset data, int nodes, double alpha, RandomGenerator random) {
    int[][] pools = new int[data.classes()][];
    int[] left = new int[data.classes()];
    for (int c = 0; c < pools.length; c++) {
      pools[c] = data.ofClass(c);
      left[c] = pools[c].length;
      Randomness.drawToFront(pools[c], pools[c].length, random);
    }
    double[][] proportions = new double[nodes][];
    for (int node = 0; node < nodes; node++) {
      proportions[node] = dirichlet(data.classes(), alpha, random);
    }
    int[][] shares = new int[nodes][data.size() / nodes];
    for (int i = 0; i < shares[0].length; i++) {
      for (int node = 0; node < nodes; node++) {
        int c = drawClass(proportions[node], left, random);
        shares[node][i] = pools[c][--left[c]];
      }
    }
    return shares;
  }

  /**
   * Shares as in MoNNA's own experiments: a node with proportions p has ⌊p ⌊size / nodes⌋⌋ examples of each class, or
   * all there are, drawn without replacement. Nodes do not take from each other.
   *
   * @param nodes so many that each can have an example of every class
   * @param alpha greater than 0
   */
  static int[][] overlapping(Dataset data, int nodes, double alpha, RandomGenerator random) {
    int size = data.size() / nodes;
    int[][] pools = IntStream.range(0, data.classes()).mapToObj(data::ofClass).toArray(int[][]::new);
    int[][] shares = new int[nodes][];
    for (int node = 0; node < nodes; node++) {
      double[] proportions = dirichlet(data.classes(), alpha, random);
      shares[node] =
          IntStream.range(0, pools.length)
              .flatMap(
                  c -> {
                    // A hair more, lest ten tenths that add up to a little less than 1 leave a node with nothing.
                    int count = Math.min(pools[c].length, (int) (size * proportions[c] + 1e-9));
                    Randomness.drawToFront(pools[c], count, random);
                    return IntStream.of(Arrays.copyOf(pools[c], count));
                  })
              .toArray();
    }
    return shares;
  }

  /** A class that is not used up, by the proportions; by what is left if the proportions of all such classes are 0. */
  private static int drawClass(double[] proportions, int[] left, RandomGenerator random) {
    double[] weights = new double[left.length];
    for (int c = 0; c < left.length; c++) {
      weights[c] = left[c] == 0 ? 0 : proportions[c];
    }
    if (Arrays.stream(weights).sum() == 0) {
      weights = Arrays.stream(left).asDoubleStream().toArray();
    }
    double point = random.nextDouble() * Arrays.stream(weights).sum();
    int drawn = -1;
    for (int c = 0; c < weights.length && (drawn < 0 || point >= 0); c++) {
      if (weights[c] > 0) {
        drawn = c;
        point -= weights[c];
      }
    }
    return drawn;
  }

  /** Proportions from the symmetric Dirichlet distribution: independent gamma variates divided by their sum. */
  static double[] dirichlet(int classes, double alpha, RandomGenerator random) {
    // In logarithms, because with a small alpha all the variates can be too small for a double.
    double[] logs = new double[classes];
    for (int c = 0; c < classes; c++) {
      logs[c] = logGamma(alpha, random);
    }
    double largest = Arrays.stream(logs).max().orElseThrow();
    double[] proportions = Arrays.stream(logs).map(log -> StrictMath.exp(log - largest)).toArray();
    double sum = Arrays.stream(proportions).sum();
    return Arrays.stream(proportions).map(p -> p / sum).toArray();
  }

  /**
   * The logarithm of a gamma variate of shape alpha: Marsaglia and Tsang, A Simple Method for Generating Gamma
   * Variables, 2000, for shape alpha + 1, times a uniform number to the power of 1 / alpha.
   */
  private static double logGamma(double alpha, RandomGenerator random) {
    double d = alpha + 1 - 1.0 / 3;
    double c = 1 / StrictMath.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double v = (1 + c * x) * (1 + c * x) * (1 + c * x);
      double logU = StrictMath.log(1 - random.nextDouble());
      if (v > 0 && logU < x * x / 2 + d - d * v + d * StrictMath.log(v)) {
        return StrictMath.log(d * v) + StrictMath.log(1 - random.nextDouble()) / alpha;
      }
    }
  }
}
