package org.monna.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AggregateCommandTest {

  @TempDir private Path directory;

  private final StringWriter printed = new StringWriter();
  private final StringWriter errors = new StringWriter();

  /** A weight and a counter for each of four clients: 1, 2, 3, NaN and 10, 20, 30, 40. */
  @BeforeEach
  void makeFiles() throws IOException {
    for (int i = 0; i < 4; i++) {
      byte[] json =
          ("{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                  + "\"count\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[4,12]}}")
              .getBytes(StandardCharsets.UTF_8);
      ByteBuffer file = ByteBuffer.allocate(8 + json.length + 12).order(ByteOrder.LITTLE_ENDIAN);
      file.putLong(json.length).put(json).putFloat(i == 3 ? Float.NaN : 1 + i).putLong(10L + 10 * i);
      Files.write(client(i), file.array());
    }
  }

  private Path client(int i) {
    return directory.resolve("client-" + i + ".safetensors");
  }

  private int run(String... options) {
    List<String> args = new ArrayList<>(List.of("aggregate"));
    args.addAll(List.of(options));
    for (int i = 0; i < 4; i++) {
      args.add(client(i).toString());
    }
    return Main.commandLine()
        .setOut(new PrintWriter(printed, true))
        .setErr(new PrintWriter(errors, true))
        .execute(args.toArray(String[]::new));
  }

  private ByteBuffer result() throws IOException {
    byte[] bytes = Files.readAllBytes(directory.resolve("out.safetensors"));
    return ByteBuffer.wrap(bytes, bytes.length - 12, 12).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  private String out() {
    return directory.resolve("out.safetensors").toString();
  }

  @Test
  void aggregates() throws IOException {
    assertEquals(0, run("--rule", "trimmed-mean(f=1)", "--exclude", "^count$", "-o", out()), errors::toString);
    assertEquals(2.5f, result().getFloat());
    assertEquals(25, result().getLong(4));
    assertTrue(printed.toString().contains("out.safetensors: trimmed-mean(f=1) of n = 4 vectors of d = 1"), printed::toString);
    assertEquals("", errors.toString());
  }

  @Test
  void theRuleOfTheExcludedByName() throws IOException {
    assertEquals(0, run("--rule", "median", "--exclude", "count", "--exclude-rule", "first", "-o", out()), errors::toString);
    assertEquals(10, result().getLong(4));
  }

  @Test
  void weights() throws IOException {
    Files.copy(client(2), client(3), StandardCopyOption.REPLACE_EXISTING);
    assertEquals(0, run("--rule", "mean", "--weights", "1,1,1.5,1.5", "--exclude", "count", "-o", out()), errors::toString);
    assertEquals((1 + 2 + 1.5f * 3 + 1.5f * 3) / 5, result().getFloat(), 1e-6f);
    assertEquals(2, run("--rule", "mean", "--weights", "1,2", "--exclude", "count", "-o", out()));
    assertTrue(errors.toString().matches("(?s)monna aggregate: .*weights.*\n"), errors::toString);
  }

  @Test
  void reports() throws IOException {
    Path json = directory.resolve("report.json");
    assertEquals(
        0,
        run("--rule", "nnm(f=1) | median", "--exclude", "count", "-o", out(), "--report", "--report-json", json.toString()),
        errors::toString);
    assertTrue(printed.toString().contains("vector 3: " + client(3)), printed::toString);
    assertTrue(printed.toString().contains("not finite"), printed::toString);
    JsonNode root = new JsonMapper().readTree(json.toFile());
    assertEquals("count", root.path("excluded").path(0).asText());
    assertEquals(client(1).toString(), root.path("files").path(1).asText());
    assertEquals(3, root.path("report").path("nonFinite").path(0).asInt());
  }

  private void assertWrong(int status, String message, String... options) {
    assertEquals(status, run(options));
    assertTrue(errors.toString().startsWith("monna aggregate: "), errors::toString);
    assertTrue(errors.toString().contains(message), errors::toString);
    assertEquals(1, errors.toString().lines().count(), errors::toString);
    assertFalse(Files.exists(directory.resolve("out.safetensors")));
    errors.getBuffer().setLength(0);
  }

  /** As round after round does: the report of the last one is there, the result of this one is not. */
  @Test
  void aReportIsReplacedBeforeThereIsAnOutput() throws IOException {
    Path json = directory.resolve("report.json");
    for (String out : List.of("one.safetensors", "two.safetensors")) {
      Path path = directory.resolve(out);
      assertEquals(
          0,
          run("--rule", "median", "--exclude", "count", "-o", path.toString(), "--report-json", json.toString()),
          errors::toString);
      assertTrue(Files.exists(path));
    }
    assertWrong(1, "one of the inputs", "--rule", "mean", "-o", json.toString(), "--report-json", json.toString());
  }

  @Test
  void wrongUseAndWrongFilesAreToldInASentence() throws IOException {
    assertWrong(2, "n = 4", "--rule", "trimmed-mean(f=2)", "--exclude", "count", "-o", out());
    assertWrong(2, "trimed", "--rule", "trimed-mean(f=2)", "-o", out());
    assertWrong(2, "--exclude", "--rule", "mean", "--exclude", "(", "-o", out());
    assertWrong(2, "worst", "--rule", "mean", "--exclude-rule", "worst", "-o", out());
    assertWrong(2, "--out", "--rule", "mean");
    assertWrong(2, "workers", "--rule", "mean", "--exclude", "count", "--workers", "0", "-o", out());
    assertWrong(2, "--workers 3", "--rule", "mean", "--master", "spark://host:7077", "--workers", "3", "-o", out());
    assertWrong(1, "tensor \"count\" holds I64", "--rule", "mean", "-o", out());
    assertWrong(1, "one of the inputs", "--rule", "mean", "--exclude", "count", "-o", client(1).toString());
    assertWrong(1, "one of the inputs", "--rule", "mean", "-o", out(), "--report-json", client(0).toString());
    byte[] cut = Files.readAllBytes(client(2));
    Files.write(client(2), Arrays.copyOf(cut, cut.length - 1));
    assertWrong(1, "client-2.safetensors: it ends before", "--rule", "mean", "--exclude", "count", "-o", out());
    assertArrayEquals(Arrays.copyOf(cut, cut.length - 1), Files.readAllBytes(client(2)));
  }
}
