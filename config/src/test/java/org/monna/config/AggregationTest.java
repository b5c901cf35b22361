package org.monna.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.Engine;
import org.monna.spi.GeometrySums;

final class AggregationTest {

  @ParameterizedTest
  @CsvSource(delimiter = ';', textBlock = """
      {"rule": "nnm(f=2) | trimmed-mean(f=2)"}; nnm(f=2) | trimmed-mean(f=2); 1
      {"workers": 4, "rule": "median"}; median; 4
      {"pipeline": [{"name": "nnm", "f": 2}, {"name": "trimmed-mean", "f": 2}], "workers": 2}; nnm(f=2) | trimmed-mean(f=2); 2
      {"pipeline": [{"f": 1, "name": "krum", "neighbors": "n-f-2"}]}; krum(f=1, neighbors=n-f-2); 1
      {"pipeline": [{"name": "geometric-median", "epsilon": 1e-8}]}; geometric-median(epsilon=1e-8); 1
      {"pipeline": [{"name": "weights", "values": [1, 2.5]}, {"name": "median"}]}; weights(1, 2.5) | median; 1
      """)
  void reads(String json, String rule, int workers) {
    Aggregation read = Aggregation.parse(json);
    assertEquals(new Aggregation(Aggregators.parse(rule), workers), read);
    assertEquals(read, Aggregation.parse(read.toJson()), "written and read again");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '~', textBlock = """
      {"rules": "median"} ~ unknown key "rules": did you mean "rule"?
      {"rule": "median", "worker": 2} ~ unknown key "worker": did you mean "workers"?
      {"rule": "median", "password": 2} ~ unknown key "password"; known are pipeline, rule, workers
      {"rule": "median", "@class": "java.lang.Runtime"} ~ unknown key "@class"; known are pipeline, rule, workers
      {"workers": 2} ~ the configuration needs either "rule" or "pipeline"
      {"rule": "median", "pipeline": []} ~ the configuration needs either "rule" or "pipeline"
      {"rule": 7} ~ "rule" is a text, not 7
      {"rule": "median", "workers": 0} ~ "workers" must be at least 1, not 0
      {"rule": "median", "workers": 1.5} ~ "workers" is a whole number, not 1.5
      {"rule": "median", "workers": 99999999999} ~ "workers" is a whole number, not 99999999999
      {"pipeline": []} ~ "pipeline" is a list of at least one stage, not []
      {"pipeline": {"name": "median"}} ~ "pipeline" is a list of at least one stage, not {"name":"median"}
      {"pipeline": ["median"]} ~ a stage is an object such as {...}, not "median"
      {"pipeline": [{"f": 2}]} ~ a stage needs a "name": {"f":2}
      {"pipeline": [{"name": "trimmedmean", "f": 2}]} ~ unknown rule "trimmedmean": did you mean "trimmed-mean"?
      {"pipeline": [{"name": "krum", "f": 2, "neighbours": 3}]} ~ unknown parameter of krum "neighbours": did you mean "neighbors"?
      {"pipeline": [{"name": "median", "tolerance": 2}]} ~ unknown parameter of median "tolerance"; known are none
      {"pipeline": [{"name": "krum", "f": [2]}]} ~ krum: "f" is a number or a text such as "n-2", not [2]
      {"pipeline": [{"name": "krum", "f": "2) | mean("}]} ~ krum: "f" is a number or a text such as "n-2", not "2) | mean("
      {"pipeline": [{"name": "krum", "f": 2.5}]} ~ krum: f = "2.5" is not a whole number
      {"pipeline": [{"name": "krum"}]} ~ krum needs the parameter f
      {"pipeline": [{"name": "weights", "values": 3}, {"name": "median"}]} ~ weights: "values" is a list of numbers, not 3
      [1] ~ the configuration is an object such as {...}, not [1]
      """)
  void saysWhatIsWrong(String json, String message) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, () -> Aggregation.parse(json)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "{\"rule\": \"median\"} x", "{\"rule\": \"median\", \"rule\": \"mean\"}", "{'rule': 1}"})
  void isStrict(String json) {
    assertThrows(IllegalArgumentException.class, () -> Aggregation.parse(json));
  }

  @Test
  void deepNestingIsAnError() {
    assertThrows(IllegalArgumentException.class, () -> Aggregation.parse("[".repeat(100_000)));
  }

  /** Whatever is sent, there is a configuration or a message. */
  @Property(tries = 2000)
  void nothingElseIsThrown(@ForAll @StringLength(max = 30) String name, @ForAll @StringLength(max = 10) String value) {
    String quoted = new TextNode(name).toString();
    String text = new TextNode(value).toString();
    for (String json :
        new String[] {
          name,
          "{\"rule\": " + quoted + "}",
          "{" + quoted + ": " + text + "}",
          "{\"pipeline\": [{\"name\": " + quoted + ", \"f\": " + text + "}]}",
          "{\"pipeline\": [{\"name\": \"krum\", \"f\": " + text + ", " + quoted + ": 1}]}"
        }) {
      try {
        assertNotNull(Aggregation.parse(json));
      } catch (IllegalArgumentException e) {
        assertNotNull(e.getMessage());
      }
    }
  }

  @Test
  void makesTheEngine() {
    assertSame(Engine.sequential(), Aggregation.parse("{\"rule\": \"median\"}").engine(Runnable::run));
    // Enough coordinates for two to have something to do.
    float[][] vectors = new float[3][3 * GeometrySums.SHARD];
    for (int workers = 1; workers <= 3; workers++) {
      int[] tasks = {0};
      Executor counting =
          task -> {
            tasks[0]++;
            task.run();
          };
      aggregate("{\"rule\": \"median\", \"workers\": " + workers + "}", vectors, counting);
      assertEquals(workers - 1, tasks[0]);
    }
  }

  private static float[] aggregate(String json, float[][] vectors, Executor executor) {
    Aggregation configured = Aggregation.parse(json);
    return configured.engine(executor).aggregate(configured.rule(), vectors);
  }

  /** Each object of the page is one. */
  @Test
  void thePageIsRead() throws IOException {
    String page = Files.readString(Path.of("../docs/integrations.md"));
    List<String> objects = page.substring(page.indexOf("```json"), page.indexOf("```", page.indexOf("```json") + 7)).lines().skip(1).toList();
    Aggregator mixed = Aggregators.parse("nnm(f=2) | trimmed-mean(f=2)");
    assertEquals(
        List.of(mixed, mixed, Aggregators.parse("weights(1, 2, 2) | median")),
        objects.stream().map(json -> Aggregation.parse(json).rule()).toList());
  }
}
