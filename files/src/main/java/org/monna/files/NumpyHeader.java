package org.monna.files;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The header of a NumPy file: "\x93NUMPY", the version, a length of 2 or 4 bytes, and so many bytes of text that describe the array as a
 * Python dictionary. See <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the format</a>. Arrays of numbers
 * in C order are read.
 */
final class NumpyHeader {

  /** NumPy's own limit for files that are not trusted. */
  private static final long LONGEST = 10_000;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  private static final Map<String, ElementType> TYPES =
      Map.ofEntries(
          Map.entry("f2", ElementType.F16),
          Map.entry("f4", ElementType.F32),
          Map.entry("f8", ElementType.F64),
          Map.entry("i1", ElementType.I8),
          Map.entry("i2", ElementType.I16),
          Map.entry("i4", ElementType.I32),
          Map.entry("i8", ElementType.I64),
          Map.entry("u1", ElementType.U8),
          Map.entry("u2", ElementType.U16),
          Map.entry("u4", ElementType.U32),
          Map.entry("u8", ElementType.U64),
          Map.entry("b1", ElementType.BOOL),
          Map.entry("c8", ElementType.C64));

  /** One entry of the dictionary. */
  private static final Pattern ENTRY =
      Pattern.compile(
          "\\s*(?<quote>['\"])(?<key>\\w+)\\k<quote>\\s*:\\s*(?<value>'[^']*+'|\"[^\"]*+\"|\\w+|\\([\\d,\\s]*+\\))\\s*(,|(?=}))");

  private final Path path;

  private NumpyHeader(Path path) {
    this.path = path;
  }

  static Tensor read(Path path, MemorySegment file) throws FileSystemException {
    return new NumpyHeader(path).read(file);
  }

  private FileSystemException malformed(String reason) {
    return new FileSystemException(path.toString(), null, reason);
  }

  private void expect(boolean condition, String otherwise) throws FileSystemException {
    if (!condition) {
      throw malformed(otherwise);
    }
  }

  private Tensor read(MemorySegment file) throws FileSystemException {
    long size = file.byteSize();
    expect(
        size >= 10 && file.asSlice(0, MAGIC.length).mismatch(MemorySegment.ofArray(MAGIC)) < 0,
        "it does not begin like a NumPy file");
    int version = file.get(ValueLayout.JAVA_BYTE, 6) & 0xff;
    expect(version >= 1 && version <= 3, "it is a NumPy file of version %d, not 1 to 3".formatted(version));
    int lengthBytes = version == 1 ? 2 : 4;
    int textFrom = 8 + lengthBytes;
    expect(size >= textFrom, "it ends within its header");
    long length = 0;
    for (int k = 0; k < lengthBytes; k++) {
      length |= (file.get(ValueLayout.JAVA_BYTE, 8 + k) & 0xffL) << (8 * k);
    }
    expect(length <= LONGEST, "its header of %d bytes is longer than one of plain numbers".formatted(length));
    expect(length <= size - textFrom, "its header of %d bytes ends beyond its %d bytes".formatted(length, size));
    byte[] text = file.asSlice(textFrom, length).toArray(ValueLayout.JAVA_BYTE);
    return tensor(new String(text, StandardCharsets.UTF_8), textFrom + length, size);
  }

  private Tensor tensor(String text, long dataFrom, long size) throws FileSystemException {
    String descr = "";
    List<Long> shape = List.of();
    Set<String> keys = new HashSet<>();
    expect(text.stripLeading().startsWith("{"), "its header is no dictionary");
    int end = text.indexOf('{') + 1;
    Matcher entry = ENTRY.matcher(text);
    for (entry.region(end, text.length()); entry.lookingAt(); entry.region(end, text.length())) {
      String key = entry.group("key");
      String value = entry.group("value");
      expect(keys.add(key), "in its header %s occurs twice".formatted(key));
      switch (key) {
        case "descr" -> descr = value.replaceAll("^['\"]|['\"]$", "");
        case "fortran_order" -> {
          expect(!value.equals("True"), "its array is in Fortran order: save it in C order, with numpy.ascontiguousarray");
          expect(value.equals("False"), "in its header fortran_order is neither True nor False");
        }
        case "shape" -> shape = shape(value);
        default -> throw malformed("its header has the unknown entry " + key);
      }
      end = entry.end();
    }
    expect(
        keys.size() == 3 && text.substring(end).strip().equals("}"),
        "its header does not describe an array of plain numbers by descr, fortran_order and shape");
    return tensor(descr, shape, dataFrom, size);
  }

  private List<Long> shape(String value) throws FileSystemException {
    expect(value.startsWith("("), "in its header shape is no tuple");
    String inner = value.substring(1, value.length() - 1).strip();
    expect(inner.isEmpty() || inner.contains(","), "in its header shape is no tuple");
    String[] numbers = inner.endsWith(",") ? inner.substring(0, inner.length() - 1).split(",", -1) : inner.split(",", -1);
    try {
      List<Long> shape = inner.isEmpty() ? List.of() : Stream.of(numbers).map(d -> Long.valueOf(d.strip())).toList();
      expect(shape.size() <= 64, "in its header shape has more than 64 dimensions");
      return shape;
    } catch (NumberFormatException e) {
      throw malformed("in its header shape is no tuple of whole numbers that a computer can count");
    }
  }

  private Tensor tensor(String descr, List<Long> shape, long dataFrom, long size) throws FileSystemException {
    ElementType type = descr.matches("[<>|]..") ? TYPES.get(descr.substring(1)) : null;
    if (type == null) {
      throw malformed("its elements of type '%s' are no plain numbers".formatted(descr.replaceAll("\\p{Cntrl}", "?")));
    }
    ByteOrder order = descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    try {
      Tensor tensor = new Tensor("", type, order, shape, dataFrom, Tensor.elements(shape));
      expect(
          tensor.bytes() == size - dataFrom,
          "its array of shape %s takes %d bytes, but it has %d".formatted(shape, tensor.bytes(), size - dataFrom));
      return tensor;
    } catch (ArithmeticException e) {
      throw malformed("its array has the impossible shape " + shape);
    }
  }
}
