package org.monna.simulation.attack;

/**
 * The vector of the honest node that stands out most along the direction in which the honest vectors differ most, learnt
 * in the first steps, in which node 0 is mimicked:
 *
 * <pre>
 *   mu = t/(t+1) mu + 1/(t+1) mean                                           t = 1, 2, ...
 *   z  = t/(t+1) z + 1/(t+1) u,   u = sum of (x_i - mu) &lt;x_i - mu, z&gt;, both made of length 1
 *   afterwards: the node with the largest |&lt;x_i, z&gt;|
 * </pre>
 *
 * <p>Karimireddy, He, Jaggi, ICLR 2022, arXiv 2006.09365, by Oja's method, as in MoNNA's code.
 *
 * @param learning the number of steps of learning
 */
record MimicHeuristic(int learning) implements Attack {

  MimicHeuristic {
    if (learning < 1) {
      throw new IllegalArgumentException("mimic-heuristic: learning = " + learning + ", but it must be positive");
    }
  }

  /** First mu, then z. */
  @Override
  public int memory(int d) {
    return 2 * d;
  }

  @Override
  public float[][] forge(Scene scene) {
    if (scene.step() < learning) {
      learn(scene);
      return new float[][] {scene.honest()[0].clone()};
    }
    int d = scene.length();
    int best = 0;
    double most = -1;
    for (int i = 0; i < scene.honest().length; i++) {
      double product = 0;
      for (int c = 0; c < d; c++) {
        product += (double) scene.honest()[i][c] * scene.memory()[d + c];
      }
      if (Math.abs(product) > most) {
        most = Math.abs(product);
        best = i;
      }
    }
    return new float[][] {scene.honest()[best].clone()};
  }

  private static void learn(Scene scene) {
    int d = scene.length();
    float[] memory = scene.memory();
    if (scene.step() == 0) {
      for (int c = 0; c < d; c++) {
        memory[d + c] = scene.random().nextFloat();
      }
    }
    double old = (scene.step() + 1.0) / (scene.step() + 2);
    float[] mean = scene.mean();
    for (int c = 0; c < d; c++) {
      memory[c] = (float) (old * memory[c] + (1 - old) * mean[c]);
    }
    double[] sum = new double[d];
    for (float[] x : scene.honest()) {
      double product = 0;
      for (int c = 0; c < d; c++) {
        product += ((double) x[c] - memory[c]) * memory[d + c];
      }
      for (int c = 0; c < d; c++) {
        sum[c] += product * ((double) x[c] - memory[c]);
      }
    }
    double length = length(sum);
    for (int c = 0; c < d; c++) {
      sum[c] = old * memory[d + c] + (length > 0 ? (1 - old) * sum[c] / length : 0);
    }
    double whole = length(sum);
    for (int c = 0; c < d && whole > 0; c++) {
      memory[d + c] = (float) (sum[c] / whole);
    }
  }

  private static double length(double[] vector) {
    double sum = 0;
    for (double value : vector) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  @Override
  public String toString() {
    return "mimic-heuristic(learning=" + learning + ")";
  }
}
