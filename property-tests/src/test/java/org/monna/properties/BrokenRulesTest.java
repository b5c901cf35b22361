package org.monna.properties;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.Certificate;
import org.monna.Engine;
import org.monna.Geometry;
import org.monna.Geometry.Need;
import org.monna.Guarantee;
import org.monna.Plan;
import org.monna.spi.Order;
import org.monna.testkit.Byzantine;
import org.monna.testkit.ContractChecks;
import org.monna.testkit.Honest;
import org.monna.testkit.Sample;

/**
 * The contract must fail for rules that are wrong, each in a way that was found in a published implementation, and
 * hold for their correct counterparts on the same input: a test that cannot fail proves nothing.
 */
class BrokenRulesTest {

  private static final int SAMPLES = 300;

  private interface Check {
    void run(Aggregator rule, Sample sample);
  }

  private static final Check GUARANTEES = (rule, s) -> ContractChecks.guarantees(rule, s.vectors(), s.f());
  private static final Check SURVIVES = (rule, s) -> ContractChecks.survives(rule, s.vectors(), s.honestIndices());
  private static final Check HULL = (rule, s) -> ContractChecks.hull(rule, s.vectors(), s.f());
  private static final Check PURITY = (rule, s) -> ContractChecks.purity(rule, s.vectors());
  private static final Check UNANIMITY =
      (rule, s) -> {
        float[][] vectors = s.vectors();
        float[] v = vectors[s.honestIndices()[0]];
        for (int i : s.honestIndices()) {
          vectors[i] = v.clone();
        }
        ContractChecks.unanimity(rule, vectors, v);
      };

  /** A rule as a function of the vectors, whatever it claims. */
  private record Wrong(String name, int f, IntToDoubleFunction kappa, Function function)
      implements Aggregator {

    interface Function {
      void aggregate(float[][] vectors, int f, float[] out);
    }

    @Override
    public Need need(int n) {
      return Need.NONE;
    }

    @Override
    public Plan plan(Geometry geometry) {
      throw new UnsupportedOperationException("this rule looks at the vectors themselves");
    }

    @Override
    public void aggregate(float[][] vectors, float[] out) {
      function.aggregate(vectors, f, out);
    }

    @Override
    public float[] aggregate(float[][] vectors) {
      float[] out = new float[vectors[0].length];
      function.aggregate(vectors, f, out);
      return out;
    }

    @Override
    public Certificate certificate(int n) {
      return Certificate.robust(n, f, kappa.applyAsDouble(n), "nobody");
    }

    @Override
    public String toString() {
      return name + "(f=" + f + ")";
    }
  }

  private static IntFunction<Aggregator> wrong(String name, Wrong.Function function) {
    // The kappa of the geometric median, 4 (1 + rho)^2, which is generous.
    return f -> new Wrong(name, f, n -> 4 * Math.pow((n - f) / (n - 2.0 * f), 2), function);
  }

  private static IntFunction<Aggregator> right(String text) {
    return f -> Aggregators.parse(text.replace("%d", Integer.toString(f)));
  }

  /** Asserts that the check fails for some sample; for the others it may hold. */
  private static void assertFound(IntFunction<Aggregator> rule, Check check, IntFunction<Sample> samples) {
    for (int k = 0; k < SAMPLES; k++) {
      Sample sample = samples.apply(k);
      try {
        check.run(rule.apply(sample.f()), sample);
      } catch (AssertionError e) {
        return;
      }
    }
    fail("in " + SAMPLES + " samples the contract found nothing wrong with " + rule.apply(1));
  }

  private static void assertHolds(IntFunction<Aggregator> rule, Check check, IntFunction<Sample> samples) {
    for (int k = 0; k < SAMPLES; k++) {
      Sample sample = samples.apply(k);
      check.run(rule.apply(sample.f()), sample);
    }
  }

  private static Sample any(int k) {
    RandomGenerator random = new SplittableRandom(k);
    int f = random.nextInt(1, 4);
    return Sample.random(random.nextInt(2 * f + 1, 12), f, random.nextInt(1, 20), random);
  }

  private static Sample with(int k, Honest honest, Byzantine byzantine) {
    Sample any = any(k);
    return new Sample(any.n(), any.f(), any.d(), honest, byzantine, any.seed());
  }

