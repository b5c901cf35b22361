package org.monna.simulation.attack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.monna.simulation.attack.Scene.View;
import org.monna.simulation.data.Randomness;
import org.monna.simulation.mixing.Crew;
import org.monna.simulation.mixing.RuleText;
import org.monna.simulation.mixing.Survey;

class AttacksTest {

  private static final float[][] HONEST = {{1, 10}, {2, 10}, {3, 10}, {6, 10}};
  private static final Crew ALONE = new Crew(1, 1);

  private static Scene scene(float[][] honest, int f, String rule, long step, float[] memory) {
    List<View> views = new ArrayList<>();
    for (int i = 0; i < honest.length; i++) {
      int own = i;
      int[] heard =
          IntStream.concat(IntStream.of(i), IntStream.range(0, honest.length).filter(k -> k != own)).toArray();
      views.add(new View(heard, f, new RuleText(rule).forNode(f, step)));
    }
    return new Scene(
        new Survey(honest, ALONE),
        views,
        f,
        true,
        step,
        ALONE,
        Randomness.of(1, "attack", 0, step),
        memory,
        () -> new float[] {7, 8});
  }

  private static float[] forge(String attack, float[][] honest, int f, String rule) {
    float[][] forged = Attacks.parse(attack).forge(scene(honest, f, rule, 0, new float[0]));
    assertEquals(1, forged.length);
    return forged[0];
  }

  private static float[][] random(int vectors, int d, double offset) {
    RandomGenerator random = Randomness.of(1, "test", vectors);
    float[][] all = new float[vectors][d];
    for (float[] vector : all) {
      for (int c = 0; c < d; c++) {
        vector[c] = (float) (offset + random.nextGaussian());
      }
    }
    return all;
  }

  /** On a sparse graph nobody may hear all Byzantine nodes; the mean of all vectors is zero nevertheless. */
  @Test
  void scaledSignFlippingIsByAllAttackers() {
    Scene all = scene(HONEST, 1, "mean", 0, new float[0]);
    Scene sparse =
        new Scene(
            all.survey(), all.views(), 2, false, 0, ALONE, all.random(), all.memory(), all.mislabelled());
    assertArrayEquals(new float[] {-6, -20}, Attacks.parse("scaled-sign-flipping").forge(sparse)[0]);
  }

  @Test
  void formulas() {
    double deviation = Math.sqrt(14 / 3.0);
    assertArrayEquals(new float[] {-3, -10}, forge("sign-flipping", HONEST, 1, "mean"));
    assertArrayEquals(new float[] {-6, -20}, forge("scaled-sign-flipping", HONEST, 2, "mean"));
    assertArrayEquals(new float[] {-1.5f, -5}, forge("scaled-sign-flipping(scale=0.5)", HONEST, 2, "mean"));
    assertArrayEquals(new float[] {-6, -20}, forge("ipm(tau=2)", HONEST, 1, "mean"));
    assertArrayEquals(new float[] {-6, -20}, forge("foe(z=3)", HONEST, 1, "mean"));
    assertArrayEquals(new float[] {(float) (3 + 2 * deviation), 10}, forge("alie(z=2)", HONEST, 1, "mean"), 1e-6f);
    assertArrayEquals(new float[] {3, 10}, forge("mimic(node=2)", HONEST, 1, "mean"));
    assertArrayEquals(new float[] {1, 10}, forge("mimic-heuristic", HONEST, 1, "mean", new float[4]));
    assertArrayEquals(new float[] {7, 8}, forge("label-flipping", HONEST, 1, "mean"));
    assertArrayEquals(new float[] {Float.NaN, Float.NaN}, forge("nan", HONEST, 1, "mean"));
    assertArrayEquals(
        new float[] {Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY}, forge("infinity", HONEST, 1, "mean"));
    assertArrayEquals(new float[2], forge("zero", HONEST, 1, "mean"));
    // 3 - gamma s is 5, the diameter, from the farthest honest vector: 6 - 5 = 1.
    assertArrayEquals(new float[] {1, 10}, forge("min-max", HONEST, 1, "mean"), 1e-5f);
  }

  private static float[] forge(String attack, float[][] honest, int f, String rule, float[] memory) {
    return Attacks.parse(attack).forge(scene(honest, f, rule, 0, memory))[0];
  }

