package org.monna.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.monna.Aggregators;

/** Processes that are ended, or may write no more, in the middle of an aggregation. */
@Timeout(60)
@EnabledOnOs({OS.LINUX, OS.MAC}) // signals and ulimit
class EndedProcessTest {

  private static final byte[] EARLIER = {1, 2, 3};

  @TempDir private Path directory;

  private Path out = Path.of("");

  @BeforeEach
  void makeFiles() {
    for (int i = 0; i < 3; i++) {
      Bytes.file(directory, "client-" + i + ".f32", new byte[400_000]);
    }
    out = Bytes.file(directory, "out.f32", EARLIER);
  }

  /** Aggregates; with a first argument of "stay", says so and stays when it has begun to write. */
  public static void main(String[] args) {
    List<Path> inputs = Stream.of(args).skip(2).map(Path::of).toList();
    Progress progress =
        (bytes, total) -> {
          if (args[0].equals("stay") && bytes > total / 2) {
            System.out.println("here");
            try {
              Thread.sleep(60_000);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    try {
      FileAggregation.of(Aggregators.parse("median")).telling(progress).run(inputs, Path.of(args[1]));
    } catch (IOException e) {
      System.out.println(e.getMessage());
      System.exit(1);
    }
  }

  private List<String> command(String what, String... jvm) {
    return command(what, out, List.of(jvm), ".f32");
  }

  private List<String> command(String what, Path output, List<String> jvm, String ending) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(jvm);
    command.addAll(List.of("-XX:-UsePerfData", "-cp", System.getProperty("java.class.path"), EndedProcessTest.class.getName()));
    command.addAll(List.of(what, output.toString()));
    for (int i = 0; i < 3; i++) {
      command.add(directory.resolve("client-" + i + ending).toString());
    }
    return command;
  }

  private void assertAllAsBefore() throws IOException {
    assertArrayEquals(EARLIER, Files.readAllBytes(out));
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(4, files.count());
    }
  }

  @Test
  void endedFromTheKeyboard() throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command("stay")).redirectErrorStream(true).start();
    try (BufferedReader lines = process.inputReader()) {
      String line = lines.readLine();
      while (line != null && !line.equals("here")) {
        line = lines.readLine();
      }
      assertEquals("here", line);
      try (Stream<Path> files = Files.list(directory)) {
        assertEquals(5, files.count());
      }
      process.destroy();
      assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    } finally {
      process.destroyForcibly();
    }
    assertNotEquals(0, process.exitValue());
    assertAllAsBefore();
  }

  /** A limit on the size of files is to a writer what a full disk is, and can be had by anybody. */
  @Test
  void noMoreRoom() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "ulimit -f 100 && exec \"$@\"", "sh"));
    command.addAll(command("go"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(1, process.waitFor(), output);
    assertTrue(output.contains(out + ": it cannot be written: "), output);
    assertAllAsBefore();
  }

  /** Headers of tiny tensors, which take the most memory for their length: what is not refused fits into the heap. */
  @Test
  void headersForASmallHeap() throws IOException, InterruptedException {
    for (boolean tooLong : new boolean[] {false, true}) {
      int longest = (32 << 20) / 16; // collectors may keep some of the heap for themselves
      StringBuilder json = new StringBuilder("{\"w\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}");
      for (int k = 0; json.length() < (tooLong ? longest + 100 : 0.9 * longest); k++) {
        json.append(",\"%x\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}".formatted(k));
      }
      for (int i = 0; i < 3; i++) {
        Bytes.file(directory, "client-" + i + ".safetensors", Bytes.safetensors(json + "}"));
      }
      Path output = directory.resolve("out.safetensors");
      Process process =
          new ProcessBuilder(command("go", output, List.of("-Xmx32m"), ".safetensors")).redirectErrorStream(true).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(1, process.waitFor(), text);
      assertTrue(text.contains(tooLong ? "needs more memory: let Java have 3" : "holds U8"), text);
    }
  }
}
