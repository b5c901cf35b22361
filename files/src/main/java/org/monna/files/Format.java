package org.monna.files;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;

/** The kinds of files, told by the end of the name. */
enum Format {
  SAFETENSORS("safetensors"),
  NUMPY("NumPy"),
  RAW("raw floats");

  final String title;

  Format(String title) {
    this.title = title;
  }

  static Format of(Path path) throws FileSystemException {
    String name = String.valueOf(path.getFileName());
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "safetensors" -> SAFETENSORS;
      case "npy" -> NUMPY;
      case "f32", "bin" -> RAW;
      default ->
          throw new FileSystemException(
              path.toString(), null, "its name must tell what it is and end in .safetensors, .npy, .f32 or .bin");
    };
  }

  /** The tensors of a file, in the order of their bytes, which fill it from the end of its header to its own end. */
  List<Tensor> tensors(Path path, MemorySegment file) throws FileSystemException {
    return switch (this) {
      case SAFETENSORS -> SafetensorsHeader.read(path, file);
      case NUMPY -> List.of(NumpyHeader.read(path, file));
      case RAW -> List.of(raw(path, file.byteSize()));
    };
  }

  private static Tensor raw(Path path, long size) throws FileSystemException {
    if (size % Float.BYTES != 0) {
      throw new FileSystemException(path.toString(), null, "its %d bytes are no whole number of floats".formatted(size));
    }
    long elements = size / Float.BYTES;
    return new Tensor("", ElementType.F32, ByteOrder.LITTLE_ENDIAN, List.of(elements), 0, elements);
  }
}
