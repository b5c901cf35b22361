package org.monna.jmh;

import static org.monna.jmh.Results.KERNELS;
import static org.monna.jmh.Results.MACHINE;
import static org.monna.jmh.Results.RULES;
import static org.monna.jmh.Results.SIMD;
import static org.monna.jmh.Results.distinct;
import static org.monna.jmh.Results.same;
import static org.monna.jmh.Results.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the measurements of one run say, as tables. What was not measured is missing, a table of which nothing was measured left out. */
final class Tables {

  private final Results results;

  Tables(Results results) {
    this.results = results;
  }

  List<Table> all() {
    List<Table> tables = new ArrayList<>();
    results.of(RULES)
        .collect(Collectors.groupingBy(Shape::of, TreeMap::new, Collectors.toList()))
        .forEach((shape, group) -> tables.add(rules(shape, group)));
    tables.add(machine());
    tables.add(firstCalls());
    tables.add(powersOfTwo());
    tables.add(timeOverhead());
    tables.add(gradients());
    tables.add(fits());
    tables.add(others());
    tables.removeIf(table -> table.rows().isEmpty());
    return tables;
  }

  /** The size of a problem and its data, in the order of tables. */
  record Shape(int n, int f, int d, String data) implements Comparable<Shape> {

    static Shape of(Measurement m) {
      return new Shape(m.integer("n"), m.integer("f"), m.integer("d"), m.parameter("data"));
    }

    @Override
    public int compareTo(Shape other) {
      return Comparator.comparingInt(Shape::n)
          .thenComparingInt(Shape::f)
          .thenComparingInt(Shape::d)
          .thenComparing(Shape::data)
          .compare(this, other);
    }

    @Override
    public String toString() {
      return "n = %d, f = %d, d = %d, %s".formatted(n, f, d, data);
    }
  }

  /** One size: the time of every rule, and the ratios to the plain mean with SIMD of all its variants. */
  private Table rules(Shape shape, List<Measurement> group) {
    double mean = results.meanLike(group.get(0));
    List<List<String>> rows = new ArrayList<>();
    for (String rule : distinct(group, m -> m.parameter("rule"))) {
      List<Measurement> variants = group.stream().filter(m -> m.parameter("rule").equals(rule)).toList();
      double simd = score(variants, m -> m.variant().equals(SIMD));
      List<String> row = new ArrayList<>(List.of(rule, Table.number(simd)));
      for (String variant : List.of(SIMD, "scalar", "loops", "tensors")) {
        row.add(Table.number(score(variants, m -> m.variant().equals(variant)) / mean));
      }
      row.add(Table.number(simd / score(variants, m -> m.variant().equals("twoWorkers"))));
      row.add(
          Table.number(
              variants.stream()
                  .filter(m -> m.variant().equals(SIMD))
                  .mapToDouble(Measurement::allocated)
                  .findFirst()
                  .orElse(Double.NaN)));
      rows.add(row);
    }
    String note =
        rows.stream().anyMatch(row -> row.get(0).equals("geometric-median"))
            ? "geometric-median: loops and PyTorch do three smoothed Weiszfeld steps, as ByzFL does, which is another result."
            : "";
    return new Table(
            shape.toString(),
            note,
            List.of(
                "rule",
                "SIMD, us",
                "x mean",
                "scalar x mean",
                "loops x mean",
                "PyTorch x mean",
                "2 workers: speed-up",
                "bytes a call"),
            rows)
        .withoutEmptyColumns();
  }

