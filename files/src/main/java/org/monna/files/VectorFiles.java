package org.monna.files;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * n files with one vector each, mapped, of which any part can be read as floats: the coordinates of all tensors that are not excluded, one
 * tensor after the other in the order of the first file.
 *
 * <p>All files are of the same kind and have tensors of the same names and shapes. Floats of different types may be mixed; F64 is rounded
 * to float. Headers may be hostile: a file is read right or refused by name. Values are data and never checked.
 *
 * <p>Thread-safe, as far as each thread has its own {@link Reader}.
 */
public final class VectorFiles implements AutoCloseable {

  private final Arena arena = Arena.ofShared();
  private final List<Mapped> files = new ArrayList<>();
  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Integer> included = new ArrayList<>();
  private final List<Integer> excluded = new ArrayList<>();

  /** The first coordinate of each tensor that is included, and the number of all. */
  private long[] starts = {0};

  private VectorFiles() {}

  /**
   * Opens and maps the files, and reads their headers.
   *
   * @param paths at least one; the end of the names tells the kind: .safetensors, .npy, .f32 or .bin
   * @param excluded tells by their names which tensors do not belong to the vector
   * @throws FileSystemException that names the file and says in one sentence why it cannot be read, is malformed, or does not fit the first
   *     one
   */
  public static VectorFiles open(List<Path> paths, Predicate<String> excluded) throws IOException {
    if (paths.isEmpty()) {
      throw new IllegalArgumentException("no files are given");
    }
    VectorFiles opened = new VectorFiles();
    try {
      for (Path path : paths) {
        opened.add(path);
      }
      opened.divide(excluded);
      return opened;
    } catch (Throwable e) {
      opened.close();
      throw e;
    }
  }

  /** A file: where the elements of the first file's tensors are in it, and of which types. */
  static final class Mapped {

    final Path path;
    final Identity identity;
    final MemorySegment segment;
    final long[] offsets;
    final ElementType[] types;
    final ByteOrder order;

    Mapped(Path path, Identity identity, MemorySegment segment, ByteOrder order, int tensors) {
      this.path = path;
      this.identity = identity;
      this.segment = segment;
      this.order = order;
      this.offsets = new long[tensors];
      this.types = new ElementType[tensors];
    }

    private void put(int t, Tensor tensor) {
      offsets[t] = tensor.offset();
      types[t] = tensor.type();
    }
  }

  /** What does not stay the same if a file is changed or replaced. */
  record Identity(long size, FileTime modified, @Nullable Object key) {

