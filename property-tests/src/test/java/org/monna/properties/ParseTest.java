package org.monna.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.spi.RuleDefinition;

/** Rules as text: whatever the text, a rule or an IllegalArgumentException that says what is wrong. */
class ParseTest {

  private static void refused(String text, String... parts) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> Aggregators.parse(text), text);
    for (String part : parts) {
      assertTrue(refusal.getMessage().contains(part), () -> part + " is not in: " + refusal.getMessage());
    }
  }

  @Example
  void unknownNamesAreAnsweredWithTheKnownOnes() {
    refused("krumm(f=1)", "\"krumm\"", "krum(f, neighbors)", "trimmed-mean(f)", "nna(f, pivot)", "nnm(f)");
    refused("nnm(f=1) | medain", "\"medain\"", "median");
    refused("Krum(f=1)", "\"Krum\"", "krum");
    refused("krum(g=1)", "krum", "\"g\"", "f, neighbors");
    refused("median(f=1)", "median", "\"f\"", "none");
    refused("krum(F=1)", "krum", "\"F\"", "f, neighbors");
  }

  @Example
  void missingDoubledAndMeaninglessParameters() {
    refused("krum", "krum", "f");
    refused("trimmed-mean()", "trimmed-mean", "f");
    refused("krum(f=1, f=2)", "krum", "f", "twice");
    refused("krum(1)", "krum", "\"1\"", "name=value", "f, neighbors");
    refused("krum(f=)", "krum", "f = \"\"", "whole number");
    refused("krum(f=two)", "krum", "f = \"two\"", "whole number");
    refused("krum(f=1.5)", "krum", "f = \"1.5\"", "whole number");
    refused("krum(f=99999999999)", "krum", "99999999999");
    refused("krum(f=-1)", "krum", "f = -1");
    refused("krum(f=1,)", "krum");
    refused("krum(f=1, neighbors=n-)", "krum", "neighbors", "n-");
    refused("krum(f=1, neighbors=n-f-x)", "krum", "neighbors");
    refused("multi-krum(f=1, m=)", "multi-krum", "m");
    refused("nna(f=1, pivot=-1)", "nna", "pivot", "-1");
    refused("nnm(f=-2) | median", "nnm", "f = -2");
  }

  @Example
  void brokenStructure() {
    refused("", "empty");
    refused("  ", "empty");
    refused("|", "empty");
    refused("nnm(f=1) |", "empty");
    refused("| median", "empty");
    refused("nnm(f=1) || median", "empty");
    refused("krum(f=1", "parenthes");
    refused("krum f=1)", "krum f=1)");
    refused("krum(f=1))", "parenthes");
    refused("krum((f=1))", "parenthes");
    refused("krum(f=1) median", "parenthes");
    refused("(f=1)");
    refused("median | krum(f=1)", "median", "nothing can follow");
    refused("nnm(f=1)", "nnm", "pre-aggregator", "needs a rule after it");
    refused("nnm(f=1) | nnm(f=1)", "nnm", "needs a rule after it");
    assertThrows(NullPointerException.class, () -> Aggregators.parse(null));
  }

  @Example
  void spacesDoNotMatter() {
    Aggregator expected = Aggregators.parse("nnm(f=1) | krum(f=1, neighbors=n-f-2)");
    assertEquals(expected, Aggregators.parse("nnm(f=1)|krum(f=1,neighbors=n-f-2)"));
    assertEquals(expected, Aggregators.parse("  nnm ( f = 1 )  |\n\tkrum( neighbors = n - f - 2 , f=1 ) "));
    assertEquals("nnm(f=1) | krum(f=1, neighbors=n-f-2)", expected.toString());
  }

  @Example
  void defaultsAreNotWritten() {
    assertEquals("krum(f=2)", Aggregators.parse("krum(f=2, neighbors=n-f-1)").toString());
    assertEquals("multi-krum(f=2)", Aggregators.parse("multi-krum(f=2, m=n-f)").toString());
  }

  @Property(tries = 2000, seed = "20261124")
  void anyTextIsReadOrRefused(@ForAll("texts") String text) {
    readOrRefused(text);
  }

  /** True if the text is a rule. */
  private static boolean readOrRefused(String text) {
    Aggregator rule;
    try {
      rule = Aggregators.parse(text);
    } catch (IllegalArgumentException refusal) {
      assertTrue(refusal.getMessage() != null && !refusal.getMessage().isBlank());
      return false;
    }
    Aggregator again = Aggregators.parse(rule.toString());
    assertEquals(rule, again);
    assertEquals(rule.toString(), again.toString());
    return true;
  }

  /**
   * Pipelines with something changed, or changed again and again. The system properties {@code fuzz.tries} and {@code fuzz.seed} make it
   * longer and other: {@code ./mvnw -Pfuzz verify -pl property-tests -am}.
   */
  @Example
  void changedPipelinesAreReadOrRefusedAtOnce() {
    long seed = Long.getLong("fuzz.seed", 20261125);
    int tries = Integer.getInteger("fuzz.tries", 5000);
    RandomGenerator random = new SplittableRandom(seed);
    int read = 0;
    String text = "median";
    for (int i = 0; i < tries; i++) {
      // One in two begins anew; long texts do, too, so that there are many short ones.
      text = changed(random.nextBoolean() || text.length() > 2000 ? pipeline(random) : text, random);
      long begin = System.nanoTime();
      try {
        read += readOrRefused(text) ? 1 : 0;
      } catch (RuntimeException | Error e) {
        throw new AssertionError("fuzz.seed = " + seed + ", try " + i + ": \"" + text + "\"", e);
      }
      long seconds = (System.nanoTime() - begin) / 1_000_000_000;
      assertTrue(seconds < 5, text);
    }
    // Changes are small enough for some to stay rules, and large enough for some not to.
    assertTrue(read > tries / 20 && read < tries * 19 / 20, read + " of " + tries);
  }

  private static String pipeline(RandomGenerator random) {
    String text = Rules.all().get(random.nextInt(Rules.all().size())).text();
    return text.replace("%d", Integer.toString(random.nextInt(4)));
  }

  private static final List<String> PIECES =
      List.of(
          "(", ")", ",", "=", "|", " ", "-", "+", ".", "f", "m", "n", "n-f-", "f=1", "0", "1e400", "-1", "NaN", "0x1p-1074",
          "9223372036854775808", "2147483647", "\u0000", "\ud800", "\u0663", "\u00a0", "median", "nnm(f=1) | ", "...", "%d", "1d");

  /** With a part left out, doubled, moved, in another place, or in other characters. */
  private static String changed(String text, RandomGenerator random) {
    int from = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), from + random.nextInt(1 + random.nextInt(1 + text.length())));
    String before = text.substring(0, from);
    String part = text.substring(from, to);
    String after = text.substring(to);
    String piece = PIECES.get(random.nextInt(PIECES.size()));
    return switch (random.nextInt(8)) {
      case 0 -> before + after;
      case 1 -> before + part + part + after;
      case 2 -> after + part + before;
      case 3 -> before + piece + part + after;
      case 4 -> before + piece + after;
      case 5 -> before + (char) random.nextInt(1 << 16) + part + after;
      case 6 -> before + part.toUpperCase(Locale.ROOT) + after;
      default -> text;
    };
  }

  @Example
  void longPipelinesAreRefused() {
    for (int stages : new int[] {100, 100_000}) {
      String text = "nnm(f=1) | ".repeat(stages) + "median";
      refused(text, (stages + 1) + " stages", "100");
    }
    assertTrue(readOrRefused("nnm(f=1) | ".repeat(99) + "median"));
    assertTrue(readOrRefused("weights(" + "0.5, ".repeat(9_999) + "0.5) | median"));
  }

  @Provide
  Arbitrary<String> texts() {
    List<String> tokens = new ArrayList<>(List.of("(", ")", ",", "=", "|", " ", "-", "f", "m", "n", "n-f", "n-f-2"));
    tokens.addAll(List.of("0", "1", "2", "1.5", "1e400", "NaN", "2147483648", "\u00e4", "\n", "\u0000"));
    tokens.addAll(List.of("pivot", "neighbors"));
    Aggregators.known().forEach(definition -> tokens.add(definition.name()));
    Arbitrary<String> shuffled = Arbitraries.of(tokens).list().ofMaxSize(14).map(list -> String.join("", list));
    Arbitrary<String> likely =
        Combinators.combine(
                Arbitraries.of(Aggregators.known().stream().map(RuleDefinition::name).toList()),
                Arbitraries.of("f", "m", "pivot", "neighbors", "tau", "c", "s", "seed", "epsilon", "iterations"),
                Arbitraries.of("", "0", "1", "-1", "n", "n-2", "0.5", "-0.0", "1e-9", "1e999", "NaN", "Infinity"))
            .as("%s(%s=%s)"::formatted);
    return Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(30), shuffled, likely, likely.map(s -> s + "|median"));
  }

  /** Every known rule with random values of its parameters, those of them that it accepts. */
  @Property(tries = 500, seed = "20261124")
  void textOfEveryRuleMakesAnEqualRule(@ForAll long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    for (RuleDefinition definition : Aggregators.known()) {
      String text = random(definition, random) + (definition.aggregator() == null ? " | median" : "");
      Aggregator rule;
      try {
        rule = Aggregators.parse(text);
      } catch (IllegalArgumentException e) {
        // A value out of the parameter's range: the message says so.
        assertTrue(e.getMessage().contains(definition.name()), e.getMessage());
        continue;
      }
      Aggregator again = Aggregators.parse(rule.toString());
      assertEquals(rule, again, text);
      assertEquals(rule.hashCode(), again.hashCode(), text);
      assertEquals(rule.toString(), again.toString());
      assertTrue(rule.toString().startsWith(definition.name()), rule.toString());
    }
  }

  private static String random(RuleDefinition definition, RandomGenerator random) {
    List<String> arguments = new ArrayList<>();
    for (String parameter : definition.parameters()) {
      if (parameter.equals(RuleDefinition.VARIADIC)) {
        random.doubles(random.nextInt(1, 5)).forEach(weight -> arguments.add(Double.toString(weight)));
      } else if (random.nextInt(4) > 0 || parameter.equals("f")) {
        arguments.add(parameter + "=" + value(random));
      }
    }
    return definition.name() + (arguments.isEmpty() ? "" : "(" + String.join(", ", arguments) + ")");
  }

  private static String value(RandomGenerator random) {
    return switch (random.nextInt(5)) {
      case 0 -> Double.toString(random.nextDouble());
      case 1 -> Double.toString(Double.longBitsToDouble(random.nextLong()));
      case 2 -> List.of("n-f", "n-f-1", "n-f-2", "n", "n-3").get(random.nextInt(5));
      default -> Integer.toString(random.nextInt(8));
    };
  }
}
