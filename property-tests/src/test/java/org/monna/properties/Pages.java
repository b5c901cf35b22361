package org.monna.properties;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of the project, by their paths in it: documents are held against the code. */
final class Pages {

  /** Maven runs the tests of a module in its folder. */
  private static final Path ROOT = Path.of(Files.exists(Path.of("docs")) ? "" : "..");

  private Pages() {}

  static Path path(String name) {
    return ROOT.resolve(name);
  }

  static String text(String name) {
    try {
      return Files.readString(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
