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

  /** Without noise worth mentioning in the mean of many nodes, and without attackers, the rule is the mean. */
  @Test
  void withoutByzantineNodesNnaIsTheMean() {
    int[] counts =
        Arrays.stream(new String[] {"mean", "nna(f=0)"})
            .mapToInt(
                rule ->
                    new GradientCount(
                            Aggregators.parse(rule), new Objective(8, 6, 0.03, random(4)), 8, 0, 0.02, 0.8, ForgedModel.FOE, 5)
                        .until(0.2, 2000))
            .toArray();
    assertEquals(counts[0], counts[1]);
    assertTrue(counts[0] > GradientCount.WINDOW && counts[0] < 2000, "steps " + counts[0]);
  }

  @Test
  void attackStopsTheMeanButNotMoNNA() {
    assertTrue(Double.isNaN(GradientOverhead.best(GradientOverhead.Method.D_SGD, 11, 1, 1).mean()));
    GradientOverhead.Count monna = GradientOverhead.best(GradientOverhead.Method.MONNA, 11, 1, 1);
    GradientOverhead.Count honest = GradientOverhead.best(GradientOverhead.Method.MONNA, 11, 0, 1);
    assertTrue(monna.mean() >= honest.mean(), () -> monna + " against " + honest);
  }

  @Test
  void sameSeedSameCounts() {
    assertEquals(
        GradientOverhead.best(GradientOverhead.Method.MONNA, 11, 1, 2), GradientOverhead.best(GradientOverhead.Method.MONNA, 11, 1, 2));
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
