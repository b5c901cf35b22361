package org.monna.simulation.experiment;

import static java.util.Objects.requireNonNull;
import static org.monna.config.internal.Names.requireKnown;
import static org.monna.config.internal.StrictJson.JSON;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.monna.simulation.protocol.Configuration;

/**
 * A number of trainings, written as one JSON object; docs/experiments.md describes the format. A key of {@link
 * Configuration} has a value, or an array of values to be tried in combination with all others; {@code methods} is a list
 * of objects with keys of their own, which override those outside.
 *
 * @param name names the directory of the results
 * @param configurations of the trainings, all different, in the order in which they run
 */
public record Experiment(String name, List<Configuration> configurations) {

  /** The presets: resources beside this class. */
  public static final List<String> PRESETS = List.of("digits", "fashion-quick", "monna-mnist", "monna-cifar");

  private static final ObjectNode DEFAULTS = JSON.valueToTree(Configuration.DEFAULT);
  private static final int MOST = 100_000;

  /** What tables and reports tell apart by themselves. */
  private static final List<String> TOLD_APART = List.of("method", "seed", "attack", "split");

  public Experiment {
    configurations = List.copyOf(configurations);
  }

  /** The text of a preset. */
  public static ObjectNode preset(String name) throws IOException {
    requireKnown("preset", name, PRESETS);
    try (InputStream resource = requireNonNull(Experiment.class.getResourceAsStream(name + ".json"), name)) {
      return (ObjectNode) JSON.readTree(resource);
    }
  }

  /** The text of a file. */
  public static ObjectNode file(Path file) throws IOException {
    try {
      return parse(Files.readString(file), file.toString());
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("there is no file " + file, e);
    } catch (IOException e) {
      throw new IOException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  static ObjectNode parse(String text, String where) {
    try {
      JsonNode root = JSON.readTree(text);
      if (root instanceof ObjectNode object) {
        return object;
      }
      throw new IllegalArgumentException(where + " holds no JSON object");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("%s is no valid JSON: %s".formatted(where, sentence(e)), e);
    }
  }

  private static String sentence(JsonProcessingException e) {
    String at = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
    return String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("") + at;
  }

  /**
   * Reads an experiment and checks all its trainings.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static Experiment read(ObjectNode root) {
    ObjectNode base = root.deepCopy();
    JsonNode name = base.remove("experiment");
    if (name == null || !name.isTextual() || !name.textValue().matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      // Results go into a directory of this name: ".." would be another one.
      throw new IllegalArgumentException(
          "\"experiment\" must name the experiment in letters, digits, '.', '_' and '-', beginning with a letter or a digit");
    }
    base.remove("description");
    JsonNode methods = base.remove("methods");
    checkKeys(base, List.of("experiment", "description", "methods"));
    List<ObjectNode> variants = new ArrayList<>();
    for (JsonNode method : methods == null ? List.of(JSON.createObjectNode()) : elements("methods", methods)) {
      if (!(method instanceof ObjectNode object)) {
        throw new IllegalArgumentException("\"methods\" must hold objects, but one is " + method);
      }
      checkKeys(object, List.of());
      variants.add(object);
    }
    Set<Configuration> configurations = new LinkedHashSet<>();
    for (ObjectNode outside : grid(base)) {
      for (ObjectNode variant : variants) {
        for (ObjectNode inside : grid(variant)) {
          ObjectNode all = DEFAULTS.deepCopy();
          all.setAll(outside);
          all.setAll(inside);
          configurations.add(configuration(all, name(all, base, variant)));
        }
      }
    }
    return new Experiment(name.textValue(), List.copyOf(configurations));
  }

  private static List<JsonNode> elements(String key, JsonNode array) {
    List<JsonNode> elements = new ArrayList<>();
    array.forEach(elements::add);
    if (!array.isArray() || elements.isEmpty()) {
      throw new IllegalArgumentException("\"%s\" must be an array of at least one".formatted(key));
    }
    return elements;
  }

  private static void checkKeys(ObjectNode object, List<String> more) {
    List<String> known = new ArrayList<>(more);
    DEFAULTS.fieldNames().forEachRemaining(known::add);
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String key = entry.getKey();
      requireKnown("key", key, known);
      JsonNode value = entry.getValue();
      for (JsonNode one : value.isArray() ? elements(key, value) : List.of(value)) {
        checkType(key, one);
      }
    }
  }

  private static void checkType(String key, JsonNode value) {
    JsonNode example = DEFAULTS.get(key);
    boolean integral = example.isIntegralNumber() && value.isIntegralNumber();
    boolean fits = key.equals("seed") ? value.canConvertToLong() : value.canConvertToInt();
    if (!(example.isTextual() ? value.isTextual() : example.isIntegralNumber() ? integral && fits : value.isNumber())) {
      String kind = example.isTextual() ? "a text" : example.isIntegralNumber() ? "a whole number" : "a number";
      throw new IllegalArgumentException("\"%s\" must be %s, but is %s".formatted(key, kind, value));
    }
  }

  /** All combinations, the last key changing fastest. */
  private static List<ObjectNode> grid(ObjectNode object) {
    List<ObjectNode> grid = List.of(JSON.createObjectNode());
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      JsonNode value = entry.getValue();
      List<ObjectNode> longer = new ArrayList<>();
      for (ObjectNode point : grid) {
        for (JsonNode one : value.isArray() ? elements(entry.getKey(), value) : List.of(value)) {
          ObjectNode copy = point.deepCopy();
          copy.set(entry.getKey(), one);
          longer.add(copy);
        }
      }
      if (longer.size() > MOST) {
        throw new IllegalArgumentException("the grid has more than %,d trainings".formatted(MOST));
      }
      grid = longer;
    }
    return grid;
  }

  /** The method's name with the values of what is varied, so that different trainings have different names. */
  private static String name(ObjectNode all, ObjectNode base, ObjectNode variant) {
    String method = all.get("method").textValue();
    StringBuilder name = new StringBuilder(method.isEmpty() ? all.get("rule").textValue() : method);
    for (Map.Entry<String, JsonNode> entry : all.properties()) {
      String key = entry.getKey();
      JsonNode given = variant.has(key) ? variant.get(key) : base.path(key);
      boolean told = TOLD_APART.contains(key) || (key.equals("rule") && method.isEmpty());
      if (given.isArray() && given.size() > 1 && !told) {
        name.append(", ").append(key).append('=').append(entry.getValue().asText());
      }
    }
    return name.toString();
  }

  private static Configuration configuration(ObjectNode all, String name) {
    all.put("method", name);
    if (all.get("byzantine").intValue() == 0) {
      // Nobody is there to attack, whatever the attack.
      all.put("attack", Configuration.NO_ATTACK);
    }
    Configuration configuration;
    try {
      configuration = JSON.treeToValue(all, Configuration.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(sentence(e), e);
    }
    try {
      configuration.check();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(configuration.method() + ": " + e.getMessage(), e);
    }
    return configuration;
  }
}