  /** The limits of memory and of arithmetic, and how near to them the library comes. */
  private Table machine() {
    List<List<String>> rows = new ArrayList<>();
    double peak = MachineBenchmark.PEAK_OPERATIONS / results.score(m -> m.is(MACHINE, "subtractMultiplyAdd"));
    results.of(MACHINE)
        .filter(m -> !m.variant().equals("subtractMultiplyAdd"))
        .forEach(
            m -> {
              double bytes = 4.0 * m.integer("n") * m.integer("d") * (m.variant().equals("copy") ? 2 : 1);
              rows.add(memory(m.variant(), m, bytes));
            });
    results.of(RULES)
        .filter(m -> m.variant().equals(SIMD) && m.parameter("rule").equals("mean") && machineMeasured(m))
        .limit(1)
        .forEach(m -> rows.add(memory("mean of the library", m, 4.0 * m.integer("n") * m.integer("d"))));
    if (Double.isFinite(peak)) {
      rows.add(List.of("subtract, multiply, add in registers", "", Table.MISSING, Table.MISSING, Table.number(peak / 1e3)));
    }
    results.of(KERNELS)
        .forEach(
            m -> {
              double n = m.integer("n");
              // Tensors do other operations: all n x n pairs, or a matrix product.
              boolean counted = m.variant().startsWith("pairwise") && !m.variant().contains("Tensors");
              double squares = counted ? n * (n - 1) / 2 : Double.NaN;
              double rate = squares * m.integer("d") / m.score();
              String share =
                  Double.isFinite(peak) && Double.isFinite(rate) ? " (%.0f %% of peak)".formatted(100 * rate / peak) : "";
              rows.add(
                  List.of(m.variant(), size(m), Table.number(m.score()), Table.MISSING, Table.number(rate / 1e3) + share));
            });
    return new Table(
        "The machine's limits, one thread",
        "GB/s: bytes read, for a copy read and written. The last column counts squared differences of two numbers: a subtraction, a"
            + " multiplication and an addition each.",
        List.of("what", "size", "us", "GB/s", "squared differences, 1e9/s"),
        rows);
  }

  private static List<String> memory(String what, Measurement m, double bytes) {
    return List.of(what, size(m), Table.number(m.score()), Table.number(bytes / m.score() / 1e3), Table.MISSING);
  }

  private boolean machineMeasured(Measurement rule) {
    return results.of(MACHINE).anyMatch(m -> same(m, rule, "n", "d"));
  }

  private static String size(Measurement m) {
    return m.parameters().containsKey("n") ? "n = %s, d = %s".formatted(m.parameter("n"), m.parameter("d")) : "";
  }

  private Table firstCalls() {
    List<List<String>> rows = new ArrayList<>();
    results.of("FirstCallBenchmark")
        .filter(m -> m.variant().equals("first"))
        .forEach(
            m -> {
              double settled = results.score(o -> o.is(m.group(), "settled") && o.parameters().equals(m.parameters()));
              rows.add(
                  List.of(
                      m.parameter("rule"),
                      Shape.of(m).toString().replaceAll(", $", ""),
                      Table.number(m.score() / 1e3),
                      Table.number(settled / 1e3),
                      Table.number(m.score() / settled)));
            });
    return new Table(
        "The first call in a fresh virtual machine", "", List.of("rule", "size", "first, ms", "settled, ms", "ratio"), rows);
  }

  /** For each power of two in d the time per coordinate against that of the nearest other d. */
  private Table powersOfTwo() {
    List<List<String>> rows = new ArrayList<>();
    for (Measurement m : (Iterable<Measurement>) results.of(RULES).filter(m -> m.variant().equals(SIMD))::iterator) {
      int d = m.integer("d");
      if (d < 1024 || Integer.bitCount(d) != 1) {
        continue;
      }
      double nearby =
          results.of(RULES)
              .filter(o -> o.variant().equals(SIMD) && same(m, o, "rule", "n", "f", "data"))
              .filter(o -> o.integer("d") != d && Math.abs(o.integer("d") - d) < d / 8)
              .mapToDouble(o -> o.score() / o.integer("d"))
              .average()
              .orElse(Double.NaN);
      if (Double.isFinite(nearby)) {
        rows.add(
            List.of(
                m.parameter("rule"), m.parameter("n"), String.valueOf(d), Table.number(m.score()), Table.number(m.score() / d / nearby)));
      }
    }
    return new Table(
        "Powers of two", "The ratio is of the times per coordinate.", List.of("rule", "n", "d", "us", "x neighbours"), rows);
  }

