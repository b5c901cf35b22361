package org.monna.simulation.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

  @TempDir Path directory;

  @Test
  void isReplaced() throws IOException {
    Path file = Files.write(directory.resolve("file"), new byte[] {1, 2, 3});
    new WholeFile(file).write(new byte[] {4});
    assertArrayEquals(new byte[] {4}, Files.readAllBytes(file));
    assertOnly(file);
  }

  @Test
  void nothingIsLeftWhenItCannotBeWritten() throws IOException {
    Path file = directory.resolve("file");
    WholeFile whole = new WholeFile(file);
    // Something comes in between that no file can replace.
    Path inside = Files.writeString(Files.createDirectory(file).resolve("inside"), "kept");
    IOException e = assertThrows(IOException.class, () -> whole.write(new byte[] {4}));
    assertTrue(e.getMessage().startsWith("cannot write to " + file), e.getMessage());
    assertEquals("kept", Files.readString(inside));
    assertOnly(file);
  }

  private void assertOnly(Path file) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(List.of(file), files.toList());
    }
  }
}