  private static Sample hostile(int k) {
    Byzantine[] hostile = Byzantine.hostileValues().toArray(new Byzantine[0]);
    Sample any = any(k);
    return new Sample(any.n(), any.f(), any.d(), any.honest(), hostile[k % hostile.length], any.seed());
  }

  private static double[] mean(float[][] vectors, int[] indices) {
    double[] mean = new double[vectors[0].length];
    for (int i : indices) {
      for (int c = 0; c < mean.length; c++) {
        mean[c] += vectors[i][c] / (double) indices.length;
      }
    }
    return mean;
  }

  private static void store(double[] result, float[] out) {
    for (int c = 0; c < out.length; c++) {
      out[c] = (float) result[c];
    }
  }

  private static double distance(float[] x, double[] y) {
    double sum = 0;
    for (int c = 0; c < y.length; c++) {
      sum += (x[c] - y[c]) * (x[c] - y[c]);
    }
    return Math.sqrt(sum);
  }

  private static double distance(float[] x, float[] y) {
    double sum = 0;
    for (int c = 0; c < y.length; c++) {
      sum += ((double) x[c] - y[c]) * ((double) x[c] - y[c]);
    }
    return Math.sqrt(sum);
  }

  @Test
  void meanPosingAsRobust() {
    IntFunction<Aggregator> mean = wrong("mean", (x, f, out) -> Aggregators.parse("mean").aggregate(x, out));
    for (Check check : new Check[] {GUARANTEES, UNANIMITY, HULL}) {
      assertFound(mean, check, BrokenRulesTest::any);
      assertHolds(right("trimmed-mean(f=%d)"), check, BrokenRulesTest::any);
    }
    assertFound(mean, SURVIVES, BrokenRulesTest::hostile);
    assertHolds(right("trimmed-mean(f=%d)"), SURVIVES, BrokenRulesTest::hostile);
  }

  @Test
  void comparativeGradientElimination() {
    // The mean of the n-f vectors of least norm: arbitrary vectors near zero are always kept.
    IntFunction<Aggregator> cge =
        wrong(
            "cge",
            (x, f, out) -> {
              double[] origin = new double[out.length];
              double[] norms = Arrays.stream(x).mapToDouble(v -> distance(v, origin)).toArray();
              store(mean(x, Order.smallest(norms, x.length - f)), out);
            });
    assertFound(cge, GUARANTEES, BrokenRulesTest::any);
    assertFound(cge, UNANIMITY, BrokenRulesTest::any);
  }

  @Test
  void threeSmoothedWeiszfeldStepsFromZero() {
    // What several libraries call the geometric median.
    IntFunction<Aggregator> weiszfeld =
        wrong(
            "weiszfeld",
            (x, f, out) -> {
              double[] z = new double[out.length];
              for (int step = 0; step < 3; step++) {
                double[] next = new double[z.length];
                double total = 0;
                for (float[] vector : x) {
                  double weight = 1 / Math.max(distance(vector, z), 0.1);
                  total += weight;
                  for (int c = 0; c < z.length; c++) {
                    next[c] += weight * vector[c];
                  }
                }
                for (int c = 0; c < z.length; c++) {
                  z[c] = next[c] / total;
                }
              }
              store(z, out);
            });
    assertFound(weiszfeld, GUARANTEES, BrokenRulesTest::any);
    assertFound(weiszfeld, UNANIMITY, BrokenRulesTest::any);
  }

  /** Krum on any distances, n-f-1 others, with the kappa of the one on squared distances. */
  private static IntFunction<Aggregator> krum(String name, boolean squared) {
    return f ->
        new Wrong(
            name,
            f,
            n -> 6.0 * (n - f) / (n - 2 * f),
            (x, ignored, out) -> {
              double[] scores = new double[x.length];
              for (int i = 0; i < x.length; i++) {
                float[] own = x[i];
                double[] sorted = Arrays.stream(x).mapToDouble(v -> distance(v, own)).sorted().toArray();
                for (int k = 1; k < x.length - f; k++) {
                  scores[i] += squared ? sorted[k] * sorted[k] : sorted[k];
                }
              }
              System.arraycopy(x[Order.smallest(scores)], 0, out, 0, out.length);
            });
  }

