package org.monna.jmh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the measurements of one run say, as charts. A chart of which nothing was measured is left out. */
final class Charts {

  private final Results results;

  Charts(Results results) {
    this.results = results;
  }

  List<Chart> all() {
    List<Chart> charts = new ArrayList<>();
    charts.add(
        cost("Cost against n, d = 431080", "n", m -> m.parameter("d").equals("431080") && mainF(m), "ratio to the plain mean"));
    charts.add(
        cost(
            "Cost against d, n = 26, f = 5",
            "d",
            m -> m.parameter("n").equals("26") && m.parameter("f").equals("5"),
            "ns per coordinate"));
    charts.add(
        cost("Cost against f, n = 26, d = 431080", "f", Results::networkSize, "ratio to the plain mean"));
    charts.add(timeOverheadChart());
    for (OverheadBenchmark.Sweep sweep : OverheadBenchmark.Sweep.values()) {
      charts.add(gradientsChart(sweep));
    }
    charts.removeIf(chart -> chart.lines().isEmpty());
    return charts;
  }

  /** About a fifth of the vectors, as in the tables, so that a chart against n does not vary f as well for the same n. */
  private static boolean mainF(Measurement m) {
    return m.integer("f") == Suites.f(m.integer("n"));
  }

  private Chart cost(String title, String parameter, Predicate<Measurement> which, String unit) {
    List<Chart.Line> lines = new ArrayList<>();
    boolean ratio = unit.startsWith("ratio");
    results.varying(parameter, which)
        .forEach(
            (rule, line) ->
                lines.add(
                    new Chart.Line(
                        rule,
                        false,
                        line.stream()
                            .map(
                                m ->
                                    new Chart.Point(
                                        m.integer(parameter),
                                        ratio ? m.score() / results.meanLike(m) : 1e3 * m.score() / m.integer("d"),
                                        0))
                            .toList())));
    if (ratio) {
      lines.removeIf(line -> line.name().equals("mean"));
    }
    return new Chart(title, new Chart.Axis(parameter, !parameter.equals("f")), new Chart.Axis(unit, true), lines);
  }

  private Chart timeOverheadChart() {
    List<Chart.Line> lines = new ArrayList<>();
    double gradient = results.gradient();
    if (Double.isFinite(gradient)) {
      results.varyingF()
          .forEach(
              (rule, line) ->
                  lines.add(
                      new Chart.Line(
                          rule,
                          false,
                          line.stream().map(m -> new Chart.Point(m.integer("f"), 100 * m.score() / gradient, 0)).toList())));
    }
    return new Chart(
        "Overhead in time: an aggregation of 26 vectors against a gradient",
        new Chart.Axis("f", false),
        new Chart.Axis("% of a gradient of the paper's network", false),
        lines);
  }

  private Chart gradientsChart(OverheadBenchmark.Sweep sweep) {
    List<Chart.Line> lines = new ArrayList<>();
    double[] x = sweep.x();
    for (Measurement m : results.all()) {
      if (!m.group().equals("OverheadBenchmark") || !m.parameter("sweep").equals(sweep.toString())) {
        continue;
      }
      List<Chart.Point> points = new ArrayList<>();
      for (int k = 0; k < x.length; k++) {
        points.add(new Chart.Point(x[k], m.counter("gradients" + k), m.counter("spread" + k)));
      }
      if (points.stream().noneMatch(p -> Double.isFinite(p.y()))) {
        continue;
      }
      lines.add(new Chart.Line(Results.method(m), false, points));
      if (m.parameter("method").equals("MONNA") && Double.isFinite(m.counter("slope"))) {
        double from = Arrays.stream(x).min().orElseThrow();
        double to = Arrays.stream(x).max().orElseThrow();
        lines.add(
            new Chart.Line(
                "MoNNA: line, R² %s".formatted(Table.number(m.counter("rSquared"))),
                true,
                Stream.of(from, to).map(at -> new Chart.Point(at, m.counter("intercept") + m.counter("slope") * at, 0)).toList()));
      }
    }
    return new Chart(
        "Overhead in gradients: " + sweep.label,
        new Chart.Axis(sweep.against, false),
        new Chart.Axis("gradients a node computes", false),
        lines);
  }
}
