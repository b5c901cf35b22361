package org.monna.simulation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The runs that differ in their seeds only, and so are repetitions of each other.
 *
 * @param method the name they share in the report
 * @param runs at least one, by seed
 */
record Cell(Setting setting, String attack, String method, List<Run> runs) {

  /** What was trained on; methods are compared within it. */
  record Setting(String experiment, String split) {}

  /**
   * Where the runs are after some steps.
   *
   * @param worst the accuracy of the worst node of all runs
   */
  record Point(int step, Stat accuracy, double worst, Stat loss, Stat drift) {}

  Cell {
    runs = List.copyOf(runs);
  }

  /** All steps at which a run was tested. */
  List<Point> curve() {
    SortedMap<Integer, List<Run.Point>> steps = new TreeMap<>();
    for (Run run : runs) {
      run.curve().forEach(point -> steps.computeIfAbsent(point.step(), step -> new ArrayList<>()).add(point));
    }
    return steps.entrySet().stream().map(e -> point(e.getKey(), e.getValue())).toList();
  }

  /** The ends of all runs. */
  Point end() {
    List<Run.Point> ends = runs.stream().map(Run::end).toList();
    return point(ends.stream().mapToInt(Run.Point::step).max().orElseThrow(), ends);
  }

  private static Point point(int step, List<Run.Point> points) {
    return new Point(
        step,
        Stat.of(points, Run.Point::accuracy),
        Stat.of(points, Run.Point::worst).least(),
        Stat.of(points, Run.Point::loss),
        Stat.of(points, Run.Point::drift));
  }

  /** What a step took for one purpose, in seconds: the mean over the runs that tell it; NaN if none does. */
  double secondsPerStep(String purpose) {
    return secondsPerStep(runs, purpose);
  }

  static double secondsPerStep(List<Run> runs, String purpose) {
    return Stat.of(runs, run -> perStep(run, run.seconds().get(purpose))).mean();
  }

  /** What a step took in all; NaN if no run tells. */
  double secondsPerStep() {
    return Stat.of(
            runs,
            run -> {
              Map<String, Double> seconds = run.seconds();
              return perStep(run, seconds.isEmpty() ? null : seconds.values().stream().mapToDouble(x -> x).sum());
            })
        .mean();
  }

  private static double perStep(Run run, @Nullable Double seconds) {
    return seconds == null ? Double.NaN : seconds / Math.max(run.end().step(), 1);
  }

  /** The rules that the runs name, each once. */
  String rule() {
    return String.join(" / ", runs.stream().map(Run::rule).distinct().toList());
  }
}
