package org.monna.spi;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The values that a text gave to the parameters of a rule. Errors name the rule and the parameter. */
public final class Arguments {

  private final String rule;
  private final Map<String, String> named;
  private final List<String> values;

  /**
   * @param rule the name of the rule, for messages
   * @param named the values by parameter
   * @param values the values without a name, for a variadic rule
   */
  public Arguments(String rule, Map<String, String> named, List<String> values) {
    this.rule = rule;
    this.named = Map.copyOf(named);
    this.values = List.copyOf(values);
  }

  /** True if a value was given. */
  public boolean has(String parameter) {
    return named.containsKey(parameter);
  }

  /** A whole number that must be given. */
  public int integer(String parameter) {
    return convert(parameter, required(parameter), "a whole number", Integer::valueOf);
  }

  /** A whole number, or the default. */
  public int integer(String parameter, int otherwise) {
    return has(parameter) ? integer(parameter) : otherwise;
  }

  /** A long whole number, such as a seed, or the default. */
  public long longInteger(String parameter, long otherwise) {
    return has(parameter) ? convert(parameter, required(parameter), "a whole number", Long::valueOf) : otherwise;
  }

  /** A number that must be given. */
  public double number(String parameter) {
    return convert(parameter, required(parameter), "a number", Double::valueOf);
  }

  /** A number, or the default. */
  public double number(String parameter, double otherwise) {
    return has(parameter) ? number(parameter) : otherwise;
  }

  /** A number of vectors such as 7 or n-f-2, or the default. */
  public Count count(String parameter, Count otherwise) {
    return has(parameter)
        ? convert(parameter, required(parameter), "a number such as 7, n-2 or n-f-2", Count::parse)
        : otherwise;
  }

  /** The numbers given without names. */
  public double[] numbers() {
    return values.stream().mapToDouble(v -> convert("value", v, "a number", Double::valueOf)).toArray();
  }

  private String required(String parameter) {
    String value = named.get(parameter);
    if (value == null) {
      throw new IllegalArgumentException(rule + " needs the parameter " + parameter);
    }
    return value;
  }

  private <T> T convert(String parameter, String value, String kind, Function<String, T> conversion) {
    try {
      return conversion.apply(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s: %s = \"%s\" is not %s".formatted(rule, parameter, value, kind), e);
    }
  }
}
