package org.monna.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.Engine;
import org.monna.Geometry;
import org.monna.Mixing;
import org.monna.Pipeline;
import org.monna.PreAggregator;
import org.monna.testkit.Byzantine;
import org.monna.testkit.Exact;
import org.monna.testkit.Honest;
import org.monna.testkit.Sample;

/**
 * A pipeline, which never forms the mixed vectors, against the composition that does: every step measures and mixes
 * the vectors of the step before, in float arrays, and the rule aggregates the last ones.
 */
class PipelinesTest {

  /** Weights without a pattern: vectors that are multiples of one another would tie. */
  private static final List<String> STEPS =
      List.of(
          "nnm(f=2)",
          "nnm(f=1)",
          "arc(f=2)",
          "clipping(c=4)",
          "bucketing(s=2, seed=5, round=1)",
          "weights(1.03, 1.37, 1.91, 1.13, 0.89, 1.53, 1.29, 0.71, 1.67, 1.19, 0.97, 1.43, 1.79)");

  /** Rules whose result moves little if the vectors do, but for near ties. Krum is tried below. */
  private static final List<String> RULES =
      List.of(
          "mean",
          "median",
          "trimmed-mean(f=2)",
          "phocas(f=2)",
          "mean-around-median(f=1)",
          "geometric-median",
          "centered-clipping(tau=2.5, iterations=3)");

  private static final int N = 13;

  record Chain(List<String> steps, String rule) {

    Aggregator parse() {
      return Aggregators.parse(Stream.concat(steps.stream(), Stream.of(rule)).collect(Collectors.joining(" | ")));
    }
  }

  /** The vectors that come out of a step, formed. */
  private static float[][] mix(PreAggregator step, float[][] vectors) {
    Engine engine = Engine.sequential();
    Geometry geometry = engine.geometry(step.need(vectors.length), vectors);
    Mixing mixing = step.mixing(geometry);
    double[][] mixed = new double[mixing.rows()][vectors[0].length];
    for (int r = 0; r < mixed.length; r++) {
      for (int i = 0; i < vectors.length; i++) {
        double weight = mixing.weight(r, i);
        for (int c = 0; c < vectors[i].length && weight != 0; c++) {
          mixed[r][c] += weight * vectors[i][c];
        }
      }
    }
    float[][] rounded = new float[mixed.length][vectors[0].length];
    for (int r = 0; r < mixed.length; r++) {
      for (int c = 0; c < rounded[r].length; c++) {
        rounded[r][c] = (float) mixed[r][c];
      }
    }
    return rounded;
  }

  /** The vectors that the rule is given, and the rule. */
  private static Aggregator unfold(Aggregator rule, List<float[][]> stages) {
    while (rule instanceof Pipeline pipeline) {
      stages.add(mix(pipeline.first(), stages.get(stages.size() - 1)));
      rule = pipeline.rest();
    }
    return rule;
  }

  @Property(tries = 600, seed = "20261124")
  void pipelinesAreCompositions(@ForAll("chains") Chain chain, @ForAll("samples") Sample sample) {
    float[][] vectors = sample.vectors();
    Aggregator pipeline = chain.parse();
    if (!Rule.isDefined(pipeline, N) || ties(chain, sample)) {
      return;
    }
    List<float[][]> stages = new ArrayList<>();
    stages.add(vectors);
    Aggregator rule = unfold(pipeline, stages);
    float[][] last = stages.get(stages.size() - 1);
    float[] expected = rule.aggregate(last);
    float[] actual = pipeline.aggregate(vectors);
    double largest = 0;
    for (int i : sample.honestIndices()) {
      largest = Math.max(largest, Math.sqrt(Exact.squaredDistance(vectors[i], new float[sample.d()])));
    }
    // Rows are rounded to float in one and measured exactly to 1e-6 in the other; the geometric median stops at 1e-6.
    for (int c = 0; c < expected.length; c++) {
      int coordinate = c;
      if (Float.isFinite(expected[c])) {
        double tolerance = 2e-5 * (largest + Math.abs(expected[c]));
        assertEquals(expected[c], actual[c], tolerance, () -> pipeline + ", coordinate " + coordinate);
      } else {
        assertFalse(Float.isFinite(actual[c]), () -> pipeline + ", coordinate " + coordinate);
      }
    }
  }