  /** Overhead in time: an aggregation relative to a gradient. */
  private Table timeOverhead() {
    List<List<String>> rows = new ArrayList<>();
    double gradient = results.gradient();
    if (Double.isFinite(gradient)) {
      results.varyingF()
          .forEach(
              (rule, line) ->
                  line.forEach(
                      m ->
                          rows.add(
                              List.of(
                                  rule, m.parameter("f"), Table.number(m.score() / 1e3), Table.number(100 * m.score() / gradient)))));
    }
    return new Table(
        "Overhead in time: one aggregation relative to one gradient",
        "n = 26, d = 431080. A gradient of the paper's network for a batch of %d takes %s ms on one thread of PyTorch."
            .formatted(GradientBenchmark.BATCH, Table.number(gradient / 1e3)),
        List.of("rule", "f", "ms", "% of a gradient"),
        rows);
  }

  private static final int POINTS = 6;

  /** Overhead in gradients: the counts. */
  private Table gradients() {
    List<List<String>> rows = new ArrayList<>();
    results.of("OverheadBenchmark")
        .forEach(
            m -> {
              OverheadBenchmark.Sweep sweep = OverheadBenchmark.Sweep.valueOf(m.parameter("sweep"));
              List<String> row = new ArrayList<>(List.of(Results.method(m), sweep.label));
              for (int k = 0; k < POINTS; k++) {
                double mean = m.counter("gradients" + k);
                row.add(
                    k >= sweep.n.length
                        ? ""
                        : Double.isFinite(mean)
                            ? "%s ± %s".formatted(Table.number(mean), Table.number(m.counter("spread" + k)))
                            : "never");
              }
              rows.add(row);
            });
    return new Table(
        "Overhead in gradients: how many a node computes to reach the accuracy",
        ("Mean ± standard deviation over seeds, under the strongest of %d attacks, with the best rate for that. never: no rate of the"
                + " grid reaches it within %d steps.")
            .formatted(ForgedModel.values().length, GradientOverhead.MOST),
        List.of("method", "sweep", "1st", "2nd", "3rd", "4th", "5th", "6th"),
        rows);
  }

  /** Overhead in gradients: the straight lines. */
  private Table fits() {
    List<List<String>> rows = new ArrayList<>();
    results.of("OverheadBenchmark")
        .forEach(
            m -> {
              OverheadBenchmark.Sweep sweep = OverheadBenchmark.Sweep.valueOf(m.parameter("sweep"));
              rows.add(
                  fitted(m, sweep, sweep.against, new LineFit(m.counter("slope"), m.counter("intercept"), m.counter("rSquared"))));
              if (sweep.against.equals("f/n")) {
                double[] counts = new double[sweep.n.length];
                Arrays.setAll(counts, k -> m.counter("gradients" + k));
                rows.add(fitted(m, sweep, "f(n-f)/(n-2f)²", LineFit.of(sweep.mixingBound(), counts)));
              }
            });
    return new Table(
        "Overhead in gradients: straight lines by least squares",
        "Fitted to the means; none where the accuracy is not reached at every point. f(n-f)/(n-2f)² is what the proved bound for"
            + " averaging the n-2f nearest of n-f vectors grows with, which is f/n as long as that is small.",
        List.of("method", "sweep", "against", "slope", "intercept", "R²"),
        rows);
  }

  private static List<String> fitted(Measurement m, OverheadBenchmark.Sweep sweep, String against, LineFit fit) {
    return List.of(
        Results.method(m), sweep.label, against, Table.number(fit.slope()), Table.number(fit.intercept()), Table.number(fit.rSquared()));
  }

  /** What no other table shows. */
  private Table others() {
    List<String> shown = List.of(RULES, KERNELS, MACHINE, "FirstCallBenchmark", "OverheadBenchmark");
    List<List<String>> rows = new ArrayList<>();
    results.all().stream()
        .filter(m -> !shown.contains(m.group()))
        .forEach(
            m -> rows.add(List.of(m.group() + "." + m.variant(), m.parameters().toString(), Table.number(m.score()), m.unit())));
    return new Table("Other measurements", "", List.of("benchmark", "parameters", "median", "unit"), rows);
  }
}
