package org.monna.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.testkit.Claim;

/** Every robust rule returns a finite vector near the honest mean on every hostile input, and those that are not robust do not. */
class HostileTest {

  @TestFactory
  Stream<DynamicTest> everyRobustRuleSurvives() {
    List<HostileInput> cases = new ArrayList<>(HostileInput.values());
    for (long seed = 0; seed < 3; seed++) {
      cases.addAll(HostileInput.offsets(seed));
    }
    List<DynamicTest> tests = new ArrayList<>();
    for (Rule rule : Rules.all()) {
      if (rule.has(Claim.SURVIVES)) {
        for (HostileInput hostile : cases) {
          if (hostile.n() >= rule.fewest(hostile.f())) {
            tests.add(dynamicTest(rule + ": " + hostile, () -> survives(rule.make(hostile.f()), hostile)));
          }
        }
      }
    }
    for (HostileInput hostile : cases) {
      tests.add(dynamicTest("nna, of an honest node: " + hostile, () -> nodeSurvives(hostile)));
    }
    return tests.stream();
  }

  private static void survives(Aggregator rule, HostileInput hostile) {
    for (boolean byzantineFirst : new boolean[] {true, false}) {
      assertNear(rule, hostile, hostile.vectors(byzantineFirst));
    }
  }

  private static void nodeSurvives(HostileInput hostile) {
    int last = hostile.n() - 1;
    assertNear(Aggregators.parse("nna(f=%d)".formatted(hostile.f())), hostile, hostile.vectors(false));
    Aggregator pivoted = Aggregators.parse("nna(f=%d, pivot=%d)".formatted(hostile.f(), last));
    assertNear(pivoted, hostile, hostile.vectors(true));
  }

  private static void assertNear(Aggregator rule, HostileInput hostile, float[][] vectors) {
    float[][] copies = Arrays.stream(vectors).map(float[]::clone).toArray(float[][]::new);
    float[] out = rule.aggregate(vectors);
    double radii = hostile.radii(out);
    assertTrue(
        radii <= hostile.radii(),
        () -> "%s: %s honest radii away: %s".formatted(rule, radii, Arrays.toString(out)));
    for (int i = 0; i < vectors.length; i++) {
      assertArrayEquals(bits(copies[i]), bits(vectors[i]), rule + " changed its input " + i);
    }
  }

  private static int[] bits(float[] vector) {
    int[] bits = new int[vector.length];
    Arrays.setAll(bits, c -> Float.floatToRawIntBits(vector[c]));
    return bits;
  }

  /**
   * Rules that are not robust, why, and a recorded case by which they must fail: were they to survive, they would not
   * be that rule.
   */
  private static final Map<String, List<String>> NOT_ROBUST =
      Map.of(
          "mean", List.of("one NaN reaches the sum", "a", "b", "c1", "d1", "d4"),
          "cge(f=2)", List.of("of vectors of small norm nobody says that they are near", "d5"),
          "centered-clipping(tau=1)", List.of("from a centre far away a step of 1 does not arrive", "a", "d4", "d5"),
          "clipping(c=1) | median", List.of("honest vectors longer than 1 are moved", "a", "d5"));

  @TestFactory
  Stream<DynamicTest> rulesThatAreNotRobustFail() {
    return NOT_ROBUST.entrySet().stream()
        .map(
            entry ->
                dynamicTest(
                    entry.getKey() + ": " + entry.getValue().get(0),
                    () -> {
                      List<String> failing = entry.getValue().subList(1, entry.getValue().size());
                      int found = 0;
                      for (HostileInput hostile : HostileInput.values()) {
                        if (failing.contains(hostile.name().split(" ")[0])) {
                          float[] out = Aggregators.parse(entry.getKey()).aggregate(hostile.vectors(true));
                          assertFalse(hostile.radii(out) <= 3, hostile.name());
                          found++;
                        }
                      }
                      assertTrue(found >= failing.size(), () -> "some of these are no recorded cases: " + failing);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> shapesGiveAResultOrANamedException() {
    List<DynamicTest> tests = new ArrayList<>();
    for (HostileInput.Shape shape : HostileInput.Shape.all()) {
      for (Rule rule : Rules.all()) {
        tests.add(dynamicTest(rule + ": " + shape.name(), () -> shape(rule, shape)));
      }
    }
    return tests.stream();
  }

  private static void shape(Rule rule, HostileInput.Shape shape) {
    int f = shape.f();
    float[][] vectors = shape.vectors();
    boolean wellFormed = shape.wellFormed();
    boolean takesF = rule.text().contains("%d");
    boolean defined = wellFormed && (!takesF || f >= 0 && Rule.isDefined(rule.make(f), vectors.length));
    if (!defined) {
      assertFalse(wellFormed && f >= 0 && vectors.length >= rule.fewest(f), "this is admissible");
      IllegalArgumentException refusal =
          assertThrows(IllegalArgumentException.class, () -> rule.make(f).aggregate(vectors));
      String message = refusal.getMessage();
      // One of the stages of a pipeline.
      Stream<String> names = Arrays.stream(rule.text().split(" [|] ")).map(s -> s.replaceFirst("[(].*", ""));
      assertTrue(names.anyMatch(message::contains), message);
      assertTrue(wellFormed || message.matches("(?s).*(n = 0|d = 0|has length \\d+).*"), message);
      assertTrue(!wellFormed || message.contains("f = " + f), message);
      return;
    }
    float[] out = rule.make(f).aggregate(vectors);
    // With nobody arbitrary and all in the hull; loose, since other tests are about values.
    double largest = 0;
    for (float[] vector : vectors) {
      for (float value : vector) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    for (float value : out) {
      assertTrue(Math.abs(value) <= largest * 1.000001, Arrays.toString(out));
    }
    if (Arrays.stream(vectors).allMatch(v -> Arrays.equals(v, vectors[0]))) {
      assertArrayEquals(vectors[0], out, (float) (1e-6 * largest));
    }
  }
}
