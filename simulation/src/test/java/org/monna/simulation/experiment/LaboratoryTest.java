package org.monna.simulation.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.monna.simulation.protocol.Configuration;

class LaboratoryTest {

  private static final Experiment EXPERIMENT =
      Experiment.read(
          Experiment.parse(
              """
              {"experiment": "test", "nodes": 7, "byzantine": 1, "steps": 30, "model": "mlp(8)", "testEvery": 10,
               "attack": ["alie", "label-flipping", "mimic-heuristic(learning=9)"],
               "methods": [{"method": "MoNNA"}, {"method": "server", "protocol": "server", "rule": "median"}]}
              """,
              "the test"));

  @TempDir Path directory;

  /** Counts, and stops the laboratory after so many steps. */
  private static class Counter implements Laboratory.Listener {

    final AtomicLong steps = new AtomicLong();
    final List<String> told = new ArrayList<>();

    @Override
    public void steps(long count) {
      steps.addAndGet(count);
    }

    @Override
    public void tested(Configuration configuration, RunResult.Point point) {}

    @Override
    public void done(RunResult result) {}

    @Override
    public synchronized void tell(String sentence) {
      told.add(sentence);
    }
  }

  private static Counter run(Path out, int threads, long stopAfter) throws IOException, InterruptedException {
    try (Materials materials = new Materials(null)) {
      ResultLog log = new ResultLog(out.resolve("results.jsonl"));
      Laboratory laboratory = new Laboratory(EXPERIMENT, materials, log, stopAfter < Long.MAX_VALUE ? 0 : 1e6);
      Counter counter =
          new Counter() {
            @Override
            public void steps(long count) {
              super.steps(count);
              if (steps.get() >= stopAfter) {
                laboratory.stop();
              }
            }
          };
      assertEquals(stopAfter == Long.MAX_VALUE, laboratory.run(threads, counter));
      return counter;
    }
  }

  /** The curves by method and attack: all that does not depend on the clock. */
  private static Map<String, List<RunResult.Point>> curves(Path out) throws IOException {
    return new ResultLog(out.resolve("results.jsonl"))
        .results().values().stream()
            .collect(Collectors.toMap(r -> r.method() + r.attack(), RunResult::curve, (a, b) -> a, TreeMap::new));
  }

  private static List<Path> checkpoints(Path out) throws IOException {
    try (Stream<Path> files = Files.list(out.resolve("checkpoints"))) {
      return files.filter(file -> file.toString().endsWith(".checkpoint")).sorted().toList();
    }
  }

  @Test
  void stoppedAndResumedItGivesTheSameBitsOnAnyThreads() throws IOException, InterruptedException {
    Path whole = directory.resolve("whole");
    assertEquals(180, run(whole, 1, Long.MAX_VALUE).steps.get());
    assertEquals(6, curves(whole).size());
    assertEquals(List.of(10, 20, 30), curves(whole).get("MoNNAalie").stream().map(RunResult.Point::step).toList());
    Path parts = directory.resolve("parts");
    run(parts, 2, 40);
    assertTrue(curves(parts).size() < 6);
    run(parts, 1, 55);
    assertFalse(checkpoints(parts).isEmpty());
    run(parts, 3, Long.MAX_VALUE);
    assertEquals(curves(whole), curves(parts));
    assertTrue(checkpoints(parts).isEmpty());
    // All is done.
    assertEquals(0, run(parts, 1, Long.MAX_VALUE).steps.get());
  }

  /** The checkpoint of a laboratory that was stopped after 40 steps. */
  private static Path stopped(Path directory) throws IOException, InterruptedException {
    run(directory, 1, 40);
    return checkpoints(directory).getFirst();
  }

  @Test
  void aDamagedCheckpointCostsNoMoreThanTheStepsSinceTheOneBefore() throws IOException, InterruptedException {
    Path whole = directory.resolve("whole");
    run(whole, 1, Long.MAX_VALUE);
    Path damaged = directory.resolve("damaged");
    Path checkpoint = stopped(damaged);
    byte[] bytes = Files.readAllBytes(checkpoint);
    bytes[bytes.length / 2] ^= 4;
    Files.write(checkpoint, bytes);
    Counter counter = run(damaged, 1, Long.MAX_VALUE);
    assertEquals(
        List.of(
            "the checkpoint %s is damaged (its checksum is wrong): going on from the one before it"
                .formatted(checkpoint)),
        counter.told);
    assertEquals(curves(whole), curves(damaged));

    Path lost = directory.resolve("lost");
    Path last = stopped(lost);
    Files.write(last, new byte[3]);
    Files.write(Path.of(last.toString().replace(".checkpoint", ".previous")), new byte[100]);
    counter = run(lost, 1, Long.MAX_VALUE);
    assertEquals(2, counter.told.size());
    assertTrue(counter.told.get(0).contains("(it is too short): going on from the one before it"), counter.told.get(0));
    assertTrue(counter.told.get(1).contains("going on from the first step"), counter.told.get(1));
    assertEquals(curves(whole), curves(lost));
  }

