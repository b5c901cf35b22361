package org.monna.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.testkit.Byzantine;
import org.monna.testkit.Claim;
import org.monna.testkit.Honest;

/**
 * The fault matrix of docs/reliability.md: every rule on every hostile input. The tables there are what these tests compute; with the system
 * property {@code reliability.write} they are written instead of compared: {@code ./mvnw verify -pl property-tests -am -Dtest=ReliabilityTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dreliability.write=true}.
 */
@Timeout(300)
class ReliabilityTest {

  private static final Path PAGE = Pages.path("docs/reliability.md");

  /** What came of one input, and how it is written. */
  private enum Outcome {
    SURVIVED("·"),
    FAR("**far**"),
    NOT_FINITE("**NaN**"),
    REFUSED("refused"),
    THREW("**threw**");

    private final String mark;

    Outcome(String mark) {
      this.mark = mark;
    }
  }

  /**
   * A row of the tables.
   *
   * @param first the rule, for an f, when the arbitrary vectors come first
   * @param last the rule when they come last: another one only where a rule has a pivot, which is the node's own vector
   */
  private record Row(String name, boolean robust, IntFunction<Aggregator> first, IntFunction<Aggregator> last) {}

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Rule rule : Rules.all()) {
      rows.add(new Row(rule.toString(), rule.has(Claim.SURVIVES), rule::make, rule::make));
    }
    // All inputs of the tables of values that take part have their last vector honest if the arbitrary ones come first.
    rows.add(
        new Row(
            "nna, of an honest node",
            true,
            f -> Aggregators.parse("nna(f=%d, pivot=%d)".formatted(f, f == 6 ? 29 : 10)),
            f -> Aggregators.parse("nna(f=%d)".formatted(f))));
    return rows;
  }

  private static Outcome outcome(Row row, List<HostileInput> inputs) {
    Outcome worst = Outcome.SURVIVED;
    for (HostileInput input : inputs) {
      for (boolean byzantineFirst : new boolean[] {true, false}) {
        Outcome outcome = outcome(byzantineFirst ? row.first : row.last, input, byzantineFirst);
        worst = outcome.compareTo(worst) > 0 ? outcome : worst;
      }
    }
    return worst;
  }

  private static Outcome outcome(IntFunction<Aggregator> make, HostileInput input, boolean byzantineFirst) {
    float[] out;
    try {
      Aggregator rule = make.apply(input.f());
      rule.need(input.n());
      out = rule.aggregate(input.vectors(byzantineFirst));
    } catch (IllegalArgumentException e) {
      return Outcome.REFUSED;
    } catch (RuntimeException e) {
      return Outcome.THREW;
    }
    double radii = input.radii(out);
    return radii <= input.radii() ? Outcome.SURVIVED : radii < Double.POSITIVE_INFINITY ? Outcome.FAR : Outcome.NOT_FINITE;
  }

  private static Outcome outcome(Row row, HostileInput.Shape shape) {
    try {
      float[] out = row.last.apply(shape.f()).aggregate(shape.vectors());
      boolean finite = IntStream.range(0, out.length).allMatch(c -> Float.isFinite(out[c]));
      return finite ? Outcome.SURVIVED : Outcome.NOT_FINITE;
    } catch (IllegalArgumentException e) {
      assertFalse(e.getMessage().isBlank());
      return Outcome.REFUSED;
    } catch (RuntimeException e) {
      return Outcome.THREW;
    }
  }

  @Test
  void recordedValues() throws IOException {
    List<List<HostileInput>> columns = new ArrayList<>(HostileInput.values().stream().map(List::of).toList());
    columns.add(new ArrayList<>());
    columns.add(new ArrayList<>());
    for (long seed = 0; seed < 3; seed++) {
      columns.get(columns.size() - 2).add(HostileInput.offsets(seed).get(0));
      columns.get(columns.size() - 1).add(HostileInput.offsets(seed).get(1));
    }
    List<String> names = new ArrayList<>();
    HostileInput.values().forEach(input -> names.add(input.name().split(" ")[0]));
    names.addAll(List.of("11/1e4", "30/100"));
    List<List<Outcome>> outcomes = check("values", names, row -> columns.stream().map(c -> outcome(row, c)).toList());

    List<Integer> robust = IntStream.range(0, rows().size()).filter(i -> rows().get(i).robust).boxed().toList();
    // Those that are refused throughout, since they need more than 11 vectors, are not counted.
    long taking = robust.stream().filter(i -> outcomes.get(i).stream().anyMatch(o -> o != Outcome.REFUSED)).count();
    long[] counts = new long[6];
    for (int i : robust) {
      for (int c = 0; c < names.size(); c++) {
        int group = List.of("d5", "i").contains(names.get(c)) ? 1 : names.get(c).contains("/") ? 2 : 0;
        Outcome outcome = outcomes.get(i).get(c);
        if (!names.get(c).equals("ctl") && outcome != Outcome.REFUSED) {
          counts[2 * group] += outcome == Outcome.SURVIVED ? 1 : 0;
          counts[2 * group + 1]++;
        }
      }
    }
    compare(
        "score",
        "| this library, all rules that state a guarantee | %d | %d/%d | %d/%d | %d/%d |\n"
            .formatted(taking, counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]));
  }

  @Test
  void recordedShapes() throws IOException {
    List<HostileInput.Shape> shapes = HostileInput.Shape.all();
    List<String> names = shapes.stream().map(shape -> shape.name().split(" ")[0]).toList();
    check("shapes", names, row -> shapes.stream().map(shape -> outcome(row, shape)).toList());
  }

  /** n = 11, f = 2, d = 8, ten times. */
  @Test
  void vectorsOfTheKit() throws IOException {
    List<String> names = Arrays.stream(Byzantine.values()).map(b -> b.name().toLowerCase(Locale.ROOT)).toList();
    List<List<HostileInput>> columns = new ArrayList<>();
    for (Byzantine byzantine : Byzantine.values()) {
      List<HostileInput> inputs = new ArrayList<>();
      for (long seed = 0; seed < 10; seed++) {
        RandomGenerator random = new SplittableRandom(seed);
        float[][] honest = Honest.AGREEING.vectors(9, 8, random);
        inputs.add(new HostileInput(byzantine.name(), 2, honest, byzantine.vectors(2, honest, random), 3));
      }
      columns.add(inputs);
    }
    check("kit", names, row -> columns.stream().map(c -> outcome(row, c)).toList());
  }

  private static List<List<Outcome>> check(
      String table, List<String> columns, Function<Row, List<Outcome>> outcomes) throws IOException {
    StringBuilder text = new StringBuilder("| rule | " + String.join(" | ", columns) + " |\n");
    text.append("|---".repeat(columns.size() + 1)).append("|\n");
    List<List<Outcome>> all = new ArrayList<>();
    for (Row row : rows()) {
      List<Outcome> of = outcomes.apply(row);
      all.add(of);
      String marks = of.stream().map(outcome -> outcome.mark).collect(Collectors.joining(" | "));
      text.append("| `%s` | %s |\n".formatted(row.name.replace("|", "\\|"), marks));
      assertFalse(of.contains(Outcome.THREW), () -> row.name + " threw what is not an IllegalArgumentException: " + of);
      assertTrue(
          !row.robust || of.stream().allMatch(outcome -> outcome == Outcome.SURVIVED || outcome == Outcome.REFUSED),
          () -> row.name + ": " + of);
    }
    compare(table, text.toString());
    return all;
  }

  /** With the part of the page between the comments that name the table. */
  private static void compare(String table, String computed) throws IOException {
    String page = Files.readString(PAGE);
    String begin = "<!-- computed: " + table + " -->\n";
    String end = "<!-- end of " + table + " -->";
    int from = page.indexOf(begin) + begin.length();
    int to = page.indexOf(end);
    assertTrue(from >= begin.length() && to >= from, () -> "no place for the table " + table + " in " + PAGE);
    if (System.getProperty("reliability.write") != null) {
      Files.writeString(PAGE, page.substring(0, from) + computed + page.substring(to));
    } else {
      assertEquals(computed, page.substring(from, to), "the table " + table + " of docs/reliability.md is of another time");
    }
  }
}
