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
    Path run = directory.resolve("run");
    Outputs outputs = new Outputs(run, "a", "b");
    assertTrue(files().isEmpty(), "nothing before");
    assertEquals("run.a, run.b", outputs.write("one", "two"));
    assertEquals(List.of("run.a", "run.b"), files());
    outputs.write("three", "four");
    assertEquals("three", Files.readString(directory.resolve("run.a")));
    Outputs blocked = new Outputs(run, "c", "d");
    Files.createDirectory(directory.resolve("run.d"));
    assertThrows(IOException.class, () -> blocked.write("five", "six"));
    assertThrows(IllegalArgumentException.class, () -> new Outputs(run, "c", "d"), "now it is known before");
    assertEquals(List.of("run.a", "run.b", "run.d"), files());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
