package org.monna.jmh;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * Runs JMH with its own command line, for instance {@code -f 1 -p n=11 -p d=1000003 RuleBenchmark}, and adds a table of ratios to
 * the plain mean of the same run and the same n, f, d.
 */
public final class Main {

  private Main() {}

  public static void main(String[] args) throws RunnerException {
    CommandLineOptions options;
    try {
      options = new CommandLineOptions(args);
    } catch (CommandLineOptionException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    if (options.shouldHelp() || options.shouldList()) {
      delegate(args);
      return;
    }
    printRatios(new Runner(options).run());
  }

  private static void delegate(String[] args) {
    try {
      org.openjdk.jmh.Main.main(args);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void printRatios(Collection<RunResult> results) {
    List<RunResult> sorted =
        results.stream()
            .sorted(Comparator.comparing((RunResult r) -> shape(r)).thenComparingDouble(Main::score))
            .toList();
    System.out.printf(Locale.ROOT, "%n%-52s %-28s %12s %12s%n", "benchmark", "n, f, d", "median us", "x mean");
    for (RunResult result : sorted) {
      double mean =
          sorted.stream()
              .filter(r -> shape(r).equals(shape(result)) && isPlainMean(r))
              .mapToDouble(Main::score)
              .findFirst()
              .orElse(Double.NaN);
      System.out.printf(
          Locale.ROOT, "%-52s %-28s %12.1f %12.2f%n", name(result), shape(result), score(result), score(result) / mean);
    }
  }

  private static boolean isPlainMean(RunResult result) {
    return name(result).equals("mean, simd");
  }

  private static String name(RunResult result) {
    return result.getParams().getParam("rule") + ", " + result.getPrimaryResult().getLabel();
  }

  private static String shape(RunResult result) {
    return "%s, %s, %s"
        .formatted(
            result.getParams().getParam("n"), result.getParams().getParam("f"), result.getParams().getParam("d"));
  }

  /** The median over all iterations of all forks. */
  private static double score(RunResult result) {
    return result.getPrimaryResult().getStatistics().getPercentile(50);
  }
}
