package org.monna.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.monna.Aggregators;
import org.monna.PreAggregator;

/** What providers of rules read and check. */
class ArgumentsTest {

  private static final Arguments GIVEN =
      new Arguments("rule", Map.of("f", "2", "seed", "9007199254740993", "tau", "0.5", "m", "n-f-1", "bad", "x"), List.of());

  @Test
  void valuesThatAreGiven() {
    assertTrue(GIVEN.has("f"));
    assertFalse(GIVEN.has("g"));
    assertEquals(2, GIVEN.integer("f"));
    assertEquals(2, GIVEN.integer("f", 7));
    assertEquals(9007199254740993L, GIVEN.longInteger("seed", 1));
    assertEquals(0.5, GIVEN.number("tau"));
    assertEquals(0.5, GIVEN.number("tau", 7));
    assertEquals(new Count(1, 1, -1), GIVEN.count("m", Count.honestMinus(0)));
    assertArrayEquals(
        new double[] {1, 2.5, -3}, new Arguments("weights", Map.of(), List.of("1", "2.5", "-3")).numbers());
  }

  @Test
  void defaults() {
    assertEquals(7, GIVEN.integer("g", 7));
    assertEquals(7, GIVEN.longInteger("g", 7));
    assertEquals(7.5, GIVEN.number("g", 7.5));
    assertEquals(Count.honestMinus(0), GIVEN.count("g", Count.honestMinus(0)));
  }

  @Test
  void whatIsWrongIsNamed() {
    assertMessage("rule needs the parameter g", () -> GIVEN.integer("g"));
    assertMessage("rule needs the parameter g", () -> GIVEN.number("g"));
    assertMessage("rule: bad = \"x\" is not a whole number", () -> GIVEN.integer("bad", 1));
    assertMessage("rule: bad = \"x\" is not a whole number", () -> GIVEN.longInteger("bad", 1));
    assertMessage("rule: bad = \"x\" is not a number", () -> GIVEN.number("bad"));
    assertMessage(
        "rule: bad = \"x\" is not a number such as 7, n-2 or n-f-2", () -> GIVEN.count("bad", Count.honestMinus(0)));
  }

  @Test
  void whatIsAdmissible() {
    assertEquals(0, Admissible.f("rule", 0));
    assertEquals(3, Admissible.f("rule", 3));
    assertMessage("rule: f = -1 is negative", () -> Admissible.f("rule", -1));
    Admissible.require(true, "rule", "n > 1", 1, 2);
    assertMessage("rule needs n > 1, but n = 1 and f = 2", () -> Admissible.require(false, "rule", "n > 1", 1, 2));
    Admissible.requireMajority("rule", 5, 2);
    assertMessage("rule needs n > 2f, but n = 4 and f = 2", () -> Admissible.requireMajority("rule", 4, 2));
    // 2f is beyond an int, and would be negative.
    assertThrows(IllegalArgumentException.class, () -> Admissible.requireMajority("rule", 5, 1 << 30));
  }

  @Test
  void aDefinitionIsOfARuleOrOfAPreAggregator() {
    RuleDefinition rule =
        RuleDefinition.aggregator("rule", List.of("f", "m"), "a test", arguments -> Aggregators.parse("least"));
    assertEquals("rule(f, m)", rule.signature());
    assertTrue(rule.aggregator() != null && rule.preAggregator() == null);
    RuleDefinition step = RuleDefinition.preAggregator("step", List.of(), "a test", arguments -> (PreAggregator) null);
    assertEquals("step", step.signature());
    assertTrue(step.aggregator() == null && step.preAggregator() != null);
    assertMessage(
        "none is either a rule or a pre-aggregator", () -> new RuleDefinition("none", List.of(), "", null, null));
    assertMessage(
        "both is either a rule or a pre-aggregator",
        () -> new RuleDefinition("both", List.of(), "", rule.aggregator(), step.preAggregator()));
  }

  private static void assertMessage(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
