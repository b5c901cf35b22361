package org.monna.simulation.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.monna.simulation.protocol.Configuration;

class ExperimentTest {

  private static Experiment read(String json) {
    return Experiment.read(Experiment.parse(json.replace('\'', '"'), "the file"));
  }

  @Test
  void arraysAreGridsAndMethodsOverride() {
    Experiment experiment =
        read(
            """
            {'experiment': 'e', 'seed': [1, 2], 'attack': ['alie', 'foe'], 'steps': 7,
             'methods': [{'method': 'D-SGD', 'rule': 'mean', 'byzantine': 0},
                         {'method': 'MoNNA', 'momentum': [0.9, 0.99]}]}
            """);
    List<String> all =
        experiment.configurations().stream()
            .map(c -> "%d %s %s: %s".formatted(c.seed(), c.attack(), c.method(), c.rule()))
            .toList();
    // Without Byzantine nodes there is one training, not one for each attack.
    assertEquals(
        List.of(
            "1 none D-SGD: mean",
            "1 alie MoNNA, momentum=0.9: nna(f={f})",
            "1 alie MoNNA, momentum=0.99: nna(f={f})",
            "1 foe MoNNA, momentum=0.9: nna(f={f})",
            "1 foe MoNNA, momentum=0.99: nna(f={f})",
            "2 none D-SGD: mean",
            "2 alie MoNNA, momentum=0.9: nna(f={f})",
            "2 alie MoNNA, momentum=0.99: nna(f={f})",
            "2 foe MoNNA, momentum=0.9: nna(f={f})",
            "2 foe MoNNA, momentum=0.99: nna(f={f})"),
        all);
    assertTrue(experiment.configurations().stream().allMatch(c -> c.steps() == 7 && c.nodes() == 26));
  }

  @Test
  void aMethodWithoutANameHasThatOfItsRule() {
    assertEquals("median", read("{'experiment': 'e', 'rule': 'median'}").configurations().getFirst().method());
    assertEquals(
        List.of("median, nodes=9", "mean, nodes=9", "median, nodes=8", "mean, nodes=8"),
        read("{'experiment': 'e', 'byzantine': 2, 'nodes': [9, 8], 'rule': ['median', 'mean']}")
            .configurations().stream().map(Configuration::method).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          {'experiment': 'e', 'momentun': 1}        ~ unknown key "momentun": did you mean "momentum"?
          {'experiment': 'e', 'sed': 1}             ~ unknown key "sed": did you mean "seed"?
          {'experiment': 'e', 'method': 'x', 'methods': [{'rul': 'median'}]} ~ unknown key "rul": did you mean "rule"?
          {'experiment': 'e', 'Methods': []}        ~ unknown key "Methods": did you mean "methods"?
          {'experiment': 'e', 'colour': 1}          ~ unknown key "colour"; known are experiment, description, methods, method, data
          {'experiment': 'e', 'methods': [{'experiment': 'e'}]} ~ unknown key "experiment"; known are method, data, model
          {'experiment': 'e', 'methods': []}        ~ "methods" must be an array of at least one
          {'experiment': 'e', 'methods': [3]}       ~ "methods" must hold objects, but one is 3
          {'experiment': 'e', 'steps': 'many'}      ~ "steps" must be a whole number, but is "many"
          {'experiment': 'e', 'steps': 1.5}         ~ "steps" must be a whole number, but is 1.5
          {'experiment': 'e', 'steps': 99999999999} ~ "steps" must be a whole number, but is 99999999999
          {'experiment': 'e', 'steps': []}          ~ "steps" must be an array of at least one
          {'experiment': 'e', 'rate': [1, null]}    ~ "rate" must be a number, but is null
          {'experiment': 'e', 'rule': 3}            ~ "rule" must be a text, but is 3
          {'experiment': 'e', 'attack': 'rumours'}  ~ nna(f={f}): unknown attack "rumours"
          {'experiment': 'e', 'byzantine': 9}       ~ nna(f={f}): nna(f=9, pivot=0) needs n > 2f, but n = 17 and f = 9
          {'experiment': 'e', 'byzantine': 9, 'byzantine': 9} ~ the file is no valid JSON: Duplicate
          {'experiment': 'e'                        ~ the file is no valid JSON: Unexpected end-of-input
          {'experiment': 'e'} {}                    ~ the file is no valid JSON: Trailing token
          {'experiment': '../e'}                    ~ "experiment" must name the experiment
          {'experiment': '..'}                      ~ "experiment" must name the experiment
          {'steps': 3}                              ~ "experiment" must name the experiment
          [1]                                       ~ the file holds no JSON object
          """)
  void whatIsWrongIsToldInASentence(String json, String message) {
    String told = assertThrows(IllegalArgumentException.class, () -> read(json)).getMessage();
    assertTrue(told.startsWith(message), told);
    assertEquals(1, told.lines().count(), told);
  }

  @Test
  void aGridThatIsTooLargeIsRefused() {
    String many = "[" + "1,".repeat(999) + "2]";
    String json = "{'experiment': 'e', 'seed': %s, 'steps': %s, 'rounds': %s}".formatted(many, many, many);
    assertEquals(
        "the grid has more than 100,000 trainings",
        assertThrows(IllegalArgumentException.class, () -> read(json)).getMessage());
  }

  @Test
  void allPresetsCanBeRead() throws IOException {
    for (String preset : Experiment.PRESETS) {
      Experiment experiment = Experiment.read(Experiment.preset(preset));
      assertEquals(preset, experiment.name());
    }
    assertEquals("unknown preset \"mnist\"; known are digits, fashion-quick, monna-mnist, monna-cifar", refused("mnist"));
    assertEquals("unknown preset \"digit\": did you mean \"digits\"?", refused("digit"));
    assertEquals("unknown preset \"../digits\": did you mean \"digits\"?", refused("../digits"));
  }

  private static String refused(String preset) {
    return assertThrows(IllegalArgumentException.class, () -> Experiment.preset(preset)).getMessage();
  }

  /** The numbers of the paper's scripts. */
  @Test
  void thePresetsAreThePapersExperiments() throws IOException {
    for (Configuration c : Experiment.read(Experiment.preset("monna-mnist")).configurations()) {
      assertEquals(26, c.nodes());
      assertEquals(c.method().equals("D-SGD") ? 0 : 5, c.byzantine());
      assertEquals(600, c.steps());
      assertEquals(25, c.batch());
      assertEquals(List.of(0.75, 50.0, 50), List.of(c.rate(), c.decay(), c.decayEvery()));
    }
    for (Configuration c : Experiment.read(Experiment.preset("monna-cifar")).configurations()) {
      assertEquals(16, c.nodes());
      assertEquals(2000, c.steps());
      assertEquals(50, c.batch());
      assertEquals("mirror", c.augmentation());
    }
    for (String preset : List.of("digits", "fashion-quick", "monna-mnist")) {
      Experiment.read(Experiment.preset(preset)).configurations().forEach(c -> assertEquals("none", c.augmentation()));
    }
    assertEquals(5 * 2 * (7 * 4 + 1), Experiment.read(Experiment.preset("monna-mnist")).configurations().size());
  }

  @Test
  void theIdIsThatOfTheConfiguration() {
    Configuration a = read("{'experiment': 'a', 'steps': 9}").configurations().getFirst();
    Configuration b = read("{'experiment': 'b', 'steps': 9}").configurations().getFirst();
    Configuration c = read("{'experiment': 'a', 'steps': 8}").configurations().getFirst();
    assertEquals(RunResult.id(a), RunResult.id(b));
    assertNotEquals(RunResult.id(a), RunResult.id(c));
  }
}
