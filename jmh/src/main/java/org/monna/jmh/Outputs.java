package org.monna.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.monna.files.OutputFile;

/** The files of a run: they appear, or are replaced, whole or not at all. */
final class Outputs {

  private final List<Path> files;

  /**
   * @param prefix what the names begin with
   * @param endings of the names, one for each file
   * @throws IllegalArgumentException if there can be no such files, which nobody wants to learn after an hour of measuring; nothing is left
   *     behind
   */
  Outputs(Path prefix, String... endings) {
    if (prefix.getFileName() == null || Files.isDirectory(prefix)) {
      throw new IllegalArgumentException("%s is a directory; a name for the files is needed".formatted(prefix));
    }
    files = Stream.of(endings).map(ending -> prefix.resolveSibling(prefix.getFileName() + "." + ending)).toList();
    try {
      for (Path file : files) {
        create(file).close();
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static OutputFile create(Path file) throws IOException {
    return OutputFile.create(file, List.of(), 0);
  }

  /** Writes the contents of the files, and returns their names. */
  String write(String... contents) throws IOException {
    List<OutputFile> written = new ArrayList<>();
    try {
      for (int i = 0; i < contents.length; i++) {
        OutputFile file = create(files.get(i));
        written.add(file);
        file.write(contents[i]);
      }
      for (OutputFile file : written) {
        file.commit();
      }
    } finally {
      for (OutputFile file : written) {
        file.close();
      }
    }
    return files.stream().map(file -> file.getFileName().toString()).collect(Collectors.joining(", "));
  }
}
