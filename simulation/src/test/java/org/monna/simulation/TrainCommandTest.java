package org.monna.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        List.of("--nodes", "--byzantine", "--attack", "--rule", "--steps", "--alpha", "--seed", "--threads", "--out")) {
      assertTrue(help.out.contains(flag), flag);
    }
    assertTrue(monna("--help").out.contains("train"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          --nodes 0                        ~ at least 2 nodes must be honest, but 5 of 0 are Byzantine
          --nodes 15                       ~ more than 3 nodes are needed for each Byzantine one, but f = 5 and n = 15
          --nodes 9999                     ~ 9999 nodes are too many for 1437 training examples
          --nodes many                     ~ Invalid value for option '--nodes': 'many' is not an int
          --byzantine -1                   ~ the number of Byzantine nodes is -1, but cannot be negative
          --byzantine 26                   ~ at least 2 nodes must be honest, but 26 of 26 are Byzantine
          --attack rumours                 ~ unknown attack "rumours"; known are sign-flipping, alie
          --rule median(f=1)               ~ median has no parameter "f"; it has none
          --rule nearest(f=1)              ~ unknown rule "nearest"; known are
          --rule krum(f=11)                ~ here every node obtains 21 vectors
          --rule nnm(f=11)|mean            ~ here every node obtains 21 vectors
          --steps 0                        ~ the number of steps is 0, but must be at least 1
          --alpha 0                        ~ alpha is 0.0, but must be a number greater than 0
          --alpha NaN                      ~ alpha is NaN, but must be a number greater than 0
          --seed x                         ~ Invalid value for option '--seed': 'x' is not a long
          --threads 0                      ~ the number of threads is 0, but must be at least 1
          --sedd 1                         ~ Unknown options: '--sedd', '1'
          """)
  void wrongUseIsToldInOneSentence(String args, String message) {
    Path out = directory.resolve("results.json");
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
  void aFileThatCannotBeWrittenIsToldBeforeTraining() throws IOException {
    Path missing = directory.resolve("missing/results.json");
    assertRefused(missing, "cannot write to " + missing + ": its directory does not exist");
    assertRefused(directory, "cannot write to " + directory + ": it is a directory");
    Path file = Files.writeString(directory.resolve("file"), "kept");
    assertRefused(file.resolve("results.json"), "cannot write to " + file.resolve("results.json"));
    assertEquals("kept", Files.readString(file));
  }

  private static void assertRefused(Path out, String message) {
    Outcome outcome = monna("train", "--out", out.toString());
    assertEquals(2, outcome.status);
    assertTrue(outcome.err.contains(message), outcome.err);
    assertFalse(outcome.err.contains("test examples"), "trained first");
  }

  /**
   * The claim of the paper, small: under both attacks averaging learns nothing and MoNNA what D-SGD learns without
   * attack.
   */
  @Test
  void monnaLearnsWhereAveragingFails() throws IOException {
    Path out = directory.resolve("results.json");
    Outcome outcome = monna("train", "--nodes=7", "--byzantine=1", "--steps=100", "--alpha=5", "--out=" + out);
    assertEquals(0, outcome.status, outcome.err);
    Results results = ResultFile.read(out);
    assertEquals(7, results.runs().size());
    double reference = accuracy(results, "D-SGD", "none");
    assertTrue(reference > 0.85, outcome.out);
    for (Attack attack : Attack.ALL) {
      assertTrue(accuracy(results, "D-SGD", attack.toString()) < 0.3, outcome.out);
      assertTrue(accuracy(results, "MoNNA", attack.toString()) > reference - 0.05, outcome.out);
    }
    assertTrue(outcome.out.contains("MoNNA"));
    assertTrue(outcome.out.contains("7 nodes, 1 of them Byzantine"));
    // Nothing but the results.
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(List.of(out), files.toList());
    }
  }

  private static double accuracy(Results results, String method, String attack) {
    return results.runs().stream()
        .filter(run -> run.method().equals(method) && run.attack().equals(attack))
        .findFirst()
        .orElseThrow()
        .end()
        .accuracy();
  }

  @Test
  void sameSeedSameFileWhateverTheThreads() throws IOException {
    byte[] one = train("--seed=7", "--threads=1", "--rule=median");
    assertArrayEquals(one, train("--seed=7", "--threads=3", "--rule=median"));
    assertFalse(Arrays.equals(one, train("--seed=8", "--threads=3", "--rule=median")));
    Results results = ResultFile.read(directory.resolve("results.json"));
    assertEquals(8, results.settings().seed());
    assertEquals(1437, results.data().trainingExamples());
    assertEquals(4810, results.model().parameters());
    assertEquals("trimmed-mean(f=1)", results.runs().get(2).rule());
    assertEquals(9, results.runs().size());
    for (Results.Run run : results.runs()) {
      assertEquals(12, run.end().step());
      assertTrue(run.end().worst() <= run.end().accuracy());
      assertEquals(run.attack().equals("none") ? 0 : 1, run.byzantine());
    }
  }

  @Test
  void withoutByzantineNodesAllMethodsRunOnce() throws IOException {
    Path out = directory.resolve("results.json");
    assertEquals(0, monna("train", "--nodes=4", "--byzantine=0", "--steps=3", "--out=" + out).status);
    Results results = ResultFile.read(out);
    assertEquals(List.of("none", "none", "none"), results.runs().stream().map(Results.Run::attack).toList());
  }

  private byte[] train(String... more) throws IOException {
    Path out = directory.resolve("results.json");
    List<String> args = List.of("train", "--nodes=5", "--byzantine=1", "--steps=12", "--out=" + out);
    Outcome outcome = monna(Stream.concat(args.stream(), Stream.of(more)).toArray(String[]::new));
    assertEquals(0, outcome.status, outcome.err);
    return Files.readAllBytes(out);
  }
}