  /**
   * True if near ties are to be expected, which rounding decides. Clipping makes non-finite vectors zero, from which
   * all those of the clipped norm are equally far. Nearest-neighbour mixing leaves few different vectors: the mean of
   * two is as near to the one as to the other, and what is nearest to a centre between them is a matter of luck.
   */
  private static boolean ties(Chain chain, Sample sample) {
    String steps = String.join(" ", chain.steps);
    boolean clips = steps.contains("arc") || steps.contains("clipping");
    boolean selects = !List.of("mean", "median", "trimmed-mean(f=2)", "krum(f=1)").contains(chain.rule);
    return sample.byzantine().isHostileValue() && clips
        || steps.matches(".*nnm.*bucketing.*")
        || steps.contains("nnm") && selects;
  }

  /** Krum after mixing returns one of the mixed vectors, of which the score is the least but for rounding. */
  @Property(tries = 300, seed = "20261124")
  void krumOfMixedVectorsHasTheLeastScore(@ForAll("chains") Chain chain, @ForAll("samples") Sample sample) {
    Chain withKrum = new Chain(chain.steps, "krum(f=1)");
    Aggregator pipeline = withKrum.parse();
    if (!Rule.isDefined(pipeline, N) || ties(withKrum, sample)) {
      return;
    }
    float[][] vectors = sample.vectors();
    List<float[][]> stages = new ArrayList<>();
    stages.add(vectors);
    unfold(pipeline, stages);
    float[][] mixed = stages.get(stages.size() - 1);
    float[] chosen = pipeline.aggregate(vectors);
    int neighbors = mixed.length - 2;
    double least = Double.POSITIVE_INFINITY;
    double ofChosen = Double.POSITIVE_INFINITY;
    double nearest = Double.POSITIVE_INFINITY;
    for (float[] row : mixed) {
      if (!Exact.isFinite(row)) {
        continue;
      }
      double[] distances =
          Arrays.stream(mixed)
              .mapToDouble(other -> Exact.isFinite(other) ? Exact.squaredDistance(other, row) : 1e300)
              .sorted()
              .toArray();
      double score = Arrays.stream(distances, 1, neighbors + 1).sum();
      least = Math.min(least, score);
      double distance = Exact.squaredDistance(row, chosen);
      if (distance < nearest) {
        nearest = distance;
        ofChosen = score;
      }
    }
    if (least >= 1e300) {
      // More rows are spoiled than Krum tolerates.
      return;
    }
    double largest = largestCoordinate(sample, vectors);
    double rounding = sample.d() * Math.pow(largest * 0x1p-22, 2);
    assertTrue(nearest <= rounding, pipeline + ": not one of the mixed vectors");
    assertTrue(
        ofChosen <= least * 1.0001 + 2 * neighbors * Math.sqrt(rounding * least) + rounding,
        pipeline + ": the score is " + ofChosen + ", the least is " + least);
  }

  private static double largestCoordinate(Sample sample, float[][] vectors) {
    double largest = 0;
    for (int i : sample.honestIndices()) {
      for (float value : vectors[i]) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return largest;
  }

  /** A pipeline measures once and applies once: its plan is the product of the weights. */
  @Example
  void thePlanIsOneProduct() {
    float[][] vectors = new Sample(N, 2, 5, Honest.GAUSSIAN, Byzantine.SHIFT, 1).vectors();
    Aggregator pipeline = Aggregators.parse("arc(f=2) | nnm(f=2) | bucketing(s=2, seed=1, round=0) | krum(f=1)");
    Geometry geometry = Engine.sequential().geometry(pipeline.need(N), vectors);
    Mixing mixing = pipeline.plan(geometry).mixing();
    assertEquals(1, mixing.rows());
    assertEquals(N, mixing.columns());
  }

  @Provide
  Arbitrary<Chain> chains() {
    return Combinators.combine(Arbitraries.of(STEPS).list().ofMinSize(1).ofMaxSize(3), Arbitraries.of(RULES))
        .as(Chain::new);
  }

  @Provide
  Arbitrary<Sample> samples() {
    // Nothing ties: a neighbour more or less is another result.
    Arbitrary<Honest> honest =
        Arbitraries.of(Honest.GAUSSIAN, Honest.AGREEING, Honest.TWO_CLUSTERS, Honest.ONE_OUTLIER);
    Arbitrary<Byzantine> byzantine =
        Arbitraries.of(Byzantine.SPREAD, Byzantine.ALIE, Byzantine.NAN, Byzantine.INFINITE);
    return Combinators.combine(Arbitraries.integers().between(2, 40), honest, byzantine, Arbitraries.longs())
        .as((d, good, bad, seed) -> new Sample(N, 2, d, good, bad, seed));
  }
}