    static Identity of(Path path) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw new FileSystemException(
            path.toString(), null, attributes.isDirectory() ? "it is a directory" : "it is no regular file");
      }
      return new Identity(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
    }
  }

  private void add(Path path) throws IOException {
    Format format = Format.of(path);
    if (!files.isEmpty() && Format.of(first()) != format) {
      throw new FileSystemException(
          path.toString(),
          null,
          "it is a file of %s, but %s is one of %s".formatted(format.title, first(), Format.of(first()).title));
    }
    try {
      Identity identity = Identity.of(path);
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
        MemorySegment segment = channel.map(FileChannel.MapMode.READ_ONLY, 0, identity.size(), arena);
        add(path, identity, segment, format.tensors(path, segment));
      }
    } catch (NoSuchFileException e) {
      throw explained(path, "there is no such file", e);
    } catch (AccessDeniedException e) {
      throw explained(path, "permission is denied", e);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw explained(path, "it cannot be read: " + e.getMessage(), e);
    } catch (InternalError e) {
      // What reading a mapped file leads to that has become shorter.
      throw explained(path, "it was changed while it was read", e);
    }
  }

  private static FileSystemException explained(Path path, String reason, Throwable cause) {
    FileSystemException explained = new FileSystemException(path.toString(), null, reason);
    explained.initCause(cause);
    return explained;
  }

  private Path first() {
    return files.getFirst().path;
  }

  private void add(Path path, Identity identity, MemorySegment segment, List<Tensor> found)
      throws FileSystemException {
    ByteOrder order = found.isEmpty() ? ByteOrder.LITTLE_ENDIAN : found.getFirst().order();
    if (files.isEmpty()) {
      tensors.addAll(found);
    }
    Mapped file = new Mapped(path, identity, segment, order, tensors.size());
    Map<String, Tensor> byName = new HashMap<>();
    for (Tensor tensor : found) {
      byName.put(tensor.name(), tensor);
    }
    for (int t = 0; t < tensors.size(); t++) {
      Tensor tensor = tensors.get(t);
      Tensor own = byName.remove(tensor.name());
      if (own == null) {
        throw new FileSystemException(
            path.toString(), null, "it lacks %s, which %s has".formatted(tensor.title(), first()));
      }
      if (!own.shape().equals(tensor.shape())) {
        throw new FileSystemException(
            path.toString(),
            null,
            "its %s has shape %s, but in %s shape %s".formatted(own.title(), own.shape(), first(), tensor.shape()));
      }
      if (own.type() != tensor.type() && !(own.type().isFloat() && tensor.type().isFloat())) {
        throw new FileSystemException(
            path.toString(),
            null,
            "its %s holds %s, but in %s %s".formatted(own.title(), own.type(), first(), tensor.type()));
      }
      file.put(t, own);
    }
    for (Tensor tensor : found) {
      if (byName.containsKey(tensor.name())) {
        throw new FileSystemException(
            path.toString(), null, "it has %s, which %s has not".formatted(tensor.title(), first()));
      }
    }
    files.add(file);
  }

  /** Divides the tensors into those that are included and those that are not. */
  private void divide(Predicate<String> isExcluded) throws FileSystemException {
    for (int t = 0; t < tensors.size(); t++) {
      (isExcluded.test(tensors.get(t).name()) ? excluded : included).add(t);
    }
    starts = new long[included.size() + 1];
    for (int k = 0; k < included.size(); k++) {
      Tensor tensor = tensors.get(included.get(k));
      if (!tensor.type().isFloat()) {
        throw new FileSystemException(
            first().toString(),
            null,
            "its %s holds %s, not floating-point numbers, and must be excluded".formatted(tensor.title(), tensor.type()));
      }
      starts[k + 1] = starts[k] + tensor.elements();
    }
    if (length() == 0) {
      throw new FileSystemException(
          first().toString(), null, "it has no numbers" + (excluded.isEmpty() ? "" : " that are not excluded"));
    }
  }

  /** The number n of files. */
  public int size() {
    return files.size();
  }

  /** The number d of coordinates of each vector. */
  public long length() {
    return starts[starts.length - 1];
  }

  /** The files, in the order of the vectors. */
  public List<Path> paths() {
    return files.stream().map(file -> file.path).toList();
  }

  /** The names of the tensors that do not belong to the vectors. */
  public List<String> excluded() {
    return excluded.stream().map(t -> tensors.get(t).name()).toList();
  }

  /** True if some coordinates are F64 in a file, which loses digits. */
  public boolean isRounded() {
    return files.stream().anyMatch(file -> included.stream().anyMatch(t -> file.types[t] == ElementType.F64));
  }

  /** The bytes of all vectors in their files. */
  public long bytes() {
    long bytes = 0;
    for (Mapped file : files) {
      for (int t : included) {
        bytes += file.types[t].bytes(tensors.get(t).elements());
      }
    }
    return bytes;
  }

  /** The bytes of the first file before its first tensor. */
  long headerBytes() {
    return tensors.getFirst().offset();
  }

  List<Tensor> tensors() {
    return tensors;
  }

  List<Integer> excludedTensors() {
    return excluded;
  }

  Mapped file(int i) {
    return files.get(i);
  }

  /** A part of a tensor. */
  interface PieceAction {
    void run(int tensor, long element, int at, int length) throws IOException;
  }

  /** Calls the action for every part of a tensor among the coordinates {@code from <= c < from + length}. */
  void pieces(long from, int length, PieceAction action) throws IOException {
    if (from < 0 || length < 0 || length > length() - from) {
      throw new IndexOutOfBoundsException("%d coordinates from %d of %d".formatted(length, from, length()));
    }
    int k = Arrays.binarySearch(starts, from);
    for (k = k < 0 ? -k - 2 : k; k < included.size() && starts[k] < from + length; k++) {
      long begin = Math.max(from, starts[k]);
      long end = Math.min(from + length, starts[k + 1]);
      if (end > begin) {
        action.run(included.get(k), begin - starts[k], (int) (begin - from), (int) (end - begin));
      }
    }
  }

  /** A reader for one thread. */
  public Reader reader() {
    return new Reader();
  }

  /** Reads parts of the vectors. Not thread-safe. */
  public final class Reader {

    private final Conversion conversion = new Conversion();

    private Reader() {}

    /**
     * Reads the coordinates {@code from <= c < from + length} of vector i into {@code row[0...]}.
     *
     * @throws InternalError perhaps, if the file has become shorter since it was opened: see {@link #checkUnchanged}
     */
    public void read(int i, long from, int length, float[] row) throws IOException {
      Mapped file = files.get(i);
      pieces(
          from,
          length,
          (t, element, at, count) -> {
            ElementType type = file.types[t];
            conversion.read(file.segment, type, file.order, file.offsets[t] + type.bytes(element), row, at, count);
          });
    }
  }

  /**
   * Throws if a file was changed, replaced or removed since it was opened, as far as its size, time of modification and identity tell: what
   * was read may be a mixture then.
   */
  public void checkUnchanged() throws FileSystemException {
    for (Mapped file : files) {
      Identity now;
      try {
        now = Identity.of(file.path);
      } catch (IOException e) {
        throw explained(file.path, "it was removed while it was read", e);
      }
      if (!now.equals(file.identity)) {
        throw new FileSystemException(file.path.toString(), null, "it was changed while it was read");
      }
    }
  }

  /** Unmaps the files. */
  @Override
  public void close() {
    arena.close();
  }
}
