package org.monna.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.monna.Aggregators;

class GradientOverheadTest {

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** The loss as its formula says, which the gradient is compared with by differences. */
  private static double loss(double u) {
    return u * u / (1 + u * u);
  }

  @Test
  void gradientOfAHomogeneousObjectiveIsThatOfItsLoss() {
    Objective objective = new Objective(3, 5, 0, random(1));
    double[] x = {1, 1.4, 3, -1, 0.7};
    double[] gradient = new double[5];
    objective.meanGradient(x, gradient);
    for (int c = 0; c < x.length; c++) {
      double u = x[c] - 1;
      assertEquals((loss(u + 1e-5) - loss(u - 1e-5)) / 2e-5, gradient[c], 1e-5);
    }
    assertEquals(0, objective.heterogeneity(), 1e-12);
  }

  @Test
  void slopesDifferByAtMostTheSmoothness() {
    Objective objective = new Objective(2, 1, 0, random(1));
    double[] low = new double[1];
    double[] high = new double[1];
    double steepest = 0;
    double shallowest = 0;
    for (double x = -4; x < 6; x += 0.01) {
      objective.meanGradient(new double[] {x}, low);
      objective.meanGradient(new double[] {x + 0.01}, high);
      steepest = Math.max(steepest, (high[0] - low[0]) / 0.01);
      shallowest = Math.min(shallowest, (high[0] - low[0]) / 0.01);
    }
    assertEquals(Objective.SMOOTHNESS, steepest, 0.01);
    assertEquals(-0.5, shallowest, 0.01);
  }

  /** Gradients of the nodes differ by no more than the constant says, and their noise has variance 1 in each coordinate. */
  @Test
  void constantsHold() {
    int nodes = 6;
    int d = 400;
    Objective objective = new Objective(nodes, d, 0.3, random(2));
    float[] x = new float[d];
    float[] gradient = new float[d];
    double[] mean = new double[d];
    double[] wide = new double[d];
    for (float at : new float[] {-1, 0.5f, 1, 1.3f, 2.5f}) {
      Arrays.fill(x, at);
      Arrays.fill(wide, at);
      objective.meanGradient(wide, mean);
      double squares = 0;
      for (int i = 0; i < nodes; i++) {
        objective.gradient(i, x, random(3), gradient);
        for (int c = 0; c < d; c++) {
          squares += (gradient[c] - mean[c]) * (gradient[c] - mean[c]) / nodes;
        }
      }
      double noise = d;
      assertTrue(squares < noise * 1.25 + objective.heterogeneity(), "squares " + squares);
      assertTrue(squares > noise * 0.75, "squares " + squares);
    }
  }

  private static int steps(String rule, int f, ForgedModel attack) {
    return new GradientCount(Aggregators.parse(rule), new Objective(11 - f, 6, 0.03, random(4)), 11, f, 0.01, 0.92, attack, 5)
        .until(0.1, 1000);
  }

  @Test
  void withoutByzantineNodesNnaIsTheMean() {
    int mean = steps("mean", 0, ForgedModel.FOE);
    assertEquals(mean, steps("nna(f=0)", 0, ForgedModel.FOE));
    assertTrue(mean > GradientCount.WINDOW && mean < 1000, "steps " + mean);
  }

  @Test
  void attacksStopTheMeanButNotMoNNA() {
    assertEquals(1001, steps("mean", 1, ForgedModel.SIGN_FLIP));
    for (ForgedModel attack : ForgedModel.values()) {
      int monna = steps("nna(f=1)", 1, attack);
      assertTrue(monna <= 1000, () -> attack + " stops MoNNA");
      assertEquals(monna, steps("nna(f=1)", 1, attack), "the same seed, the same count");
    }
  }

  @Test
  void theBestRateIsSearchedFor() {
    GradientOverhead.Count many = GradientOverhead.best(GradientOverhead.Method.MONNA, 12, 0, 2);
    GradientOverhead.Count few = GradientOverhead.best(GradientOverhead.Method.MONNA, 3, 0, 2);
    assertTrue(few.mean() > many.mean() && few.rate() < many.rate(), () -> few + " of 3 nodes, " + many + " of 12");
  }

  @Test
  void directionsAreAsLongAsTheSpread() {
    double[] mean = {3, -4};
    double[] deviation = {0.6, 0.8};
    double[] gradient = {-1, 1};
    double[] out = new double[2];
    ForgedModel.ALIE.direction(mean, deviation, gradient, out);
    assertEquals(0.6, out[0], 1e-12);
    ForgedModel.UPHILL.direction(mean, deviation, gradient, out);
    assertEquals(-0.6, out[0], 1e-12);
    assertEquals(0.8, out[1], 1e-12);
    ForgedModel.FOE.direction(mean, deviation, gradient, out);
    assertEquals(-0.6, out[0], 1e-12);
    assertEquals(0.8, out[1], 1e-12);
    ForgedModel.SIGN_FLIP.direction(mean, deviation, gradient, out);
    assertEquals(-6, out[0], 1e-12);
    assertEquals(2, ForgedModel.ALIE.factor(z -> -Math.abs(z - 2.1)));
  }
}
