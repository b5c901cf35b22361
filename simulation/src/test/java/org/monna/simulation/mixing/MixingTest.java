package org.monna.simulation.mixing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.monna.Aggregator;
import org.monna.Engine;
import org.monna.Geometry.Need;
import org.monna.baselines.CenteredClipping;
import org.monna.simulation.data.Randomness;

class MixingTest {

  private static float[][] random(int vectors, int d) {
    RandomGenerator random = Randomness.of(1, "test", 0);
    float[][] all = new float[vectors][d];
    for (float[] vector : all) {
      for (int c = 0; c < d; c++) {
        vector[c] = (float) random.nextGaussian();
      }
    }
    return all;
  }

  private static float[][] copy(float[][] vectors, int count) {
    return Arrays.stream(vectors, 0, count).map(float[]::clone).toArray(float[][]::new);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nna(f={f})",
        "trimmed-mean(f={f})",
        "geometric-median",
        "centered-clipping(tau=2, iterations=3)",
        "nnm(f={f}) | median",
        "cge(f={f})"
      })
  void allNodesAtOnceAreEachOneOnItsOwn(String rule) {
    float[][] vectors = random(9, 20_000);
    vectors[8][7] = Float.NaN;
    List<Mixer.Node> nodes = new ArrayList<>();
    for (int node = 0; node < 8; node++) {
      // Its own, some others, and twice the last.
      int[] received = {node, (node + 1) % 8, (node + 3) % 8, (node + 4) % 8, (node + 6) % 8, 8, 8};
      nodes.add(new Mixer.Node(new RuleText(rule).forNode(2, 0), received));
    }
    float[][] forged = {vectors[8]};
    float[][] alone = copy(vectors, 8);
    try (Crew crew = new Crew(1, 1)) {
      Mixer.mix(nodes, new Survey(alone, crew), forged, crew);
    }
    float[][] together = copy(vectors, 8);
    try (Crew crew = new Crew(4, 1)) {
      Survey asked = new Survey(together, crew);
      asked.with(Need.NORMS, vectors[3]);
      Mixer.mix(nodes, asked, forged, crew);
    }
    for (int node = 0; node < 8; node++) {
      float[][] received =
          IntStream.of(nodes.get(node).received()).mapToObj(i -> vectors[i]).toArray(float[][]::new);
      float[] expected = Engine.sequential().aggregate(nodes.get(node).rule(), received);
      assertArrayEquals(expected, alone[node]);
      assertArrayEquals(expected, together[node]);
    }
  }

  /** Whoever mimics sends an honest node's very array, in which that node's own result is written. */
  @Test
  void whatIsSentMayBeForgedToo() {
    float[][] vectors = random(4, 10_000);
    List<Mixer.Node> nodes =
        IntStream.range(0, 4).mapToObj(k -> new Mixer.Node(new RuleText("mean").forNode(1, 0), new int[] {k, 4})).toList();
    float[][] mixed = copy(vectors, 4);
    try (Crew crew = new Crew(3, 1)) {
      Mixer.mix(nodes, new Survey(mixed, crew), new float[][] {mixed[0]}, crew);
    }
    for (int k = 0; k < 4; k++) {
      assertArrayEquals(Engine.sequential().aggregate(nodes.get(k).rule(), new float[][] {vectors[k], vectors[0]}), mixed[k]);
    }
  }

  /** Against the formula, in double. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void clippingAroundOneself(int iterations) {
    float[][] vectors = random(6, 50);
    double[] v = new double[50];
    for (int c = 0; c < 50; c++) {
      vectors[5][c] += 100;
      v[c] = vectors[0][c];
    }
    for (int iteration = 0; iteration < iterations; iteration++) {
      double[] step = new double[50];
      for (float[] x : vectors) {
        double square = 0;
        for (int c = 0; c < 50; c++) {
          square += (x[c] - v[c]) * (x[c] - v[c]);
        }
        double factor = square == 0 ? 0 : Math.min(1, 3 / Math.sqrt(square));
        for (int c = 0; c < 50; c++) {
          step[c] += factor * (x[c] - v[c]) / 6;
        }
      }
      for (int c = 0; c < 50; c++) {
        v[c] += step[c];
      }
    }
    Aggregator rule = new SelfCentredClipping(new CenteredClipping(3, iterations));
    float[] mixed = rule.aggregate(vectors);
    for (int c = 0; c < 50; c++) {
      assertEquals(v[c], mixed[c], 1e-5);
    }
  }

  @Test
  void rulesKnowFAndTheStep() {
    assertEquals("nna(f=3, pivot=0)", new RuleText("nna(f={f})").forNode(3, 7).toString());
    assertEquals(
        "bucketing(s=2, seed=1, round=7) | median",
        new RuleText("bucketing(s=2, seed=1, round={step}) | median").forServer(3, 7).toString());
    assertTrue(new RuleText("centered-clipping(tau=1)").forServer(1, 0) instanceof CenteredClipping);
  }

  @Test
  void aCrewDoesEverythingOnceAndTellsOfFailures() {
    try (Crew crew = new Crew(4, 1)) {
      AtomicIntegerArray done = new AtomicIntegerArray(1000);
      crew.forEach(1000, done::incrementAndGet);
      IntStream.range(0, 1000).forEach(i -> assertEquals(1, done.get(i)));
      for (int bad : new int[] {0, 500, 999}) {
        assertThrows(
            RuntimeException.class,
            () ->
                crew.forEach(
                    1000,
                    i -> {
                      if (i == bad) {
                        throw new IllegalArgumentException("bad " + i);
                      }
                    }));
      }
    }
  }
}
