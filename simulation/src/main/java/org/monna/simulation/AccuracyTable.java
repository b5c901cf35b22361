package org.monna.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Results for people: a line for each method, a column for each attack. */
final class AccuracyTable {

  private AccuracyTable() {}

  static String of(Results results) {
    Set<String> attacks = new LinkedHashSet<>();
    Map<String, Map<String, Results.Point>> methods = new LinkedHashMap<>();
    for (Results.Run run : results.runs()) {
      attacks.add(run.attack());
      methods.computeIfAbsent(run.method(), name -> new LinkedHashMap<>()).put(run.attack(), run.end());
    }
    double reference = results.runs().getFirst().end().accuracy();
    List<List<String>> lines = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("method"));
    attacks.forEach(attack -> header.add(attack.equals("none") ? "no attack" : attack));
    header.add("lost");
    lines.add(header);
    methods.forEach(
        (method, ends) -> {
          List<String> line = new ArrayList<>(List.of(method));
          attacks.forEach(attack -> line.add(ends.containsKey(attack) ? cell(ends.get(attack)) : "-"));
          double least = ends.values().stream().mapToDouble(Results.Point::accuracy).min().orElseThrow();
          line.add(percent(reference - least));
          lines.add(line);
        });
    return title(results) + align(lines) + legend(results);
  }

  private static String title(Results results) {
    Settings settings = results.settings();
    return String.format(
        Locale.ROOT,
        """
        %,d training and %,d test %s; %d nodes, %d of them Byzantine; alpha = %s; seed %d
        %s, %,d parameters, by %s; %d steps, batches of %d

        """,
        results.data().trainingExamples(),
        results.data().testExamples(),
        results.data().name(),
        settings.nodes(),
        settings.byzantine(),
        settings.alpha(),
        settings.seed(),
        results.model().name(),
        results.model().parameters(),
        results.model().computedBy(),
        settings.steps(),
        settings.batch());
  }

  private static String legend(Results results) {
    Results.Run first = results.runs().getFirst();
    return """

        Test accuracy in percent: mean of the honest nodes (worst node).
        lost: points behind %s without attack, under the attack that harms most.
        """
        .formatted(first.method());
  }

  private static String cell(Results.Point point) {
    return percent(point.accuracy()) + " (" + percent(point.worst()) + ")";
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
