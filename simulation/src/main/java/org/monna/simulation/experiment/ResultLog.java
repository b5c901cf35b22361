package org.monna.simulation.experiment;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The file of results, a line of JSON for each training that is done. A line is there whole or not at all: what a killed
 * process or a full disk left of one is cut off.
 */
public final class ResultLog {

  private final Path file;
  private final Map<String, RunResult> results = new LinkedHashMap<>();

  /** Up to the end of the last whole line, and of the file, as this has left it. */
  private long length;

  private long size;

  /**
   * Reads the results that are there.
   *
   * @throws IOException with a sentence, if the file is damaged or cannot be read or written
   */
  public ResultLog(Path file) throws IOException {
    this.file = file;
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      if (Files.isDirectory(file)) {
        throw new IOException("cannot write to %s: it is a directory".formatted(file));
      }
      if (Files.isRegularFile(file)) {
        byte[] bytes = Files.readAllBytes(file);
        size = bytes.length;
        read(bytes);
      }
      FileChannel.open(file, CREATE, WRITE).close();
    } catch (FileSystemException e) {
      throw cannotWrite(file, e);
    }
  }

  private void read(byte[] bytes) throws IOException {
    int number = 1;
    int from = 0;
    for (int to = 0; to < bytes.length; to++) {
      if (bytes[to] == '\n') {
        String line = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        try {
          RunResult result = RunResult.fromLine(line);
          results.put(result.id(), result);
        } catch (JsonProcessingException e) {
          throw new IOException(
              "line %d of %s is damaged: repair or remove it, the other lines are kept".formatted(number, file), e);
        }
        number++;
        from = to + 1;
        length = from;
      }
    }
  }

  /** An exception whose message is a sentence for people. */
  static IOException cannotWrite(Path file, IOException e) {
    String reason =
        switch (e) {
          case NoSuchFileException _ -> "its directory does not exist";
          case AccessDeniedException _ -> "permission is denied";
          case NotDirectoryException _ -> "a part of its path is no directory";
          case FileAlreadyExistsException _ -> "a part of its path is no directory";
          case FileSystemException system when system.getReason() != null -> system.getReason();
          default -> String.valueOf(e.getMessage());
        };
    return new IOException("cannot write to %s: %s".formatted(file, reason), e);
  }

  /** The results by id, in the order of the file. */
  public synchronized Map<String, RunResult> results() {
    return new LinkedHashMap<>(results);
  }

  /** Where the results are. */
  public Path file() {
    return file;
  }

  /**
   * Appends a result, and is back when it is on the disk.
   *
   * @throws IOException with a sentence, if that is not possible, or if another process has written to the file: then nothing is changed
   */
  synchronized void append(RunResult result) throws IOException {
    byte[] line = result.toLine().getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel = FileChannel.open(file, CREATE, WRITE)) {
      boolean regular = Files.isRegularFile(file);
      // Given back when the channel is closed.
      FileLock lock = regular ? channel.lock() : null;
      if (lock != null && channel.size() != size) {
        throw new FileSystemException(
            file.toString(), null, "another process has written to it; the same command goes on with what both have done");
      }
      try {
        ByteBuffer rest = ByteBuffer.wrap(line);
        for (long at = length; rest.hasRemaining(); at = length + rest.position()) {
          channel.write(rest, at);
        }
        if (regular) {
          channel.truncate(length + line.length);
          channel.force(true);
        }
      } catch (IOException e) {
        if (regular) {
          channel.truncate(length);
        }
        throw e;
      }
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
    length += line.length;
    size = length;
    results.put(result.id(), result);
  }
}
