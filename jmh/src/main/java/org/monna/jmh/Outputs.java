package org.monna.jmh;

import static java.nio.file.StandardOpenOption.CREATE_NEW;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files of a run: they appear, or are replaced, whole or not at all. */
final class Outputs {

  private final Path prefix;

  /**
   * @param prefix what the names begin with
   * @throws IllegalArgumentException if there can be no such files; nothing is left behind
   */
  Outputs(Path prefix) {
    if (prefix.getFileName() == null || Files.isDirectory(prefix)) {
      throw new IllegalArgumentException("%s is a directory; a name for the files is needed".formatted(prefix));
    }
    this.prefix = prefix.toAbsolutePath();
    Path probe = temporary("probe");
    try {
      Files.write(probe, new byte[0], CREATE_NEW);
      Files.delete(probe);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot write to %s: %s".formatted(prefix, reason(e)), e);
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "its directory does not exist";
      case AccessDeniedException _ -> "permission is denied";
      default -> String.valueOf(e.getMessage());
    };
  }

  private Path file(String ending) {
    return prefix.resolveSibling(prefix.getFileName() + "." + ending);
  }

  private Path temporary(String ending) {
    return prefix.resolveSibling("%s.%s.%d.tmp".formatted(prefix.getFileName(), ending, ProcessHandle.current().pid()));
  }

  /** Writes contents by the endings of their names, and returns the files' names. */
  String write(Map<String, String> contents) throws IOException {
    Map<Path, Path> moves = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, String> content : contents.entrySet()) {
        Path temporary = temporary(content.getKey());
        moves.put(temporary, file(content.getKey()));
        Files.writeString(temporary, content.getValue(), CREATE_NEW);
      }
      for (Map.Entry<Path, Path> move : moves.entrySet()) {
        Files.move(move.getKey(), move.getValue(), StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new IOException("cannot write to %s: %s".formatted(prefix, reason(e)), e);
    } finally {
      for (Path temporary : moves.keySet()) {
        Files.deleteIfExists(temporary);
      }
    }
    return String.join(", ", moves.values().stream().map(p -> p.getFileName().toString()).toList());
  }
}
