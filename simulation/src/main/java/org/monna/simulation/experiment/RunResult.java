package org.monna.simulation.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.monna.simulation.protocol.Configuration;

/**
 * What came of one training: one line of a results file.
 *
 * @param id of the configuration: the same one, the same id
 * @param experiment its name
 * @param method its name
 * @param rule as in the configuration
 * @param attack as in the configuration; "none" without one
 * @param split as in the configuration
 * @param seed as in the configuration
 * @param configuration all of it
 * @param parameters the number d of the model
 * @param curve the tests, the last one after the last step
 * @param seconds how long the parts took
 * @param commit of the code, or "unknown"
 * @param jdk its version
 */
public record RunResult(
    String id,
    String experiment,
    String method,
    String rule,
    String attack,
    String split,
    long seed,
    Configuration configuration,
    int parameters,
    List<Point> curve,
    Map<String, Double> seconds,
    String commit,
    String jdk) {

  /**
   * A test of the models after so many steps.
   *
   * @param accuracy on the test examples, the mean over the honest nodes
   * @param worst that of the node that is worst off
   * @param loss the mean training loss of the last step
   * @param drift the root of the mean squared distance of the honest models from their mean
   */
  public record Point(int step, double accuracy, double worst, double loss, double drift) {}

  private static final JsonMapper JSON = new JsonMapper();

  public RunResult {
    curve = List.copyOf(curve);
    if (curve.isEmpty()) {
      throw new IllegalArgumentException("a result has at least one test");
    }
    seconds = Map.copyOf(seconds);
  }

  static RunResult of(
      String experiment, Configuration c, int parameters, List<Point> curve, Map<String, Double> seconds) {
    return new RunResult(
        id(c),
        experiment,
        c.method(),
        c.rule(),
        c.attack(),
        c.split(),
        c.seed(),
        c,
        parameters,
        curve,
        seconds,
        System.getProperty("org.monna.commit", "unknown"),
        Runtime.version().toString());
  }

  /** A hash of the configuration. */
  public static String id(Configuration configuration) {
    ObjectNode tree = JSON.valueToTree(configuration);
    return DigestUtils.sha256Hex(tree.toString()).substring(0, 16);
  }

  /** The value of every key of the configuration, as JSON. */
  public Map<String, String> values() {
    Map<String, String> values = new TreeMap<>();
    JSON.<ObjectNode>valueToTree(configuration).properties().forEach(e -> values.put(e.getKey(), e.getValue().toString()));
    return values;
  }

  /** The last test. */
  public Point end() {
    return curve.getLast();
  }

  String toLine() {
    return JSON.valueToTree(this) + "\n";
  }

  /** The inverse of {@link #toLine}. */
  static RunResult fromLine(String line) throws JsonProcessingException {
    RunResult result = JSON.readValue(line, RunResult.class);
    if (result == null) {
      throw new JsonMappingException(null, "no result");
    }
    return result;
  }
}
