package org.monna.simulation;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.monna.simulation.io.WholeFile;

/** The file that results go to, as JSON. */
final class ResultFile {

  private static final JsonMapper JSON = new JsonMapper();

  private final WholeFile file;

  /**
   * Checks that the file can be written, before much work is done for it.
   *
   * @throws IllegalArgumentException if it cannot
   */
  ResultFile(Path file) {
    this.file = new WholeFile(file);
  }

  void write(Results results) throws IOException {
    String json = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(results) + "\n";
    file.write(json.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads results back. */
  static Results read(Path file) throws IOException {
    return JSON.readValue(file.toFile(), Results.class);
  }
}
