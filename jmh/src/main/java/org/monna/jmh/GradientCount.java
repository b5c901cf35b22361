package org.monna.jmh;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.monna.Aggregator;

/**
 * Collaborative learning of an {@link Objective} by n nodes without a server, f of them Byzantine, as in MoNNA's experiments
 * (arXiv 2209.10931), counting the gradients that a node computes, one a step.
 *
 * <p>In a step an honest node computes a stochastic gradient at its own model, updates its momentum {@code m = beta m + (1 - beta) g}
 * and makes the local step {@code x - rate m}. It obtains n-f models, its own, those of n-2f-1 other honest nodes drawn anew, and f
 * times the forged one, and has the rule's result as its next model.
 */
final class GradientCount {

  /** The forged model is searched for anew after so many steps. */
  private static final int SEARCH = 10;

  /** The outcomes that the attacker tries are those of so many nodes. */
  private static final int VICTIMS = 3;

  /** The accuracy is averaged over so many steps. */
  static final int WINDOW = 50;

  private static final double DISTANCE = 1.2;

  private final Aggregator rule;
  private final Objective objective;
  private final int f;
  private final double rate;
  private final double beta;
  private final ForgedModel attack;
  private final RandomGenerator random;
  private final float[][] models;
  private final float[][] momenta;
  private final float[][] sent;
  private final float[][] received;
  private final int[] others;
  private final float[] gradient;
  private final float[] outcome;
  private final double[] mean;
  private final double[] deviation;
  private final double[] slope;
  private final double[] direction;
  private final double[] harm;
  private double factor;

  /** @param beta of the momentum; 0 for none */
  GradientCount(
      Aggregator rule, Objective objective, int n, int f, double rate, double beta, ForgedModel attack, long seed) {
    this.rule = rule;
    this.objective = objective;
    this.f = f;
    this.rate = rate;
    this.beta = beta;
    this.attack = attack;
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int d = objective.d();
    models = new float[n - f][d];
    for (float[] model : models) {
      for (int c = 0; c < d; c++) {
        model[c] = (float) (1 + (c % 2 == 0 ? DISTANCE : -DISTANCE));
      }
    }
    momenta = new float[n - f][d];
    sent = new float[n - f][d];
    received = new float[n - f][];
    others = new int[n - f - 1];
    gradient = new float[d];
    outcome = new float[d];
    mean = new double[d];
    deviation = new double[d];
    slope = new double[d];
    direction = new double[d];
    harm = new double[d];
  }

  /**
   * The number of steps until ||grad Q||^2 at the mean of the honest models, averaged over the last {@link #WINDOW} steps, is at most
   * {@code accuracy}; {@code most} + 1 if it is not by then.
   */
  int until(double accuracy, int most) {
    double[] window = new double[WINDOW];
    double sum = 0;
    for (int step = 1; step <= most; step++) {
      step(step);
      double norm = squaredGradientNorm();
      sum += norm - window[step % WINDOW];
      window[step % WINDOW] = norm;
      if (step >= WINDOW && sum <= accuracy * WINDOW) {
        return step;
      }
    }
    return most + 1;
  }

  private void step(int step) {
    for (int i = 0; i < models.length; i++) {
      objective.gradient(i, models[i], random, gradient);
      for (int c = 0; c < gradient.length; c++) {
        momenta[i][c] = (float) (beta * momenta[i][c] + (1 - beta) * gradient[c]);
        sent[i][c] = models[i][c] - (float) rate * momenta[i][c];
      }
    }
    float[] forged = f == 0 ? new float[0] : forge((step - 1) % SEARCH == 0);
    for (int i = 0; i < models.length; i++) {
      receive(i, forged);
      rule.aggregate(received, models[i]);
    }
  }

  private void receive(int node, float[] forged) {
    received[0] = sent[node];
    for (int k = 0; k < others.length; k++) {
      others[k] = k < node ? k : k + 1;
    }
    int honest = models.length - f;
    for (int k = 1; k < honest; k++) {
      int drawn = k - 1 + random.nextInt(others.length - k + 1);
      received[k] = sent[others[drawn]];
      others[drawn] = others[k - 1];
    }
    Arrays.fill(received, honest, received.length, forged);
  }

  private float[] forge(boolean search) {
    int d = mean.length;
    means(sent);
    for (int c = 0; c < d; c++) {
      double squares = 0;
      for (float[] vector : sent) {
        squares += (vector[c] - mean[c]) * (vector[c] - mean[c]);
      }
      deviation[c] = Math.sqrt(squares / sent.length);
    }
    objective.meanGradient(mean, slope);
    attack.direction(mean, deviation, slope, direction);
    if (search) {
      factor = attack.factor(this::harm);
    }
    return forged(factor);
  }

  private float[] forged(double z) {
    float[] forged = new float[mean.length];
    for (int c = 0; c < forged.length; c++) {
      forged[c] = (float) (mean[c] + z * direction[c]);
    }
    return forged;
  }

  /** How far the mean outcome of some nodes is from the honest mean. */
  private double harm(double z) {
    float[] forged = forged(z);
    Arrays.fill(harm, 0);
    for (int k = 0; k < VICTIMS; k++) {
      receive(k * models.length / VICTIMS, forged);
      rule.aggregate(received, outcome);
      for (int c = 0; c < harm.length; c++) {
        harm[c] += outcome[c];
      }
    }
    double squares = 0;
    for (int c = 0; c < harm.length; c++) {
      double shift = harm[c] / VICTIMS - mean[c];
      squares += shift * shift;
    }
    return squares;
  }

  private void means(float[][] vectors) {
    for (int c = 0; c < mean.length; c++) {
      double sum = 0;
      for (float[] vector : vectors) {
        sum += vector[c];
      }
      mean[c] = sum / vectors.length;
    }
  }

  private double squaredGradientNorm() {
    means(models);
    objective.meanGradient(mean, slope);
    return Arrays.stream(slope).map(s -> s * s).sum();
  }
}
