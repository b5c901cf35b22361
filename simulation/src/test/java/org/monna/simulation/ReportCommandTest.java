package org.monna.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReportCommandTest {

  private static final String RUN =
      """
      {"id":"1f","experiment":"e","method":"m","rule":"mean","attack":"alie","split":"iid","seed":1,\
      "curve":[{"step":1,"accuracy":0.5,"worst":0.25}]}
      """;

  @TempDir Path directory;

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("results.jsonl"), text);
  }

  private Path page() {
    return directory.resolve("page.html");
  }

  /** What a command gave. */
  private record Outcome(int status, String out, String err) {}

  private static Outcome report(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] all = Stream.concat(Stream.of("report"), Stream.of(args).map(Object::toString)).toArray(String[]::new);
    return new Outcome(command.execute(all), out.toString(), err.toString());
  }

  @Test
  void theCommand() throws IOException {
    Outcome outcome = report(file(RUN));
    assertEquals(0, outcome.status, outcome.err);
    assertTrue(outcome.out.startsWith("Report of 1 runs written to " + directory.resolve("results.html")), outcome.out);
    assertTrue(Files.exists(directory.resolve("results.html")));
    assertEquals(0, report(directory.resolve("results.jsonl"), "-o", page()).status);
    assertTrue(Files.readString(page()).startsWith("<!DOCTYPE html>"));
  }

  @Test
  void wrongUseIsToldInOneSentence() throws IOException {
    Path results = file(RUN);
    Path missing = directory.resolve("missing.jsonl");
    assertFailed(1, "cannot read " + missing + ": there is no such file", missing);
    assertFailed(1, "cannot read " + directory, directory);
    assertFailed(1, results + ": it is one of the inputs and will not be overwritten", results, "-o", results);
    assertFailed(1, "it cannot be replaced: it is a directory", results, "-o", directory.getRoot());
    assertFailed(1, "its directory does not exist", results, "-o", directory.resolve("nowhere/page.html"));
    assertFailed(1, results + ", line 1: not a JSON object", file("[]\n"));
    for (String empty : List.of("", "\n\n", "{\"id\":")) {
      assertFailed(1, results + " holds no finished run", file(empty));
    }
    Files.createFile(directory.resolve("page-files"));
    assertFailed(1, "cannot write to " + directory.resolve("page-files") + ": it is no directory", file(RUN), "-o", page());
    assertFalse(Files.exists(page()));
    assertEquals(RUN, Files.readString(results));
  }

  private static void assertFailed(int status, String message, Object... args) {
    Outcome outcome = report(args);
    assertTrue(outcome.err.contains(message), outcome.err);
    assertEquals(1, outcome.err.lines().count(), outcome.err);
    assertEquals(status, outcome.status);
    assertEquals("", outcome.out);
  }
}
