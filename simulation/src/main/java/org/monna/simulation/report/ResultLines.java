package org.monna.simulation.report;

import static org.monna.config.internal.StrictJson.JSON;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Results as they are written while runs finish: a JSON object in a line for each. Read as loosely as a report allows, since a file may
 * hold the lines of other versions, whose configurations have other keys.
 *
 * <pre>
 *   {"id": "1f3a", "experiment": "fashion-quick", "method": "MoNNA", "rule": "nna(f={f})", "attack": "alie", "split": "dirichlet(1)",
 *    "seed": 1, "configuration": {"nodes": 26, "rate": 0.75}, "parameters": 431080,
 *    "curve": [{"step": 10, "accuracy": 0.71, "worst": 0.65, "loss": 1.2, "drift": 0.12}],
 *    "seconds": {"gradient": 12.1, "attack": 0.4, "exchange": 0.1, "aggregation": 0.9, "test": 1.0},
 *    "commit": "abc1234", "jdk": "25.0.3"}
 * </pre>
 *
 * <p>The attack is "none" where there was none. Only configuration, parameters, loss, drift, seconds, commit and jdk may be
 * missing; other keys are left alone.
 *
 * @param runs in the order of the lines
 * @param notes what the reader of a report must know of the file
 */
record ResultLines(List<Run> runs, List<String> notes) {

  /**
   * Reads the file. A last line that was cut off when its writer was killed is left out, with a note.
   *
   * @throws IOException naming file and line if anything else is not as it should be, or if there is no run at all
   */
  static ResultLines read(Path file) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IOException("cannot read %s: there is no such file".formatted(file), e);
    } catch (IOException e) {
      throw new IOException("cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
    List<Run> runs = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    int start = 0;
    for (int line = 1; start < bytes.length; line++) {
      int end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      try {
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, end - start)).toString();
        if (!text.isBlank()) {
          runs.add(run(JSON.readTree(text)));
        }
      } catch (JsonProcessingException | CharacterCodingException e) {
        if (end < bytes.length) {
          String what = e instanceof JsonProcessingException json ? json.getOriginalMessage() : "no UTF-8";
          throw new IOException("%s, line %d: not a JSON object: %s".formatted(file, line, what), e);
        }
        notes.add("Line %d of the results is cut off, as by a kill, and is left out.".formatted(line));
      } catch (IllegalArgumentException e) {
        throw new IOException("%s, line %d: %s".formatted(file, line, e.getMessage()), e);
      }
      start = end + 1;
    }
    if (runs.isEmpty()) {
      throw new IOException("%s holds no finished run".formatted(file));
    }
    return new ResultLines(runs, notes);
  }

  private static Run run(JsonNode line) {
    if (!line.isObject()) {
      throw new IllegalArgumentException("not a JSON object");
    }
    List<Run.Point> curve = new ArrayList<>();
    JsonNode points = line.path("curve");
    if (!points.isArray() || points.isEmpty()) {
      throw new IllegalArgumentException("\"curve\" must be an array of at least one point");
    }
    for (JsonNode point : points) {
      JsonNode step = point.path("step");
      if (!step.isInt() || step.intValue() < (curve.isEmpty() ? 0 : curve.getLast().step() + 1)) {
        throw new IllegalArgumentException("the steps of \"curve\" must be whole numbers that grow");
      }
      curve.add(
          new Run.Point(
              step.intValue(), share(point, "accuracy"), share(point, "worst"), number(point, "loss"), number(point, "drift")));
    }
    JsonNode seed = line.path("seed");
    if (!seed.isIntegralNumber() || !seed.canConvertToLong()) {
      throw new IllegalArgumentException("\"seed\" must be a whole number");
    }
    Map<String, String> configuration = new TreeMap<>();
    line.path("configuration").properties().forEach(e -> configuration.put(e.getKey(), e.getValue().toString()));
    // Whatever the configuration leaves out: other rules are no repetitions.
    configuration.putIfAbsent("rule", line.path("rule").toString());
    Map<String, Double> seconds = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> part : line.path("seconds").properties()) {
      double value = number(line.path("seconds"), part.getKey());
      if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("\"seconds\" must be numbers that are not negative");
      }
      seconds.put(part.getKey(), value);
    }
    return new Run(
        text(line, "id"),
        text(line, "experiment"),
        text(line, "method"),
        text(line, "rule"),
        text(line, "attack"),
        text(line, "split"),
        seed.longValue(),
        configuration,
        line.path("parameters").asLong(),
        curve,
        seconds,
        line.path("commit").asText(""),
        line.path("jdk").asText(""));
  }

  private static String text(JsonNode line, String key) {
    JsonNode value = line.path(key);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("\"%s\" must be a string".formatted(key));
    }
    return value.textValue();
  }

  private static double share(JsonNode point, String key) {
    JsonNode value = point.path(key);
    if (!value.isNumber() || !(value.doubleValue() >= 0 && value.doubleValue() <= 1)) {
      throw new IllegalArgumentException("\"%s\" must be a number from 0 to 1 in all points of \"curve\"".formatted(key));
    }
    return value.doubleValue();
  }

  /** A number; NaN if absent. What diverged may be NaN or infinite, which JSON has only as strings. */
  private static double number(JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return Double.NaN;
    }
    if (value.isNumber()) {
      return value.doubleValue();
    }
    return switch (value.asText()) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw new IllegalArgumentException("\"%s\" must be a number".formatted(key));
    };
  }
}
