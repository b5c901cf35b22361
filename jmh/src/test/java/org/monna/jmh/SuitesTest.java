package org.monna.jmh;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.monna.Aggregators;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.options.Options;

/** A suite takes long, and one wrong name in it would be noticed late. */
class SuitesTest {

  private static List<Options> all() {
    List<Options> all = new ArrayList<>(Suites.brief());
    all.addAll(Suites.full());
    all.addAll(Suites.overhead());
    return all;
  }

  @Test
  void everyPatternFindsItsBenchmarks() {
    for (Options options : all()) {
      Set<BenchmarkListEntry> found =
          BenchmarkList.defaultList()
              .find(new Progress(new PrintStream(PrintStream.nullOutputStream()), 0), options.getIncludes(), List.of());
      assertFalse(found.isEmpty(), () -> "nothing matches " + options.getIncludes());
    }
  }

  /** Every rule is known, and admissible for every n and f that it is measured with. */
  @Test
  void everyRuleIsAdmissible() {
    for (Options options : all()) {
      for (String rule : values(options, "rule", "mean")) {
        for (String n : values(options, "n", "26")) {
          for (String f : values(options, "f", "5")) {
            float[][] vectors = AttackedVectors.ALIE.of(Integer.parseInt(n), Integer.parseInt(f), 3, 1);
            String text = RuleBenchmark.text(rule, Integer.parseInt(f));
            assertDoesNotThrow(() -> Aggregators.parse(text).aggregate(vectors), () -> text + " of " + n);
          }
        }
      }
    }
  }

  private static Collection<String> values(Options options, String parameter, String otherwise) {
    Collection<String> values = options.getParameter(parameter).orElse(List.of());
    return values.isEmpty() ? List.of(otherwise) : values;
  }
}
