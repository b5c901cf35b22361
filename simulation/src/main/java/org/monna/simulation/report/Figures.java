package org.monna.simulation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.monna.simulation.report.plot.BarPlot;
import org.monna.simulation.report.plot.HeatMap;
import org.monna.simulation.report.plot.LinePlot;
import org.monna.simulation.report.plot.Scale;

/** The plots of a report. A method has the same colour and the same letter in all of them. */
final class Figures {

  /** More points than this are no longer told apart. */
  private static final int MOST_POINTS = 200;

  private final Summary summary;
  private final Scale steps;

  Figures(Summary summary) {
    this.summary = summary;
    int last = summary.cells().stream().mapToInt(cell -> cell.end().step()).max().orElse(0);
    steps = Scale.linear(0, last, 6);
  }

  static String attackName(String attack) {
    return attack.equals(Run.NO_ATTACK) ? "no attack" : attack;
  }

  /** Accuracy over time, under one attack; null where there was no run. */
  @Nullable LinePlot accuracy(Cell.Setting setting, String attack) {
    double unattacked =
        summary.cells(setting, Run.NO_ATTACK).stream()
            .mapToDouble(cell -> cell.end().accuracy().mean())
            .max()
            .orElse(Double.NaN);
    LinePlot.Reference reference =
        Double.isNaN(unattacked) || attack.equals(Run.NO_ATTACK)
            ? null
            : new LinePlot.Reference(unattacked, "best without attack");
    Scale percent = Scale.percent(0, 1, 5);
    return lines("accuracy", setting, attack, "accuracy, %", percent, Cell.Point::accuracy, reference);
  }

  /** Drift over time, under one attack; null where no run told it. */
  @Nullable LinePlot drift(Cell.Setting setting, String attack) {
    // The same axis under all attacks, so that panels can be compared.
    double[] values =
        summary.cells().stream()
            .filter(cell -> cell.setting().equals(setting))
            .flatMap(cell -> cell.curve().stream())
            .flatMapToDouble(point -> DoubleStream.of(point.drift().mean(), point.drift().most()))
            .filter(value -> value > 0 && value < Double.POSITIVE_INFINITY)
            .toArray();
    if (values.length == 0) {
      return null;
    }
    Scale log = Scale.log(DoubleStream.of(values).min().getAsDouble(), DoubleStream.of(values).max().getAsDouble());
    return lines("drift", setting, attack, "drift", log, Cell.Point::drift, null);
  }

  private @Nullable LinePlot lines(
      String kind,
      Cell.Setting setting,
      String attack,
      String yLabel,
      Scale y,
      Function<Cell.Point, Stat> value,
      LinePlot.@Nullable Reference reference) {
    List<LinePlot.Line> lines = new ArrayList<>();
    for (Cell cell : summary.cells(setting, attack)) {
      List<LinePlot.Point> points = new ArrayList<>();
      for (Cell.Point point : thinned(cell.curve())) {
        Stat stat = value.apply(point);
        points.add(new LinePlot.Point(point.step(), stat.mean(), stat.least(), stat.most()));
      }
      if (points.stream().anyMatch(point -> !Double.isNaN(y.at(point.y())))) {
        lines.add(new LinePlot.Line(cell.method(), summary.key(cell.method()), color(cell.method()), points));
      }
    }
    return lines.isEmpty()
        ? null
        : new LinePlot(kind, attackName(attack), "step", yLabel, steps, y, lines, reference);
  }

  private static List<Cell.Point> thinned(List<Cell.Point> curve) {
    int every = Math.ceilDiv(curve.size(), MOST_POINTS);
    List<Cell.Point> some = new ArrayList<>();
    for (int i = 0; i < curve.size(); i++) {
      // Counted from the end, which matters most.
      if ((curve.size() - 1 - i) % every == 0) {
        some.add(curve.get(i));
      }
    }
    return some;
  }

