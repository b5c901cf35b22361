package org.monna.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.monna.simulation.experiment.Experiment;
import org.monna.simulation.experiment.ResultLog;
import org.monna.simulation.experiment.RunResult;
import picocli.CommandLine;

class TrainCommandTest {

  @TempDir Path directory;

  /** What a command gave. */
  private record Outcome(int status, String out, String err) {}

  private static Outcome monna(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int status = command.execute(args);
    return new Outcome(status, out.toString(), err.toString());
  }

  @Test
  void helpNamesEveryFlag() {
    Outcome help = monna("train", "--help");
    assertEquals(0, help.status);
    for (String flag :
        List.of(
            "--experiment",
            "--preset",
            "--data",
            "--nodes",
            "--byzantine",
            "--attack",
            "--rule",
            "--steps",
            "--split",
            "--seed",
            "--threads",
            "--checkpoint",
            "--shares",
            "--report",
            "--out")) {
      assertTrue(help.out.contains(flag), flag);
    }
    for (String preset : Experiment.PRESETS) {
      assertTrue(help.out.contains(preset), preset);
    }
    assertTrue(monna("--help").out.contains("train"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          --nodes 0                        ~ at least 2 nodes must be honest, but 0 of 0 are Byzantine
          --nodes 15                       ~ needs n > 2f, but n = 10 and f = 5; here every node obtains 10 vectors
          --nodes 9999                     ~ 1437 examples cannot be shared by 9999 nodes
          --nodes 200 --split paper-dirichlet(1) ~ 1437 examples of 10 classes are too few for 200 nodes
          --shares --nodes 200 --split paper-dirichlet(1) ~ 1437 examples of 10 classes are too few for 200 nodes
          --nodes many                     ~ Invalid value for option '--nodes': 'many' is not an int
          --byzantine -1                   ~ the number of Byzantine nodes is -1, but cannot be negative
          --byzantine 26                   ~ at least 2 nodes must be honest, but 26 of 26 are Byzantine
          --attack rumours                 ~ unknown attack "rumours"; known are none, sign-flipping
          --attack mimic(node=40)          ~ mimic: there is no honest node 40 among 21
          --rule median(f=1)               ~ median has no parameter "f"; it has none
          --rule nearest(f=1)              ~ unknown rule "nearest"; known are
          --rule krum(f=11)                ~ here every node obtains 21 vectors
          --rule nnm(f=11)|mean            ~ here every node obtains 21 vectors
          --steps 0                        ~ steps is 0, but must be at least 1
          --split dirichlet(0)             ~ alpha is 0.0, but must be a number greater than 0
          --split even                     ~ unknown split "even"; known are
          --seed x                         ~ Invalid value for option '--seed'
          --threads 0                      ~ the number of threads is 0, but must be at least 1
          --checkpoint -1                  ~ --checkpoint is -1.0 seconds, but must be at least 0
          --preset digits --experiment a.json ~ --experiment a.json and --preset digits are two experiments
          --preset mnist                   ~ unknown preset "mnist"; known are digits
          --experiment missing.json        ~ there is no file missing.json
          --sedd 1                         ~ Unknown options: '--sedd', '1'
          """)
  void wrongUseIsToldInOneSentence(String args, String message) {
    Path out = directory.resolve("results");
    Outcome outcome =
        monna(Stream.concat(Stream.of("train", "--out=" + out), Stream.of(args.split(" ", -1))).toArray(String[]::new));
    assertEquals(2, outcome.status);
    assertTrue(outcome.err.contains(message), outcome.err);
    assertTrue(outcome.err.startsWith("monna train: "), outcome.err);
    assertEquals(1, outcome.err.lines().count(), outcome.err);
    assertEquals("", outcome.out);
    assertFalse(Files.exists(out));
  }

  @Test
  void onlyImagesCanBeMirrored() throws IOException {
    Path file = directory.resolve("mirrored.json");
    Files.writeString(file, "{\"experiment\": \"mirrored\", \"augmentation\": \"mirror\"}");
    Outcome outcome = monna("train", "--experiment=" + file, "--out=" + directory.resolve("results"));
    assertEquals(2, outcome.status);
    assertTrue(
        outcome.err.contains("the examples of digits are no images, so that augmentation must be none"), outcome.err);
  }

  @Test
  void whatCannotBeReadOrWrittenIsToldBeforeTraining() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "kept");
    Outcome outcome = monna("train", "--out", file.toString());
    assertEquals(1, outcome.status);
    assertTrue(outcome.err.startsWith("monna train: cannot write to "), outcome.err);
    assertEquals(1, outcome.err.lines().count(), outcome.err);
    assertEquals("kept", Files.readString(file));
    outcome = monna("train", "--preset=monna-mnist", "--data=" + directory, "--out=" + directory);
    assertEquals(1, outcome.status);
    assertEquals(1, outcome.err.lines().count(), outcome.err);
    outcome = monna("train", "--experiment=" + directory);
    assertEquals(1, outcome.status);
    assertTrue(outcome.err.startsWith("monna train: " + directory), outcome.err);
  }

  private static Map<String, RunResult> results(Path out) throws IOException {
    Map<String, RunResult> results = new TreeMap<>();
    for (RunResult result : new ResultLog(out.resolve("results.jsonl")).results().values()) {
      results.put(result.method() + ", " + result.attack(), result);
    }
    return results;
  }

  /**
   * The claim of the paper, small: under both attacks averaging learns nothing and MoNNA what D-SGD learns without
   * attack.
   */
  @Test
  void monnaLearnsWhereAveragingFails() throws IOException {
    Outcome outcome =
        monna("train", "--nodes=7", "--byzantine=1", "--steps=100", "--split=dirichlet(5)", "--out=" + directory);
    assertEquals(0, outcome.status, outcome.err);
    Map<String, RunResult> results = results(directory);
    assertEquals(7, results.size());
    double reference = results.get("D-SGD, none").end().accuracy();
    assertTrue(reference > 0.85, outcome.out);
    for (String attack : List.of("alie", "sign-flipping")) {
      assertTrue(results.get("D-SGD, " + attack).end().accuracy() < 0.3, outcome.out);
      assertTrue(results.get("MoNNA, " + attack).end().accuracy() > reference - 0.05, outcome.out);
    }
    assertTrue(outcome.out.contains("MoNNA"));
    assertTrue(outcome.out.contains("7 nodes"));
    assertTrue(outcome.out.contains("Results are in " + directory.resolve("results.jsonl")));
    // Again, there is nothing to do.
    outcome =
        monna("train", "--nodes=7", "--byzantine=1", "--steps=100", "--split=dirichlet(5)", "--out=" + directory);
    assertEquals(0, outcome.status);
    assertTrue(outcome.err.startsWith("7 of 7 trainings are in "), outcome.err);
    assertTrue(outcome.out.contains("MoNNA"));
  }

  @Test
  void whoHasWhatIsPrinted() {
    Outcome outcome = monna("train", "--shares", "--split=iid", "--nodes=5", "--byzantine=1", "--out=" + directory);
    assertEquals(0, outcome.status, outcome.err);
    assertTrue(outcome.out.startsWith("digits, iid, 5 honest nodes, seed 1: examples of each class"), outcome.out);
    assertTrue(outcome.out.contains("digits, iid, 4 honest nodes, seed 1: examples of each class"), outcome.out);
    assertEquals(2 * 2 + 5 + 4 + 2, outcome.out.lines().count(), outcome.out);
    assertFalse(Files.exists(directory.resolve("results.jsonl")));
  }

  @Test
  void aRuleIsAddedToTheOnlyMethodToo() throws IOException {
    Path file = directory.resolve("one.json");
    Files.writeString(file, "{\"experiment\": \"one\", \"nodes\": 4, \"byzantine\": 0, \"steps\": 1, \"rule\": \"mean\"}");
    Outcome outcome = monna("train", "--experiment=" + file, "--rule=median", "--out=" + directory);
    assertEquals(0, outcome.status, outcome.err);
    assertEquals(Set.of("mean, none", "median, none"), results(directory).keySet());
    Files.writeString(file, "{\"experiment\": \"one\", \"methods\": {}}");
    outcome = monna("train", "--experiment=" + file, "--rule=median", "--out=" + directory);
    assertEquals(2, outcome.status);
    assertTrue(outcome.err.startsWith("monna train: \"methods\" must be an array of at least one"), outcome.err);
  }

  @Test
  void sameSeedSameCurvesWhateverTheThreads() throws IOException {
    Map<String, List<RunResult.Point>> one = train("one", "--seed=7", "--threads=1", "--rule=median");
    assertEquals(one, train("two", "--seed=7", "--threads=3", "--rule=median"));
    assertNotEquals(one, train("three", "--seed=8", "--threads=3", "--rule=median"));
    Map<String, RunResult> results = results(directory.resolve("one"));
    assertEquals(9, results.size());
    for (RunResult result : results.values()) {
      assertEquals(7, result.seed());
      assertEquals(4810, result.parameters());
      assertEquals(12, result.end().step());
      assertTrue(result.end().worst() <= result.end().accuracy());
      assertEquals(result.attack().equals("none") ? 0 : 1, result.configuration().byzantine());
      assertEquals(List.of("aggregation", "attack", "exchange", "gradient", "test"),
          List.copyOf(new TreeMap<>(result.seconds()).keySet()));
    }
  }

  private Map<String, List<RunResult.Point>> train(String name, String... more) throws IOException {
    Path out = directory.resolve(name);
    List<String> args = List.of("train", "--nodes=5", "--byzantine=1", "--steps=12", "--out=" + out);
    Outcome outcome = monna(Stream.concat(args.stream(), Stream.of(more)).toArray(String[]::new));
    assertEquals(0, outcome.status, outcome.err);
    Map<String, List<RunResult.Point>> curves = new TreeMap<>();
    results(out).forEach((key, result) -> curves.put(key, result.curve()));
    return curves;
  }

  @Test
  void withoutByzantineNodesAllMethodsRunOnce() throws IOException {
    assertEquals(0, monna("train", "--nodes=4", "--byzantine=0", "--steps=3", "--out=" + directory).status);
    assertEquals(
        List.of("D-SGD, none", "MoNNA, none", "trimmed mean, none"), List.copyOf(results(directory).keySet()));
  }

  /** A process of its own is killed in the middle of its work, and told to stop in the middle; then it goes on. */
  @Test
  void killedAndInterruptedItGoesOnWithTheSameResults() throws IOException, InterruptedException {
    Path experiment =
        Files.writeString(
            directory.resolve("experiment.json"),
            """
            {"experiment": "long", "nodes": 7, "byzantine": 1, "attack": ["alie", "foe"], "steps": 600,
             "model": "mlp(16)"}
            """);
    Path whole = directory.resolve("whole");
    assertEquals(0, monna("train", "--experiment=" + experiment, "--out=" + whole).status);

    Path out = directory.resolve("out");
    List<String> command =
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "org.monna.simulation.Main",
            "train",
            "--experiment=" + experiment,
            "--threads=1",
            "--checkpoint=0",
            "--out=" + out);
    Path said = directory.resolve("said");
    for (boolean kill : new boolean[] {true, false}) {
      Process process =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
      long changes = 0;
      FileTime last = FileTime.fromMillis(0);
      while (changes < 30 && process.isAlive()) {
        FileTime now = modified(out.resolve("checkpoints"));
        changes += now.equals(last) ? 0 : 1;
        last = now;
        Thread.sleep(2);
      }
      assertTrue(process.isAlive(), Files.readString(said));
      if (kill) {
        process.destroyForcibly();
      } else {
        process.destroy();
      }
      assertNotEquals(0, process.waitFor());
      assertEquals(!kill, Files.readString(said).contains("the same command goes on from there"), Files.readString(said));
      assertTrue(results(out).size() < 2);
    }
    Outcome outcome = monna("train", "--experiment=" + experiment, "--out=" + out);
    assertEquals(0, outcome.status, outcome.err);
    for (String key : List.of("nna(f={f}), alie", "nna(f={f}), foe")) {
      assertEquals(results(whole).get(key).curve(), results(out).get(key).curve());
    }
  }

  private static FileTime modified(Path path) throws IOException {
    return Files.exists(path) ? Files.getLastModifiedTime(path) : FileTime.fromMillis(0);
  }
}