  @Test
  void dissensionSendsEachNodeAway() {
    float[][] forged = Attacks.parse("dissension(z=2)").forge(scene(HONEST, 1, "mean", 0, new float[0]));
    // Node 0: 1 + 2 ((1-2) + (1-3) + (1-6)) = -15; node 3: 6 + 2 (5 + 4 + 3) = 30.
    assertEquals(4, forged.length);
    assertArrayEquals(new float[] {-15, 10}, forged[0]);
    assertArrayEquals(new float[] {30, 10}, forged[3]);
  }

  @Test
  void gaussianNoiseHasItsDeviation() {
    float[] noise = forge("gaussian(sd=3)", new float[2][20_000], 1, "mean");
    double squares = 0;
    for (float value : noise) {
      squares += value * value;
    }
    assertEquals(3, Math.sqrt(squares / noise.length), 0.1);
  }

  @Test
  void minMaxIsAsFarAsTheDiameter() {
    float[][] honest = random(9, 200, 1);
    float[] forged = forge("min-max", honest, 2, "mean");
    double diameter = 0;
    double farthest = 0;
    for (float[] a : honest) {
      farthest = Math.max(farthest, distance(a, forged));
      for (float[] b : honest) {
        diameter = Math.max(diameter, distance(a, b));
      }
    }
    assertEquals(diameter, farthest, 1e-4 * diameter);
    assertTrue(distance(forged, forge("alie(z=0)", honest, 2, "mean")) > 0.1 * diameter);
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int c = 0; c < a.length; c++) {
      sum += ((double) a[c] - b[c]) * ((double) a[c] - b[c]);
    }
    return Math.sqrt(sum);
  }

  /** Most of the spread is along coordinate 1, in which node 5 is the farthest from zero. */
  @Test
  void theHeuristicFindsWhoStandsOut() {
    float[][] honest = random(8, 6, 0);
    for (int i = 0; i < 8; i++) {
      honest[i][1] = i == 5 ? -100 : 10 * i;
    }
    Attack attack = Attacks.parse("mimic-heuristic(learning=20)");
    float[] memory = new float[attack.memory(6)];
    for (int step = 0; step < 20; step++) {
      assertArrayEquals(honest[0], attack.forge(scene(honest, 2, "mean", step, memory))[0]);
    }
    assertArrayEquals(honest[5], attack.forge(scene(honest, 2, "mean", 20, memory))[0]);
    float[] direction = Arrays.copyOfRange(memory, 6, 12);
    assertEquals(1, distance(direction, new float[6]), 1e-5);
    assertEquals(1, Math.abs(direction[1]), 0.01);
  }

  @Test
  void alieGoesAsFarAsTheSearchAgainstAnAverage() {
    // 15 steps upwards after 0, each twice the one before: 2^15 - 1.
    assertEquals((float) (3 + 32767 * Math.sqrt(14 / 3.0)), forge("alie", HONEST, 1, "mean")[0], 0.1f);
  }

  /** By aggregating: all nodes' results, averaged, minus the honest mean. */
  private static double direct(Scene scene, float[] base, float[] direction, double z) {
    double[] outcome = new double[base.length];
    float[] forged = scene.along(base, direction, z);
    for (View view : scene.views()) {
      float[][] rows = new float[view.honest().length + view.byzantine()][];
      Arrays.fill(rows, forged);
      for (int k = 0; k < view.honest().length; k++) {
        rows[k] = scene.honest()[view.honest()[k]];
      }
      float[] mixed = view.rule().aggregate(rows);
      for (int c = 0; c < outcome.length; c++) {
        outcome[c] += mixed[c] / (double) scene.views().size();
      }
    }
    double sum = 0;
    for (int c = 0; c < outcome.length; c++) {
      double mean = 0;
      for (float[] vector : scene.honest()) {
        mean += vector[c] / (double) scene.honest().length;
      }
      sum += (outcome[c] - mean) * (outcome[c] - mean);
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mean",
        "nna(f={f})",
        "trimmed-mean(f={f})",
        "median",
        "geometric-median",
        "krum(f={f})",
        "multi-krum(f={f})",
        "centered-clipping(tau=12, iterations=3)",
        "centered-clipping(tau=12)",
        "smea(f={f})",
        "nnm(f={f}) | trimmed-mean(f={f})",
        "nnm(f={f}) | krum(f={f})",
        "clipping(c=20) | mean",
        "arc(f={f}) | nna(f={f})",
        // Everybody has its own vector first, so that each has another choice of buckets and other weights.
        "bucketing(s=2, seed=1, round={step}) | median",
        "bucketing(s=2, seed=1, round={step}) | krum(f={f})",
        "weights(5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1) | median"
      })
  void harmFollowsFromTheGeometry(String rule) {
    float[][] honest = random(11, 400, 0.5);
    Scene scene = scene(honest, 3, rule, 0, new float[0]);
    float[] mean = scene.mean();
    float[] deviation = scene.spread().deviation();
    float[] back = scene.along(new float[mean.length], mean, -1);
    for (float[] direction : List.of(deviation, back)) {
      WorstFactor factor = new WorstFactor(scene, scene.views(), mean, direction);
      for (double z : new double[] {0.3, 1, 1.7, 4, 31}) {
        double expected = direct(scene, mean, direction, z);
        assertEquals(expected, factor.harm(z), 1e-3 * expected + 1e-4, "z = " + z);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"alie, nna(f={f})", "foe, trimmed-mean(f={f})", "ipm, geometric-median", "alie, median"})
  void theSearchFindsAboutTheWorstFactor(String attack, String rule) {
    float[][] honest = random(13, 100, 1);
    Scene scene = scene(honest, 3, rule, 0, new float[0]);
    float[] mean = scene.mean();
    float[] base = attack.equals("ipm") ? new float[100] : mean;
    float[] direction =
        attack.equals("alie") ? scene.spread().deviation() : scene.along(new float[100], mean, -1);
    float[] forged = forge(attack, honest, 3, rule);
    double found = (forged[0] - (double) base[0]) / direction[0];
    double worst = 0;
    for (double z = 0; z < 10; z += 0.02) {
      worst = Math.max(worst, direct(scene, base, direction, z));
    }
    assertTrue(direct(scene, base, direction, found) > 0.9 * worst, found + " against " + worst);
  }

  /** More coordinates than the sample holds: coordinate-wise rules are searched on a part of them. */
  @Test
  void aSampleOfCoordinatesIsEnough() {
    float[][] honest = random(7, 100_000, 0.2);
    Scene scene = scene(honest, 2, "trimmed-mean(f=2)", 0, new float[0]);
    float[] mean = scene.mean();
    float[] deviation = scene.spread().deviation();
    WorstFactor factor = new WorstFactor(scene, scene.views(), mean, deviation);
    for (double z : new double[] {0.5, 1.5}) {
      double expected = direct(scene, mean, deviation, z);
      assertEquals(expected, factor.harm(z), 0.03 * expected);
    }
  }

  @Test
  void notANumberIsNoHarm() {
    float[][] honest = random(7, 10, 0);
    honest[3][2] = Float.NaN;
    assertEquals(10, forge("alie", honest, 2, "nna(f=2)").length);
    assertEquals(10, forge("foe", honest, 2, "median").length);
    assertEquals(10, forge("min-max", honest, 2, "mean").length);
  }

  @Test
  void lineSearchFindsASingleHill() {
    for (double top : new double[] {0, 0.3, 1, 2.5, 40, 300}) {
      double found = LineSearch.maximize(x -> -Math.abs(x - top), 40);
      assertEquals(top, found, 0.02 * top + 0.02);
    }
    assertEquals(0, LineSearch.maximize(x -> Double.NaN, 16));
  }

  @Test
  void everyAttackIsReadBackFromItsText() {
    for (AttackDefinition definition : Attacks.known()) {
      Attack attack = Attacks.parse(definition.name());
      assertEquals(attack, Attacks.parse(attack.toString()));
    }
    assertEquals(new ALittleIsEnough(OptionalDouble.of(1.5)), Attacks.parse(" alie( z = 1.5 ) "));
  }

  @Test
  void attacksOfOthersAreFound() {
    assertEquals(new OwnAttacks.Own(3), Attacks.parse("own(number=3)"));
    assertEquals(new OwnAttacks.Own(7), Attacks.parse("own"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          rumours          ~ unknown attack "rumours"; known are none, sign-flipping, scaled-sign-flipping(scale), alie(z)
          alie(2)          ~ alie has no parameter "2"; its form is alie(z)
          alie(zz=2)       ~ alie has no parameter "zz=2"; its form is alie(z)
          alie(z=1, z=2)   ~ alie: z is given twice
          alie(z=two)      ~ alie: z = "two" is not a number
          mimic(node=-1)   ~ mimic: there is no honest node -1
          alie(z=1         ~ "alie(z=1" is not an attack
          """)
  void wrongNamesAreToldInASentence(String text, String message) {
    String told = assertThrows(IllegalArgumentException.class, () -> Attacks.parse(text)).getMessage();
    assertTrue(told.startsWith(message), told);
  }
}