  /** Final accuracy by method and attack, and under the attack that harms most. */
  HeatMap accuracies(Cell.Setting setting) {
    List<String> attacks = summary.attacks();
    boolean worst = attacks.stream().filter(attack -> !attack.equals(Run.NO_ATTACK)).count() > 1;
    List<String> columns = new ArrayList<>(attacks.stream().map(Figures::attackName).toList());
    if (worst) {
      columns.add("worst attack");
    }
    List<HeatMap.Row> rows = new ArrayList<>();
    List<List<HeatMap.Cell>> cells = new ArrayList<>();
    for (String method : summary.methods()) {
      rows.add(new HeatMap.Row(method, summary.key(method), color(method)));
      List<HeatMap.Cell> row = new ArrayList<>();
      double least = Double.POSITIVE_INFINITY;
      boolean all = true;
      for (String attack : attacks) {
        Cell cell = summary.cell(setting, attack, method);
        row.add(heatCell(cell, method + ", " + attackName(attack)));
        if (!attack.equals(Run.NO_ATTACK)) {
          all &= cell != null;
          least = cell == null ? least : Math.min(least, cell.end().accuracy().mean());
        }
      }
      if (worst) {
        // The worst of some attacks would look better than the worst of all.
        row.add(
            all
                ? new HeatMap.Cell(least, "", method + ", under the attack that harms it most")
                : new HeatMap.Cell(Double.NaN, "", method + ": not all attacks were run"));
      }
      cells.add(row);
    }
    return new HeatMap(summary.name(setting), rows, columns, cells, worst ? 1 : 0, heat());
  }

  private static HeatMap.Cell heatCell(@Nullable Cell cell, String what) {
    if (cell == null) {
      return new HeatMap.Cell(Double.NaN, "", what + ": not run");
    }
    Stat accuracy = cell.end().accuracy();
    String spread = accuracy.count() < 2 ? "" : "± %s".formatted(percent(accuracy.deviation(), 1));
    String told =
        "%s: %s %% %s (%d %s), worst node %s %%"
            .formatted(
                what,
                percent(accuracy.mean(), 2),
                spread,
                accuracy.count(),
                accuracy.count() == 1 ? "seed" : "seeds",
                percent(cell.end().worst(), 2));
    return new HeatMap.Cell(accuracy.mean(), spread, told);
  }

  /** The colours span what there is, in tens of percent, for all settings alike. */
  private Scale heat() {
    Stat all = Stat.of(summary.cells(), cell -> cell.end().accuracy().mean());
    double low = Math.min(Math.floor(all.least() * 10) / 10, 0.9);
    double high = Math.max(Math.ceil(all.most() * 10) / 10, low + 0.1);
    return Scale.percent(low, Math.min(high, 1), 2);
  }

  /** What a step took, under one attack, by method: the mean over all settings and seeds. Null if no run tells. */
  @Nullable BarPlot time(String attack) {
    List<String> purposes = summary.purposes();
    double longest = 0;
    for (String each : summary.attacks()) {
      for (BarPlot.Bar bar : bars(each, purposes)) {
        longest = Math.max(longest, DoubleStream.of(bar.lengths()).sum());
      }
    }
    List<BarPlot.Bar> bars = bars(attack, purposes);
    return bars.isEmpty() || longest == 0
        ? null
        : new BarPlot(attackName(attack), purposes, bars, Scale.linear(0, longest, 5), "ms a step");
  }

  private List<BarPlot.Bar> bars(String attack, List<String> purposes) {
    List<BarPlot.Bar> bars = new ArrayList<>();
    for (String method : summary.methods()) {
      List<Run> runs =
          summary.cells().stream()
              .filter(cell -> cell.attack().equals(attack) && cell.method().equals(method))
              .flatMap(cell -> cell.runs().stream())
              .filter(run -> !run.seconds().isEmpty())
              .toList();
      if (!runs.isEmpty()) {
        double[] milliseconds =
            purposes.stream()
                .mapToDouble(purpose -> 1e3 * Cell.secondsPerStep(runs, purpose))
                .map(value -> Double.isNaN(value) ? 0 : value)
                .toArray();
        bars.add(new BarPlot.Bar(method, summary.key(method), color(method), milliseconds));
      }
    }
    return bars;
  }

  int color(String method) {
    return summary.methods().indexOf(method);
  }

  static String percent(double share, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", 100 * share);
  }
}
