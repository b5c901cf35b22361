package org.monna.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MainTest {

  @TempDir Path directory;

  private int run(StringWriter errors, String... args) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setErr(new PrintWriter(errors, true));
    return commandLine.execute(args);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--ful; ful",
        "--full RuleBenchmark; RuleBenchmark",
        "-f many RuleBenchmark; many",
        "--out; --out",
        "NoSuchBenchmark; no benchmark matches",
        "--out . RuleBenchmark; directory",
        "--out no/such/place RuleBenchmark; no/such/place"
      })
  void wrongUseIsOneSentenceThatNamesIt(String args, String named) throws IOException {
    StringWriter errors = new StringWriter();
    assertEquals(2, run(errors, args.split(" ", -1)));
    String message = errors.toString();
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.startsWith("monna bench: ") && message.contains(named), message);
    assertTrue(files().isEmpty());
  }

  @Test
  void filesAppearWholeOrNotAtAll() throws IOException {
    Outputs outputs = new Outputs(directory.resolve("run"));
    assertTrue(files().isEmpty(), "nothing before");
    assertEquals("run.a, run.b", outputs.write(new TreeMap<>(Map.of("a", "one", "b", "two"))));
    assertEquals(List.of("run.a", "run.b"), files());
    outputs.write(Map.of("a", "three"));
    assertEquals("three", Files.readString(directory.resolve("run.a")));
    Files.createDirectories(directory.resolve("run.c").resolve("full"));
    assertThrows(IOException.class, () -> outputs.write(new TreeMap<>(Map.of("c", "four", "d", "five"))));
    assertEquals(List.of("run.a", "run.b", "run.c"), files());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
