package org.monna.simulation.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a file in the order in which a report shows them, which does not depend on the order in which they finished.
 *
 * @param cells one for each setting, attack and method that was run
 * @param settings in natural order
 * @param attacks none first
 * @param methods the best first: by their accuracy under the attack that harms them most
 * @param notes what the reader must know
 */
record Summary(
    List<Cell> cells, List<Cell.Setting> settings, List<String> attacks, List<String> methods, List<String> notes) {

  /** Names as people sort them: 5 before 10. */
  static final Comparator<String> NATURAL = Summary::compareNaturally;

  private record Place(Cell.Setting setting, String attack, String method) {}

  static Summary of(ResultLines lines) {
    List<String> notes = new ArrayList<>(lines.notes());
    // By place and seed; a later run replaces an earlier one.
    Map<Place, TreeMap<Long, Run>> places = new HashMap<>();
    int repeated = 0;
    for (Run run : distinctlyNamed(lines.runs())) {
      if (places.computeIfAbsent(placeOf(run), p -> new TreeMap<>()).put(run.seed(), run) != null) {
        repeated++;
      }
    }
    if (repeated > 0) {
      notes.add(
          "%d of the runs were repeated with the same configuration and seed; the last of each counts.".formatted(repeated));
    }
    List<Cell> cells = new ArrayList<>();
    places.forEach(
        (place, runs) -> cells.add(new Cell(place.setting, place.attack, place.method, List.copyOf(runs.values()))));

    List<Cell.Setting> settings = cells.stream().map(Cell::setting).distinct().sorted(
        Comparator.comparing(Cell.Setting::experiment, NATURAL).thenComparing(Cell.Setting::split, NATURAL)).toList();
    Comparator<String> noneFirst = Comparator.comparing(attack -> !attack.equals(Run.NO_ATTACK));
    List<String> attacks = cells.stream().map(Cell::attack).distinct().sorted(noneFirst.thenComparing(NATURAL)).toList();
    Map<String, Double> ranks = new HashMap<>();
    for (Cell cell : cells) {
      ranks.computeIfAbsent(cell.method(), method -> rank(cells, method));
    }
    List<String> methods =
        ranks.keySet().stream()
            .sorted(Comparator.<String>comparingDouble(ranks::get).reversed().thenComparing(NATURAL))
            .toList();
    cells.sort(
        Comparator.<Cell>comparingInt(cell -> settings.indexOf(cell.setting()))
            .thenComparingInt(cell -> attacks.indexOf(cell.attack()))
            .thenComparingInt(cell -> methods.indexOf(cell.method())));
    List<String> commits = lines.runs().stream().map(Run::commit).distinct().toList();
    if (commits.size() > 1) {
      notes.add("The runs are of %d commits of the code: %s.".formatted(commits.size(), String.join(", ", commits)));
    }
    return new Summary(List.copyOf(cells), settings, attacks, methods, List.copyOf(notes));
  }

  /** The mean over settings of the least accuracy; those that were never attacked come last. */
  private static double rank(List<Cell> cells, String method) {
    Map<Cell.Setting, Double> least = new HashMap<>();
    for (Cell cell : cells) {
      if (cell.method().equals(method) && !cell.attack().equals(Run.NO_ATTACK)) {
        least.merge(cell.setting(), cell.end().accuracy().mean(), Math::min);
      }
    }
    return least.values().stream().mapToDouble(x -> x).average().orElse(-1);
  }

  private static List<Run> distinctlyNamed(List<Run> runs) {
    List<String> names =
        DistinctNames.of(runs.stream().map(run -> new DistinctNames.Item(placeOf(run), run.method(), run.configuration())).toList());
    return IntStream.range(0, runs.size()).mapToObj(i -> runs.get(i).named(names.get(i))).toList();
  }

  private static Place placeOf(Run run) {
    return new Place(new Cell.Setting(run.experiment(), run.split()), run.attack(), run.method());
  }

  /** The runs there, if any. */
  @Nullable Cell cell(Cell.Setting setting, String attack, String method) {
    for (Cell cell : cells) {
      if (cell.setting().equals(setting) && cell.attack().equals(attack) && cell.method().equals(method)) {
        return cell;
      }
    }
    return null;
  }

  List<Cell> cells(Cell.Setting setting, String attack) {
    return cells.stream().filter(cell -> cell.setting().equals(setting) && cell.attack().equals(attack)).toList();
  }

  List<Run> runs() {
    return cells.stream().flatMap(cell -> cell.runs().stream()).toList();
  }

  /** A letter, or two, for a method: A for the first. */
  String key(String method) {
    int index = methods.indexOf(method);
    String last = String.valueOf((char) ('A' + index % 26));
    return index < 26 ? last : (char) ('A' + (index / 26 - 1) % 26) + last;
  }

  /** What the settings are called: no more of it than tells them apart. */
  String name(Cell.Setting setting) {
    boolean one = settings.stream().map(Cell.Setting::experiment).distinct().count() == 1;
    return one ? setting.split() : setting.experiment() + ", " + setting.split();
  }

  /** What the time of runs was spent on, in the order of a step. */
  List<String> purposes() {
    Set<String> purposes = new LinkedHashSet<>();
    Set<String> told = new TreeSet<>();
    runs().forEach(run -> told.addAll(run.seconds().keySet()));
    Stream.of("gradient", "attack", "exchange", "aggregation", "test").filter(told::contains).forEach(purposes::add);
    purposes.addAll(told);
    return List.copyOf(purposes);
  }

  private static int compareNaturally(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int iEnd = digits(a, i);
      int jEnd = digits(b, j);
      int order;
      if (iEnd > i && jEnd > j) {
        String x = a.substring(i, iEnd).replaceFirst("^0+(?=.)", "");
        String y = b.substring(j, jEnd).replaceFirst("^0+(?=.)", "");
        order = x.length() != y.length() ? Integer.compare(x.length(), y.length()) : x.compareTo(y);
        i = iEnd;
        j = jEnd;
      } else {
        order = Character.compare(a.charAt(i++), b.charAt(j++));
      }
      if (order != 0) {
        return order;
      }
    }
    int rest = Integer.compare(a.length() - i, b.length() - j);
    return rest != 0 ? rest : a.compareTo(b);
  }

  private static int digits(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }
}
