package org.monna.simulation.io;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that appears, or is replaced, whole or not at all. */
public final class WholeFile {

  private final Path target;
  private final Path temporary;

  /**
   * Checks that the file can be written, before much work is done for it. Nothing is left behind.
   *
   * @throws IllegalArgumentException if it cannot
   */
  public WholeFile(Path file) {
    try {
      // The file itself is replaced, not a link that leads to it.
      target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      temporary = target.resolveSibling(target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
      if (Files.exists(target) && !(Files.isRegularFile(target) && Files.isWritable(target))) {
        String kind = Files.isDirectory(target) ? "a directory" : "no writable file";
        throw new IllegalArgumentException("cannot write to %s: it is %s".formatted(file, kind));
      }
      Files.write(temporary, new byte[0], CREATE_NEW);
      Files.delete(temporary);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot write to %s: %s".formatted(file, reason(e)), e);
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "its directory does not exist";
      case AccessDeniedException _ -> "permission is denied";
      default -> String.valueOf(e.getMessage());
    };
  }

  /**
   * Writes the file.
   *
   * @throws IOException if that fails; then the file is as it was before
   */
  public void write(byte[] content) throws IOException {
    try {
      try (FileChannel channel = FileChannel.open(temporary, CREATE_NEW, WRITE)) {
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new IOException("cannot write to %s: %s".formatted(target, reason(e)), e);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
