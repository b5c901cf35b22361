package org.monna.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.monna.Aggregators;
import org.monna.spi.RuleDefinition;

/**
 * The rules against results of other implementations in double precision: ByzFL and literal definitions, as each case
 * says.
 *
 * <p>Differences are relative to the largest coordinate of the expected result. Rules that are a formula end with one
 * rounding to float, of 6e-8, and mixed rows with another: 5e-7 is allowed. Rules that search for an optimum or an
 * eigenvector stop when they are good enough, and those that clip repeatedly read measured distances: 2e-5.
 */
class GoldenTest {

  private static final double FORMULA = 1e-6;
  private static final double SEARCH = 2e-5;
  private static final Set<String> SEARCHES = Set.of("geometric-median", "caf", "smea", "centered-clipping");

  /** The number of recorded cases: none may go missing. */
  private static final int CASES = 447;

  private record Cases(List<Case> cases) {}

  private record Case(String rule, String source, float[][] vectors, double[] expected) {}

  @Test
  void everyCaseIsReproduced(TestReporter reporter) {
    List<Case> cases = Recorded.read("/golden/aggregation-cases.json.gz", Cases.class).cases;
    assertEquals(CASES, cases.size(), "the file of the cases is not complete");
    Set<String> known = Aggregators.known().stream().map(RuleDefinition::name).collect(Collectors.toSet());
    Map<String, Integer> ran = new TreeMap<>();
    Set<String> missing = new TreeSet<>();
    StringBuilder failures = new StringBuilder();
    for (Case recorded : cases) {
      List<String> names = Arrays.stream(recorded.rule.split("\\|")).map(s -> s.strip().replaceFirst("\\(.*", "")).toList();
      if (known.containsAll(names)) {
        ran.merge(String.join(" | ", names), 1, Integer::sum);
        failures.append(compare(recorded, names));
      } else {
        names.stream().filter(name -> !known.contains(name)).forEach(missing::add);
      }
    }
    int count = ran.values().stream().mapToInt(Integer::intValue).sum();
    reporter.publishEntry("golden cases", count + " of " + CASES + ": " + ran);
    assertTrue(failures.isEmpty(), failures::toString);
    assertEquals(Set.of(), missing, "rules of recorded cases that nobody provides");
    assertEquals(CASES, count);
  }

  private static String compare(Case recorded, List<String> names) {
    double[] expected = recorded.expected;
    float[] out = Aggregators.parse(recorded.rule).aggregate(recorded.vectors);
    double scale = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    double worst = 0;
    for (int c = 0; c < expected.length; c++) {
      double difference = Math.abs(out[c] - expected[c]) / scale;
      worst = Math.max(worst, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
    }
    double allowed = names.stream().anyMatch(SEARCHES::contains) ? SEARCH : FORMULA;
    return worst <= allowed
        ? ""
        : "%n%s, n = %d, d = %d (%s): off by %.3g of the largest coordinate%n"
            .formatted(recorded.rule, recorded.vectors.length, expected.length, recorded.source, worst);
  }
}
