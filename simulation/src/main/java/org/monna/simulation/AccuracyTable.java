package org.monna.simulation;

import static java.util.Objects.requireNonNullElse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.monna.simulation.experiment.RunResult;
import org.monna.simulation.protocol.Configuration;
import org.monna.simulation.report.DistinctNames;

/** Results for people: for each data set, split and size a line for each method and a column for each attack. */
final class AccuracyTable {

  private AccuracyTable() {}

  /** The accuracies at the end, averaged over all that is not shown, such as seeds. */
  static String of(List<RunResult> results) {
    Map<String, List<RunResult>> parts = new LinkedHashMap<>();
    results.forEach(result -> parts.computeIfAbsent(title(result), _ -> new ArrayList<>()).add(result));
    StringBuilder text = new StringBuilder();
    parts.forEach((title, part) -> text.append(title).append("\n\n").append(table(part)).append('\n'));
    return text.toString();
  }

  private static String title(RunResult result) {
    Configuration c = result.configuration();
    return String.format(
        Locale.ROOT,
        "%s, %s, %,d parameters; %d nodes, %s; %d steps, batches of %d",
        c.data(),
        c.model(),
        result.parameters(),
        c.nodes(),
        c.split(),
        c.steps(),
        c.batch());
  }

  private static String table(List<RunResult> results) {
    List<String> names =
        DistinctNames.of(results.stream().map(r -> new DistinctNames.Item(r.attack(), r.method(), r.values())).toList());
    Set<String> attacks = new LinkedHashSet<>();
    Map<String, Map<String, List<RunResult.Point>>> methods = new LinkedHashMap<>();
    String reference = null;
    for (int i = 0; i < names.size(); i++) {
      RunResult result = results.get(i);
      attacks.add(result.attack());
      methods
          .computeIfAbsent(names.get(i), _ -> new LinkedHashMap<>())
          .computeIfAbsent(result.attack(), _ -> new ArrayList<>())
          .add(result.end());
      if (reference == null && result.attack().equals(Configuration.NO_ATTACK)) {
        reference = names.get(i);
      }
    }
    List<List<String>> lines = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("method"));
    attacks.forEach(attack -> header.add(attack.equals(Configuration.NO_ATTACK) ? "no attack" : attack));
    lines.add(header);
    Map<String, List<RunResult.Point>> unharmed = methods.getOrDefault(requireNonNullElse(reference, ""), Map.of());
    double best = accuracy(unharmed.getOrDefault(Configuration.NO_ATTACK, List.of()));
    boolean lost = reference != null && attacks.size() > 1;
    if (lost) {
      header.add("lost");
    }
    methods.forEach(
        (method, ends) -> {
          List<String> line = new ArrayList<>(List.of(method));
          attacks.forEach(attack -> line.add(cell(ends.getOrDefault(attack, List.of()))));
          if (lost) {
            double least = ends.values().stream().mapToDouble(AccuracyTable::accuracy).min().orElseThrow();
            line.add(percent(best - least));
          }
          lines.add(line);
        });
    return align(lines) + legend(lost ? reference : null);
  }

  private static String legend(@Nullable String reference) {
    String text = "\nTest accuracy in percent: mean of the honest nodes (worst node).\n";
    return reference == null
        ? text
        : text
            + "lost: points behind %s without attack, under the attack that harms most.\n".formatted(reference);
  }

  private static double accuracy(List<RunResult.Point> points) {
    return points.stream().mapToDouble(RunResult.Point::accuracy).average().orElse(Double.NaN);
  }

  private static String cell(List<RunResult.Point> points) {
    if (points.isEmpty()) {
      return "-";
    }
    double worst = points.stream().mapToDouble(RunResult.Point::worst).min().orElseThrow();
    return percent(accuracy(points)) + " (" + percent(worst) + ")";
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  /** The first column to the left, the others to the right. */
  private static String align(List<List<String>> lines) {
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      for (int column = 0; column < line.size(); column++) {
        int c = column;
        int width = lines.stream().mapToInt(l -> l.get(c).length()).max().orElseThrow();
        text.append(column == 0 ? "" : "   ");
        text.append(String.format(Locale.ROOT, column == 0 ? "%-" + width + "s" : "%" + width + "s", line.get(column)));
      }
      text.append('\n');
    }
    return text.toString();
  }
}
