package org.monna;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.monna.spi.Arguments;
import org.monna.spi.RuleDefinition;
import org.monna.spi.RuleProvider;

/** Rules by name. Known are those of every {@link RuleProvider} on the class path or module path. */
public final class Aggregators {

  /** Pipelines are evaluated stage within stage: a limit that nobody meets, so that no text can exhaust the stack. */
  private static final int MOST_STAGES = 100;

  private Aggregators() {}

  /**
   * Reads a rule, or pre-aggregators and a rule, such as {@code "krum(f=2)"} or {@code "nnm(f=3) | trimmed-mean(f=3)"}. The inverse
   * is {@link Object#toString} of what is returned.
   *
   * @throws IllegalArgumentException for an unknown rule or parameter (the message lists the known ones), a value that is missing
   *     or makes no sense, a pre-aggregator at the end, or more than 100 stages
   */
  public static Aggregator parse(String text) {
    requireNonNull(text, "text");
    String[] stages = text.split("\\|", -1);
    if (stages.length > MOST_STAGES) {
      throw new IllegalArgumentException(
          "a pipeline of %d stages, but at most %d are read".formatted(stages.length, MOST_STAGES));
    }
    Aggregator rule = null;
    for (int i = stages.length - 1; i >= 0; i--) {
      Stage stage = Stage.read(stages[i].strip(), text);
      RuleDefinition definition = find(stage.name());
      Arguments arguments = stage.arguments(definition);
      if (definition.aggregator() != null) {
        if (rule != null) {
          throw new IllegalArgumentException(
              "%s is a rule, so nothing can follow it in \"%s\"".formatted(stage.name(), text));
        }
        rule = definition.aggregator().apply(arguments);
      } else {
        if (rule == null) {
          throw new IllegalArgumentException(
              "%s is a pre-aggregator and needs a rule after it: \"%s | median\"".formatted(stage.name(), text));
        }
        rule = requireNonNull(definition.preAggregator()).apply(arguments).then(rule);
      }
    }
    return requireNonNull(rule);
  }

  /** What {@link #parse} knows, by name. */
  public static Collection<RuleDefinition> known() {
    return Known.RULES.values();
  }

  private static RuleDefinition find(String name) {
    RuleDefinition definition = Known.RULES.get(name);
    if (definition == null) {
      throw new IllegalArgumentException(
          "unknown rule \"%s\"; known are %s"
              .formatted(
                  name,
                  known().isEmpty()
                      ? "none: no module with rules is on the class path or module path"
                      : known().stream().map(RuleDefinition::signature).collect(Collectors.joining(", "))));
    }
    return definition;
  }

  /** The rules, loaded when first asked for. */
  private static final class Known {

    static final Map<String, RuleDefinition> RULES = load();

    private static Map<String, RuleDefinition> load() {
      Map<String, RuleDefinition> rules = new TreeMap<>();
      for (RuleProvider provider : ServiceLoader.load(RuleProvider.class, Aggregators.class.getClassLoader())) {
        for (RuleDefinition rule : provider.rules()) {
          RuleDefinition other = rules.put(rule.name(), rule);
          if (other != null) {
            throw new IllegalStateException("two providers define the rule " + rule.name());
          }
        }
      }
      return Collections.unmodifiableMap(rules);
    }
  }

  /** One stage of a pipeline as text: a name and the texts of its arguments. */
  private record Stage(String name, List<String> texts) {

    static Stage read(String stage, String whole) {
      int open = stage.indexOf('(');
      if (open < 0) {
        return new Stage(requireName(stage, whole), List.of());
      }
      if (!stage.endsWith(")") || stage.indexOf('(', open + 1) >= 0 || stage.indexOf(')') != stage.length() - 1) {
        throw new IllegalArgumentException("unbalanced parentheses in \"" + whole + "\"");
      }
      String inside = stage.substring(open + 1, stage.length() - 1).strip();
      List<String> texts = new ArrayList<>();
      if (!inside.isEmpty()) {
        for (String text : inside.split(",", -1)) {
          texts.add(text.strip());
        }
      }
      return new Stage(requireName(stage.substring(0, open).strip(), whole), texts);
    }

    private static String requireName(String name, String whole) {
      if (name.isEmpty()) {
        throw new IllegalArgumentException(
            whole.isBlank() ? "no rule is named: the text is empty" : "a stage of \"" + whole + "\" is empty");
      }
      return name;
    }

    Arguments arguments(RuleDefinition definition) {
      if (definition.parameters().equals(List.of(RuleDefinition.VARIADIC))) {
        return new Arguments(name, Map.of(), texts);
      }
      Map<String, String> named = new LinkedHashMap<>();
      for (String text : texts) {
        int equals = text.indexOf('=');
        String parameter = equals < 0 ? text : text.substring(0, equals).strip();
        if (equals < 0 || !definition.parameters().contains(parameter)) {
          throw new IllegalArgumentException(unknown(definition, parameter, equals < 0));
        }
        if (named.put(parameter, text.substring(equals + 1).strip()) != null) {
          throw new IllegalArgumentException("%s: the parameter %s is given twice".formatted(name, parameter));
        }
      }
      return new Arguments(name, named, List.of());
    }

    private String unknown(RuleDefinition definition, String parameter, boolean bare) {
      String known =
          definition.parameters().isEmpty()
              ? "it has none"
              : "its parameters are " + String.join(", ", definition.parameters());
      return bare
          ? "%s: \"%s\" is not of the form name=value; %s".formatted(name, parameter, known)
          : "%s has no parameter \"%s\"; %s".formatted(name, parameter, known);
    }
  }
}