  @Test
  void krumOnDistancesThatAreNotSquared() {
    float[][] vectors = {{-1.99f}, {3}, {3}, {-1.99f}, {2}, {-1.99f}, {1}};
    assertThrows(
        AssertionError.class, () -> ContractChecks.guarantees(krum("unsquared", false).apply(3), vectors, 3));
    ContractChecks.guarantees(krum("squared", true).apply(3), vectors, 3);
    ContractChecks.guarantees(Aggregators.parse("krum(f=3)"), vectors, 3);
  }

  @Test
  void krumThatComparesScoresWithNaN() {
    // An argmin that starts from the first score keeps it if it is NaN.
    IntFunction<Aggregator> krum =
        wrong(
            "nan-krum",
            (x, f, out) -> {
              int best = 0;
              double least = Double.NaN;
              for (int i = 0; i < x.length; i++) {
                double score = 0;
                for (float[] other : x) {
                  score += distance(x[i], other);
                }
                if (i == 0 || score < least) {
                  best = i;
                  least = score;
                }
              }
              System.arraycopy(x[best], 0, out, 0, out.length);
            });
    assertFound(krum, SURVIVES, BrokenRulesTest::hostile);
    assertHolds(right("krum(f=%d)"), SURVIVES, BrokenRulesTest::hostile);
  }

  @Test
  void trimmedMeanAsSumWithoutExtremes() {
    // What is subtracted again is not gone: 1e8 in float leaves nothing of 1.
    IntFunction<Aggregator> trimmed =
        f ->
            new Wrong(
                "sum-minus-extremes",
                f,
                n -> f / (n - 2.0 * f),
                (x, ignored, out) -> {
                  float[] values = new float[x.length];
                  for (int c = 0; c < out.length; c++) {
                    float sum = 0;
                    for (int i = 0; i < values.length; i++) {
                      values[i] = x[i][c];
                      sum += values[i];
                    }
                    Arrays.sort(values);
                    for (int k = 0; k < f; k++) {
                      sum -= values[k];
                      sum -= values[values.length - 1 - k];
                    }
                    out[c] = sum / (values.length - 2 * f);
                  }
                });
    for (Check check : new Check[] {GUARANTEES, UNANIMITY, HULL}) {
      assertFound(trimmed, check, k -> with(k, Honest.AGREEING, Byzantine.OUTLIERS));
      assertHolds(right("trimmed-mean(f=%d)"), check, k -> with(k, Honest.AGREEING, Byzantine.OUTLIERS));
    }
  }

  @Test
  void trimmedMeanThatTrimsOneTooFew() {
    // int(beta n) with beta = f / n is f - 1 for some n.
    IntFunction<Aggregator> trimmed =
        f ->
            new Wrong(
                "trims-too-few",
                f,
                n -> f / (n - 2.0 * f),
                (x, ignored, out) -> Aggregators.parse("trimmed-mean(f=%d)".formatted(f - 1)).aggregate(x, out));
    assertFound(trimmed, GUARANTEES, BrokenRulesTest::any);
    assertFound(trimmed, SURVIVES, BrokenRulesTest::hostile);
  }

  @Test
  void multiKrumOnDistancesFromTheGramMatrix() {
    // |x|^2 + |y|^2 - 2 xy in float has no correct digit at an offset of 1e4.
    IntFunction<Aggregator> gram =
        f ->
            new Wrong(
                "gram-multi-krum",
                f,
                n -> 2.0 * f * (5.0 * n - 4 * f) / ((double) (n - f) * (n - 2 * f)),
                (x, ignored, out) -> {
                  int n = x.length;
                  double[] distances = new double[Geometry.pair(n, 0)];
                  for (int i = 1; i < n; i++) {
                    for (int j = 0; j < i; j++) {
                      float d = dot(x[i], x[i]) + dot(x[j], x[j]) - 2 * dot(x[i], x[j]);
                      distances[Geometry.pair(i, j)] = Math.max(0, d);
                    }
                  }
                  Geometry geometry = new Geometry(n, Need.PAIRWISE, new double[0], distances, new boolean[n]);
                  Plan plan = Aggregators.parse("multi-krum(f=%d)".formatted(f)).plan(geometry);
                  Engine.sequential().apply(plan, x, out);
                });
    IntFunction<Sample> far = k -> new Sample(11, 2, 200, Honest.FAR, Byzantine.SHIFT, k);
    assertFound(gram, GUARANTEES, far);
    assertHolds(right("multi-krum(f=%d)"), GUARANTEES, far);
  }

