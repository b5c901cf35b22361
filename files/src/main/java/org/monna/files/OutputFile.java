package org.monna.files;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.monna.spi.GeometrySums;

/**
 * A file that appears, or is replaced, whole or not at all. It is written under another name beside its place, brought to the disk, and
 * renamed; whatever happens before, an interrupt from the keyboard included, leaves nothing behind and an earlier file as it was.
 */
public final class OutputFile implements AutoCloseable {

  private static final AtomicInteger COUNTER = new AtomicInteger();

  private final Path path;
  private final Path target;
  private final Path temporary;
  private final FileChannel channel;
  private final Thread removal;

  private OutputFile(Path path, Path target) throws IOException {
    this.path = path;
    this.target = target;
    this.temporary =
        target.resolveSibling(
            ".%s.%d-%d.tmp".formatted(target.getFileName(), ProcessHandle.current().pid(), COUNTER.incrementAndGet()));
    this.channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    this.removal = new Thread(this::remove, "removal of " + temporary);
    try {
      Runtime.getRuntime().addShutdownHook(removal);
    } catch (IllegalStateException e) {
      channel.close();
      remove();
      throw new IOException("the Java virtual machine is ending", e);
    }
  }

  /**
   * Begins to write a file.
   *
   * @param inputs files that must not be overwritten
   * @param bytes that will be written
   * @throws FileSystemException if it is clear by now that the file cannot be written, with the reason
   */
  public static OutputFile create(Path path, List<Path> inputs, long bytes) throws IOException {
    try {
      boolean exists = Files.exists(path);
      for (Path input : inputs) {
        if (isSame(path, input)) {
          throw new FileSystemException(path.toString(), null, "it is one of the inputs and will not be overwritten");
        }
      }
      // The file itself is replaced, not a link that leads to it.
      Path target = exists ? path.toRealPath() : path.toAbsolutePath();
      if (exists && !(Files.isRegularFile(target) && Files.isWritable(target))) {
        throw new FileSystemException(
            path.toString(), null, "it cannot be replaced: it is " + (Files.isDirectory(target) ? "a directory" : "no writable file"));
      }
      Path directory = target.getParent();
      if (directory == null || !Files.isDirectory(directory)) {
        throw new FileSystemException(path.toString(), null, "it cannot be written: its directory does not exist");
      }
      long free = Files.getFileStore(directory).getUsableSpace();
      if (free < bytes) {
        throw new FileSystemException(
            path.toString(), null, "it cannot be written: it takes %d bytes, but only %d are free".formatted(bytes, free));
      }
      return new OutputFile(path, target);
    } catch (AccessDeniedException | NoSuchFileException e) {
      throw failed(path, e);
    }
  }

  /** Whether two paths lead to the same file, or would. */
  private static boolean isSame(Path one, Path other) throws IOException {
    boolean bothExist = Files.exists(one) && Files.exists(other);
    return bothExist
        ? Files.isSameFile(one, other)
        : one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }

  /**
   * Begins to write a file with one vector, of the kind and layout of the first of the inputs, none of which it may be. The header is
   * written; coordinates and excluded tensors are to follow.
   */
  public static OutputFile like(VectorFiles inputs, Path path) throws IOException {
    MemorySegment first = inputs.file(0).segment;
    OutputFile file = create(path, inputs.paths(), first.byteSize());
    try {
      file.write(first.asSlice(0, inputs.headerBytes()).asByteBuffer(), 0);
      return file;
    } catch (Throwable e) {
      file.close();
      throw e;
    }
  }

  private static FileSystemException failed(Path path, IOException e) {
    String reason =
        switch (e) {
          case AccessDeniedException _ -> "permission is denied";
          // By the interrupt, for all threads.
          case ClosedChannelException _ -> "a thread was interrupted that wrote to it";
          default -> String.valueOf(e.getMessage());
        };
    FileSystemException failed = new FileSystemException(path.toString(), null, "it cannot be written: " + reason);
    failed.initCause(e);
    return failed;
  }

  /** Writes all of a buffer at a place of the file; for any number of threads. */
  public void write(ByteBuffer bytes, long position) throws IOException {
    try {
      long at = position;
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  /** Writes a text, in UTF-8, as all that the file holds. */
  public void write(String text) throws IOException {
    write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
  }

  /** A writer of coordinates for one thread, for a file {@link #like} the inputs. */
  public Writer writer(VectorFiles inputs) {
    return new Writer(inputs);
  }

  /** Writes parts of a vector. Not thread-safe. */
  public final class Writer {

    private final VectorFiles inputs;
    private final VectorFiles.Mapped layout;
    private final Conversion conversion = new Conversion();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(GeometrySums.SHARD * Double.BYTES);
    private final MemorySegment bytes = MemorySegment.ofBuffer(buffer);

    private Writer(VectorFiles inputs) {
      this.inputs = inputs;
      this.layout = inputs.file(0);
    }

    /** Writes the coordinates {@code from <= c < from + length}, at most a {@link GeometrySums#SHARD}, from {@code values[0...]}. */
    public void write(long from, int length, float[] values) throws IOException {
      inputs.pieces(from, length, (t, element, at, count) -> write(t, element, values, at, count));
    }

    /** Writes elements of a tensor. */
    void write(int t, long element, float[] values, int at, int count) throws IOException {
      ElementType type = layout.types[t];
      conversion.write(values, at, count, type, layout.order, bytes);
      buffer.clear().limit((int) type.bytes(count));
      OutputFile.this.write(buffer, layout.offsets[t] + type.bytes(element));
    }
  }

  /** Brings the file to the disk and to its place. */
  public void commit() throws IOException {
    try {
      channel.force(true);
      channel.close();
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failed(path, e);
    }
    // The new name too; where a directory cannot be opened, the system does without.
    try (FileChannel directory = FileChannel.open(target.resolveSibling("."), StandardOpenOption.READ)) {
      directory.force(true);
    } catch (IOException e) {
      return;
    }
  }

  /** Ends the writing. Without a {@link #commit} that succeeded, nothing has happened. */
  @Override
  public void close() throws IOException {
    channel.close();
    remove();
    try {
      Runtime.getRuntime().removeShutdownHook(removal);
    } catch (IllegalStateException e) {
      // It is running.
    }
  }

  private void remove() {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // Nothing is left to be done about it.
    }
  }
}
