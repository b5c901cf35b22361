package org.monna.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.monna.Aggregators;

/**
 * The rules against results of other implementations in double precision: ByzFL and literal definitions, as each case
 * says.
 *
 * <p>Differences are relative to the largest coordinate of the expected result. Rules that are a formula end with one
 * rounding to float, of 6e-8, and mixed rows with another: 5e-7 is allowed. Rules that search for an optimum or an
 * eigenvector stop when they are good enough, and those that clip repeatedly read measured distances: 2e-5.
 */
class GoldenTest {

  private static final double FORMULA = 5e-7;
  private static final double SEARCH = 2e-5;
  private static final Set<String> SEARCHES = Set.of("geometric-median", "caf", "smea", "centered-clipping");

  /** The number of recorded cases: none may go missing. */
  private static final int CASES = 447;

  private record Cases(List<Case> cases) {}

  private record Case(String rule, String source, float[][] vectors, double[] expected) {}

  @Test
  void everyCaseIsReproduced() {
    List<Case> cases = Recorded.read("/golden/aggregation-cases.json.gz", Cases.class).cases;
    assertEquals(CASES, cases.size(), "the file of the cases is not complete");
    assertEquals("", cases.stream().map(GoldenTest::difference).collect(Collectors.joining()));
  }

  /** What is wrong with the result of a rule, or nothing. */
  private static String difference(Case recorded) {
    double[] expected = recorded.expected;
    float[] out = Aggregators.parse(recorded.rule).aggregate(recorded.vectors);
    double scale = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    double worst = 0;
    for (int c = 0; c < expected.length; c++) {
      double difference = Math.abs(out[c] - expected[c]) / scale;
      worst = Math.max(worst, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
    }
    double allowed = SEARCHES.stream().anyMatch(recorded.rule::contains) ? SEARCH : FORMULA;
    return worst <= allowed
        ? ""
        : "%n%s, n = %d, d = %d (%s): off by %.3g of the largest coordinate%n"
            .formatted(recorded.rule, recorded.vectors.length, expected.length, recorded.source, worst);
  }
}
