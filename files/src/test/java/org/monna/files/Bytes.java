package org.monna.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files made byte by byte, and read back by other means than those under test. */
final class Bytes {

  private Bytes() {}

  /** The bytes of a text in which every character stands for one. */
  static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static ByteBuffer buffer(int size, ByteOrder order) {
    return ByteBuffer.allocate(size).order(order);
  }

  static byte[] floats(float... values) {
    return floats(ByteOrder.LITTLE_ENDIAN, values);
  }

  static byte[] floats(ByteOrder order, float... values) {
    ByteBuffer bytes = buffer(4 * values.length, order);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  /** A safetensors file of a header and the bytes of its tensors. */
  static byte[] safetensors(String json, byte[]... data) {
    byte[] header = json.getBytes(StandardCharsets.UTF_8);
    byte[] length = buffer(8, ByteOrder.LITTLE_ENDIAN).putLong(header.length).array();
    return join(length, header, join(data));
  }

  /** A NumPy file of version 1. */
  static byte[] numpy(String dictionary, byte[] data) {
    String padded = dictionary + " ".repeat(Math.floorMod(-(dictionary.length() + 11), 64)) + "\n";
    byte[] length = {(byte) padded.length(), (byte) (padded.length() >> 8)};
    return join(latin("\u0093NUMPY\u0001\0"), length, latin(padded), data);
  }

  static Path file(Path directory, String name, byte[] bytes) {
    try {
      return Files.write(directory.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Tensor> tensors(String name, byte[] bytes) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocate(Math.max(1, bytes.length));
      segment.asByteBuffer().put(bytes);
      Path path = Path.of(name);
      return Format.of(path).tensors(path, segment.asSlice(0, bytes.length));
    }
  }

  /** The vector of one file. */
  static float[] vector(Path file) throws IOException {
    try (VectorFiles files = VectorFiles.open(List.of(file), name -> false)) {
      float[] row = new float[(int) files.length()];
      files.reader().read(0, 0, row.length, row);
      return row;
    }
  }
}