  private static float dot(float[] x, float[] y) {
    float sum = 0;
    for (int c = 0; c < x.length; c++) {
      sum += x[c] * y[c];
    }
    return sum;
  }

  @Test
  void boundThatNoRuleCanMeet() {
    Aggregator boastful =
        new Wrong("boastful", 2, n -> 1.0 / n, (x, f, out) -> right("trimmed-mean(f=%d)").apply(f).aggregate(x, out));
    assertThrows(AssertionError.class, () -> ContractChecks.possible(boastful, boastful.certificate(7), 7, 2));
    assertThrows(AssertionError.class, () -> ContractChecks.guarantees(boastful, new float[7][3], 2));
    Certificate half = Certificate.of(4, 2, new Guarantee.Resilience(100, "nobody"));
    assertThrows(AssertionError.class, () -> ContractChecks.possible(boastful, half, 4, 2));
  }

  @Test
  void sideEffects() {
    IntFunction<Aggregator> writes =
        wrong(
            "writes",
            (x, f, out) -> {
              Arrays.sort(x[0]);
              System.arraycopy(x[0], 0, out, 0, out.length);
            });
    IntFunction<Aggregator> accumulates =
        wrong(
            "accumulates",
            (x, f, out) -> {
              for (int c = 0; c < out.length; c++) {
                out[c] += x[0][c];
              }
            });
    float[] centre = {0};
    IntFunction<Aggregator> remembers = wrong("remembers", (x, f, out) -> Arrays.fill(out, centre[0]++));
    for (IntFunction<Aggregator> rule : List.of(writes, accumulates, remembers)) {
      assertFound(rule, PURITY, k -> with(k, Honest.GAUSSIAN, Byzantine.SHIFT));
    }
    assertTrue(centre[0] > 0);
  }

  @Test
  void dependenceOnOrderScaleAndOrigin() {
    float[][] vectors = new Sample(7, 1, 5, Honest.GAUSSIAN, Byzantine.SHIFT, 3).dyadic();
    Aggregator first = wrong("first", (x, f, out) -> System.arraycopy(x[0], 0, out, 0, out.length)).apply(1);
    int[] reversed = {6, 5, 4, 3, 2, 1, 0};
    assertThrows(AssertionError.class, () -> ContractChecks.permutation(first, vectors, reversed, false));
    Aggregator clipped =
        wrong(
                "clipped",
                (x, f, out) -> {
                  for (int c = 0; c < out.length; c++) {
                    out[c] = Math.min(x[0][c], 1f);
                  }
                })
            .apply(1);
    assertThrows(AssertionError.class, () -> ContractChecks.scaling(clipped, vectors, 8));
    float[] shift = {8, 8, 8, 8, 8};
    assertThrows(AssertionError.class, () -> ContractChecks.translation(clipped, vectors, shift));
  }

  @Test
  void meanPosingAsNearestNeighborAveraging() {
    Aggregator mean =
        new Aggregator() {
          @Override
          public Need need(int n) {
            return Need.NONE;
          }

          @Override
          public Plan plan(Geometry geometry) {
            return Aggregators.parse("mean").plan(geometry);
          }

          @Override
          public Certificate certificate(int n) {
            return Aggregators.parse("nna(f=2)").certificate(n);
          }
        };
    assertThrows(AssertionError.class, () -> mix(mean, mean));
    mix(Aggregators.parse("nna(f=2)"), null);
  }

  private static void mix(Aggregator certified, Aggregator rule) {
    Sample sample = new Sample(11, 2, 5, Honest.GAUSSIAN, Byzantine.OUTLIERS, 5);
    float[][] vectors = sample.vectors();
    int[] honest = sample.honestIndices();
    float[][] mixed = new float[honest.length][];
    for (int k = 0; k < honest.length; k++) {
      Aggregator own = rule != null ? rule : Aggregators.parse("nna(f=2, pivot=%d)".formatted(honest[k]));
      mixed[k] = own.aggregate(vectors);
    }
    ContractChecks.reduction(certified, vectors, honest, mixed);
  }
}
