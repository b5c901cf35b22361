package org.monna.config;

import static java.util.Objects.requireNonNull;
import static org.monna.config.internal.Names.requireKnown;
import static org.monna.config.internal.StrictJson.JSON;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.Engine;
import org.monna.spi.RuleDefinition;

/**
 * A rule and the number of threads that aggregate by it, as configured by JSON. The rule is a text or a list of stages, with the
 * names that {@link Aggregators#parse} knows:
 *
 * <pre>{@code
 * {"rule": "nnm(f=2) | trimmed-mean(f=2)", "workers": 4}
 * {"pipeline": [{"name": "nnm", "f": 2}, {"name": "trimmed-mean", "f": 2}], "workers": 4}
 * {"pipeline": [{"name": "weights", "values": [1, 2, 2]}, {"name": "median"}]}
 * }</pre>
 *
 * Only these names make anything: no text names a class. Unknown and repeated keys are errors.
 *
 * @param rule a rule or a pipeline
 * @param workers the number of threads, at least 1; 1 where the JSON does not say
 */
public record Aggregation(Aggregator rule, int workers) {

  private static final List<String> KEYS = List.of("pipeline", "rule", "workers");

  public Aggregation {
    requireNonNull(rule, "rule");
    if (workers < 1) {
      throw new IllegalArgumentException("\"workers\" must be at least 1, not " + workers);
    }
  }

  /**
   * Reads one object.
   *
   * @throws IllegalArgumentException if this is no JSON, or a key, name, parameter or value is not known or makes no sense; the message
   *     names it, and the known one that is nearest to it
   */
  public static Aggregation parse(String json) {
    requireNonNull(json, "json");
    JsonNode tree;
    try {
      tree = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation(); // unknown for what is too deep or too long
      String where = at == null ? "" : "line %d, column %d: ".formatted(at.getLineNr(), at.getColumnNr());
      throw new IllegalArgumentException(where + e.getOriginalMessage(), e);
    }
    requireObject(tree, "the configuration");
    for (Map.Entry<String, JsonNode> entry : tree.properties()) {
      requireKnown("key", entry.getKey(), KEYS);
    }
    if (tree.has("rule") == tree.has("pipeline")) {
      throw new IllegalArgumentException("the configuration needs either \"rule\" or \"pipeline\"");
    }
    String rule = tree.has("rule") ? text(tree.get("rule"), "\"rule\"") : pipeline(tree.get("pipeline"));
    return new Aggregation(Aggregators.parse(rule), workers(tree));
  }

  private static int workers(JsonNode tree) {
    JsonNode workers = tree.get("workers");
    if (workers == null) {
      return 1;
    }
    if (!workers.isIntegralNumber() || !workers.canConvertToInt()) {
      throw new IllegalArgumentException("\"workers\" is a whole number, not " + workers);
    }
    return workers.intValue();
  }

  private static String pipeline(JsonNode stages) {
    if (!stages.isArray() || stages.isEmpty()) {
      throw new IllegalArgumentException("\"pipeline\" is a list of at least one stage, not " + stages);
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode stage : stages) {
      texts.add(stage(stage));
    }
    return String.join(" | ", texts);
  }

  /** The text of a stage: {@code name(parameter=value, ...)}. */
  private static String stage(JsonNode stage) {
    requireObject(stage, "a stage");
    if (!stage.has("name")) {
      throw new IllegalArgumentException("a stage needs a \"name\": " + stage);
    }
    String name = text(stage.get("name"), "\"name\"");
    Map<String, RuleDefinition> rules =
        Aggregators.known().stream().collect(Collectors.toMap(RuleDefinition::name, definition -> definition));
    requireKnown("rule", name, rules.keySet().stream().sorted().toList());
    boolean variadic = requireNonNull(rules.get(name)).parameters().equals(List.of(RuleDefinition.VARIADIC));
    List<String> parameters = variadic ? List.of("values") : requireNonNull(rules.get(name)).parameters();

    List<String> arguments = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : stage.properties()) {
      if (entry.getKey().equals("name")) {
        continue;
      }
      requireKnown("parameter of " + name, entry.getKey(), parameters);
      String what = name + ": \"" + entry.getKey() + "\"";
      if (variadic) {
        if (!entry.getValue().isArray()) {
          throw new IllegalArgumentException("%s is a list of numbers, not %s".formatted(what, entry.getValue()));
        }
        entry.getValue().forEach(value -> arguments.add(scalar(value, what)));
      } else {
        arguments.add(entry.getKey() + "=" + scalar(entry.getValue(), what));
      }
    }
    return arguments.isEmpty() ? name : name + "(" + String.join(", ", arguments) + ")";
  }

  /** A number, or a text such as n-f-2, in which nothing can be hidden that ends a stage. */
  private static String scalar(JsonNode value, String what) {
    if (value.isNumber() || (value.isTextual() && value.textValue().matches("[A-Za-z0-9.+-]+"))) {
      return value.asText();
    }
    throw new IllegalArgumentException("%s is a number or a text such as \"n-2\", not %s".formatted(what, value));
  }

  private static String text(JsonNode value, String what) {
    if (!value.isTextual()) {
      throw new IllegalArgumentException("%s is a text, not %s".formatted(what, value));
    }
    return value.textValue();
  }

  private static void requireObject(JsonNode tree, String what) {
    if (!tree.isObject()) {
      throw new IllegalArgumentException("%s is an object such as {...}, not %s".formatted(what, tree.isMissingNode() ? "empty" : tree));
    }
  }

  /** The JSON from which {@link #parse} makes an equal configuration. */
  public String toJson() {
    return JSON.createObjectNode().put("rule", rule.toString()).put("workers", workers).toString();
  }

  /** The engine for this number of threads: sequential, or {@link Engine#on} the executor. */
  public Engine engine(Executor executor) {
    return workers == 1 ? Engine.sequential() : Engine.on(executor, workers);
  }
}
