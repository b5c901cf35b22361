package org.monna.simulation.data;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One of several known things, chosen by a text: a name, and for some a number in parentheses, {@code dirichlet(1)} or
 * {@code dirichlet(alpha=1)}.
 *
 * @param parameter the name of the number; empty if there is none
 * @param number 0 if there is none
 */
public record Choice(String name, String parameter, double number) {

  /**
   * Reads a choice.
   *
   * @param kind what is chosen, for messages
   * @param known the parameter of each known name, empty for those without one
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static Choice parse(String kind, String text, Map<String, String> known) {
    String all = text.strip().toLowerCase(Locale.ROOT);
    int open = all.indexOf('(');
    String name = open < 0 ? all : all.substring(0, open).strip();
    String parameter = known.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException(
          "unknown %s \"%s\"; known are %s"
              .formatted(
                  kind,
                  text.strip(),
                  known.entrySet().stream()
                      .map(e -> e.getValue().isEmpty() ? e.getKey() : "%s(%s)".formatted(e.getKey(), e.getValue()))
                      .sorted()
                      .collect(Collectors.joining(", "))));
    }
    if (parameter.isEmpty()) {
      if (open >= 0) {
        throw new IllegalArgumentException("the %s %s has no parameter, but is \"%s\"".formatted(kind, name, text));
      }
      return new Choice(name, parameter, 0);
    }
    if (open < 0 || !all.endsWith(")")) {
      throw new IllegalArgumentException(
          "the %s %s needs its parameter, as in %s(%s=1), but is \"%s\"".formatted(kind, name, name, parameter, text));
    }
    String value = all.substring(open + 1, all.length() - 1).strip();
    if (value.startsWith(parameter) && value.substring(parameter.length()).strip().startsWith("=")) {
      value = value.substring(value.indexOf('=') + 1).strip();
    }
    try {
      return new Choice(name, parameter, Double.parseDouble(value));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "the %s %s: %s = \"%s\" is not a number".formatted(kind, name, parameter, value), e);
    }
  }

  /** The text that {@link #parse} reads, the same for the same choice. */
  @Override
  public String toString() {
    if (parameter.isEmpty()) {
      return name;
    }
    String digits = number == Math.rint(number) && Math.abs(number) < 1e15 ? "" + (long) number : "" + number;
    return "%s(%s=%s)".formatted(name, parameter, digits);
  }
}