  @Test
  void aLineThatWasCutOffIsWrittenAgain() throws IOException, InterruptedException {
    run(directory, 1, Long.MAX_VALUE);
    Path file = directory.resolve("results.jsonl");
    Map<String, List<RunResult.Point>> whole = curves(directory);
    List<String> lines = Files.readAllLines(file);
    Files.writeString(file, lines.get(0) + "\n" + lines.get(1) + "\n" + lines.get(2).substring(0, 100));
    assertEquals(2, curves(directory).size());
    run(directory, 2, Long.MAX_VALUE);
    assertEquals(whole, curves(directory));
    assertEquals(6, Files.readAllLines(file).size());
  }

  /** Two commands on one directory: the results of the first are not overwritten by the second. */
  @Test
  void whatAnotherProcessWroteIsKept() throws IOException, InterruptedException {
    Path other = directory.resolve("other");
    run(other, 1, Long.MAX_VALUE);
    RunResult result = new ResultLog(other.resolve("results.jsonl")).results().values().iterator().next();
    Path file = directory.resolve("results.jsonl");
    ResultLog first = new ResultLog(file);
    ResultLog second = new ResultLog(file);
    first.append(result);
    String whole = Files.readString(file);
    assertEquals(
        "cannot write to %s: another process has written to it; the same command goes on with what both have done".formatted(file),
        assertThrows(IOException.class, () -> second.append(result)).getMessage());
    assertEquals(whole, Files.readString(file));
    new ResultLog(file).append(result);
    first = new ResultLog(file);
    assertEquals(1, first.results().size());
    assertEquals(2, Files.readAllLines(file).size());
  }

  /** A kill between the two moves that replace a checkpoint leaves the one before it. */
  @Test
  void theCheckpointBeforeIsEnough() throws IOException, InterruptedException {
    Path whole = directory.resolve("whole");
    run(whole, 1, Long.MAX_VALUE);
    Path moved = directory.resolve("moved");
    Path checkpoint = stopped(moved);
    Files.move(
        checkpoint, Path.of(checkpoint.toString().replace(".checkpoint", ".previous")), StandardCopyOption.REPLACE_EXISTING);
    run(moved, 1, Long.MAX_VALUE);
    assertEquals(curves(whole), curves(moved));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"id\": 3\n", "null\n", "[]\n", "{}\n", "{\"id\": \"3\", \"curve\": [], \"seconds\": {}}\n"})
  void aDamagedLineIsToldAndKept(String line) throws IOException {
    Path file = Files.writeString(directory.resolve("results.jsonl"), line);
    String told = assertThrows(IOException.class, () -> new ResultLog(file)).getMessage();
    assertEquals("line 1 of %s is damaged: repair or remove it, the other lines are kept".formatted(file), told);
    assertEquals(line, Files.readString(file));
  }

  /** On Linux there is a device that is always full. */
  @Test
  void aFullDiskIsToldAndNothingIsLost() throws IOException, InterruptedException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    Path whole = directory.resolve("whole");
    run(whole, 1, Long.MAX_VALUE);

    Path out = directory.resolve("out");
    run(out, 1, 40);
    Map<String, List<RunResult.Point>> before = curves(out);
    assertEquals(1, before.size());
    Path checkpoint = checkpoints(out).getFirst();
    Path temporary = Path.of(checkpoint.toString().replace(".checkpoint", ".tmp"));
    Files.createSymbolicLink(temporary, full);
    String told = assertThrows(IOException.class, () -> run(out, 1, 45)).getMessage();
    assertEquals("cannot write to %s: No space left on device".formatted(checkpoint), told);
    assertEquals(before, curves(out));
    assertTrue(Files.exists(checkpoint));
    run(out, 1, Long.MAX_VALUE);
    assertEquals(curves(whole), curves(out));

    Path results = directory.resolve("results");
    Files.createDirectories(results);
    Files.createSymbolicLink(results.resolve("results.jsonl"), full);
    told = assertThrows(IOException.class, () -> run(results, 1, Long.MAX_VALUE)).getMessage();
    assertEquals("cannot write to %s: No space left on device".formatted(results.resolve("results.jsonl")), told);
  }

  @Test
  void whereNothingCanBeWrittenIsTold() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "kept");
    for (Path bad : List.of(file.resolve("results.jsonl"), file.resolve("deeper/results.jsonl"))) {
      String told = assertThrows(IOException.class, () -> new ResultLog(bad)).getMessage();
      assertTrue(told.startsWith("cannot write to " + bad + ": "), told);
    }
    assertEquals("kept", Files.readString(file));
    String told = assertThrows(IOException.class, () -> new ResultLog(directory)).getMessage();
    assertEquals("cannot write to %s: it is a directory".formatted(directory), told);
  }

  @Test
  void driftIsTheRootOfTheMeanSquaredDistance() {
    assertEquals(5, Laboratory.drift(new float[][] {{3, 4}, {-3, -4}}), 1e-12);
    assertEquals(0, Laboratory.drift(new float[][] {{3, 4}}));
  }
}
