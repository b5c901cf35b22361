package org.monna.simulation.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Names that tell apart what differs in more than its seed, and must not be taken for repetitions. */
public final class DistinctNames {

  private DistinctNames() {}

  /**
   * What is to be named.
   *
   * @param place where it is shown; only what is in the same place can be mistaken for each other
   * @param name as it was given
   * @param configuration what it is of: the value of every key, as JSON
   */
  public record Item(Object place, String name, Map<String, String> configuration) {}

  private record Cell(Object place, String name) {}

  /** The names of these: what differs in some place among those of a name becomes part of the name, in all places. */
  public static List<String> of(List<Item> items) {
    Map<Cell, List<Map<String, String>>> cells = new HashMap<>();
    for (Item item : items) {
      cells.computeIfAbsent(new Cell(item.place, item.name), c -> new ArrayList<>()).add(item.configuration);
    }
    Map<String, Set<String>> differing = new HashMap<>();
    cells.forEach(
        (cell, there) ->
            differing.computeIfAbsent(cell.name, n -> new TreeSet<>(Summary.NATURAL)).addAll(differingKeys(there)));
    List<String> names = new ArrayList<>();
    for (Item item : items) {
      StringBuilder name = new StringBuilder(item.name);
      for (String key : differing.getOrDefault(item.name, Set.of())) {
        String value = item.configuration.get(key);
        if (value != null) {
          name.append(", ").append(key).append('=').append(unquoted(value));
        }
      }
      names.add(name.toString());
    }
    return names;
  }

  /** What is not the same in all configurations, except for seeds. */
  private static Set<String> differingKeys(Collection<Map<String, String>> configurations) {
    Set<String> keys = new TreeSet<>(Summary.NATURAL);
    configurations.forEach(configuration -> keys.addAll(configuration.keySet()));
    keys.removeIf(
        key ->
            key.equals("seed")
                || configurations.stream().map(configuration -> configuration.getOrDefault(key, "")).distinct().count() == 1);
    return keys;
  }

  /** A text without the quotation marks of JSON. */
  private static String unquoted(String json) {
    return json.length() >= 2 && json.startsWith("\"") && json.endsWith("\"") ? json.substring(1, json.length() - 1) : json;
  }
}
