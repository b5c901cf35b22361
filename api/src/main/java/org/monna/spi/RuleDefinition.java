package org.monna.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.monna.Aggregator;
import org.monna.PreAggregator;

/**
 * A rule or pre-aggregator that {@link org.monna.Aggregators#parse} can make from text.
 *
 * @param name lower case, words joined by hyphens
 * @param parameters the names of the parameters, in the order in which they are documented; {@link #VARIADIC} alone for a list of
 *     values without names
 * @param summary one line for lists and error messages
 * @param aggregator makes the rule, or null if this is a pre-aggregator
 * @param preAggregator makes the pre-aggregator, or null if this is a rule
 */
@SuppressWarnings("exports") // of @Nullable: users can do without the module of the annotations
public record RuleDefinition(
    String name,
    List<String> parameters,
    String summary,
    @Nullable Function<Arguments, Aggregator> aggregator,
    @Nullable Function<Arguments, PreAggregator> preAggregator) {

  /** Stands for any number of values without names. */
  public static final String VARIADIC = "...";

  public RuleDefinition {
    requireNonNull(name, "name");
    parameters = List.copyOf(parameters);
    if ((aggregator == null) == (preAggregator == null)) {
      throw new IllegalArgumentException(name + " is either a rule or a pre-aggregator");
    }
  }

  /** A rule. */
  public static RuleDefinition aggregator(
      String name, List<String> parameters, String summary, Function<Arguments, Aggregator> make) {
    return new RuleDefinition(name, parameters, summary, make, null);
  }

  /** A pre-aggregator. */
  public static RuleDefinition preAggregator(
      String name, List<String> parameters, String summary, Function<Arguments, PreAggregator> make) {
    return new RuleDefinition(name, parameters, summary, null, make);
  }

  /** The name with its parameters, such as {@code nna(f, pivot)}. */
  public String signature() {
    return parameters.isEmpty() ? name : name + "(" + String.join(", ", parameters) + ")";
  }
}
