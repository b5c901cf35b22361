package org.monna.files;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The header of a safetensors file: 8 bytes with its length N, N bytes of JSON, then the bytes of the tensors, without gaps or overlaps,
 * up to the end of the file. See <a href="https://github.com/huggingface/safetensors#format">the format</a>. The file may come from
 * anybody: whatever it holds, it is read or refused, in time and memory in proportion to the header.
 */
final class SafetensorsHeader {

  /** The format's own limit. */
  private static final long LONGEST = 100_000_000;

  /** At the most, a header takes some 6 times its bytes as objects, and two are in memory at a time. */
  private static final long HEAP_FOR_EACH_BYTE = 16;

  private static final ValueLayout.OfLong LENGTH = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  // The tables of names that Jackson shares and interns are of no use for names that occur once, and can be attacked.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private static final Map<String, ElementType> TYPES = new HashMap<>();

  static {
    for (ElementType type : ElementType.values()) {
      TYPES.put(type.name(), type);
    }
  }

  private final Path path;
  private final long dataFrom;
  private final List<Tensor> tensors = new ArrayList<>();

  private SafetensorsHeader(Path path, long dataFrom) {
    this.path = path;
    this.dataFrom = dataFrom;
  }

  static List<Tensor> read(Path path, MemorySegment file) throws FileSystemException {
    long size = file.byteSize();
    if (size < Long.BYTES) {
      throw new FileSystemException(path.toString(), null, "no safetensors file has only " + size + " bytes");
    }
    long length = file.get(LENGTH, 0);
    if (length < 0 || length > LONGEST) {
      throw new FileSystemException(
          path.toString(),
          null,
          "its first 8 bytes tell of a header of %s bytes, more than a safetensors file may have"
              .formatted(Long.toUnsignedString(length)));
    }
    if (length > size - Long.BYTES) {
      throw new FileSystemException(
          path.toString(), null, "its header of %d bytes ends beyond its %d bytes".formatted(length, size));
    }
    if (length > Runtime.getRuntime().maxMemory() / HEAP_FOR_EACH_BYTE) {
      throw new FileSystemException(
          path.toString(),
          null,
          "its header of %d bytes needs more memory: let Java have %d MB with -Xmx"
              .formatted(length, length * HEAP_FOR_EACH_BYTE / 1_000_000 + 1));
    }
    SafetensorsHeader header = new SafetensorsHeader(path, Long.BYTES + length);
    header.parse(file.asSlice(Long.BYTES, length));
    header.checkBytes(size);
    return header.tensors;
  }

  private FileSystemException malformed(String reason) {
    return new FileSystemException(path.toString(), null, "in its header " + reason);
  }

  private void parse(MemorySegment json) throws FileSystemException {
    if (json.byteSize() == 0 || json.get(ValueLayout.JAVA_BYTE, 0) != '{') {
      throw malformed("there is no JSON object");
    }
    try (Reader reader =
            new InputStreamReader(
                new SegmentInputStream(json),
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT));
        JsonParser parser = JSON.createParser(reader)) {
      parser.nextToken();
      Set<String> names = new HashSet<>();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        if (!names.add(name)) {
          throw malformed(Tensor.title(name) + " occurs twice");
        }
        if (name.equals("__metadata__")) {
          metadata(parser);
        } else {
          tensors.add(tensor(name, parser));
        }
      }
      expect(parser.currentToken() == JsonToken.END_OBJECT, "an entry has no name");
      expect(parser.nextToken() == null, "the JSON object is followed by something else");
    } catch (JacksonException e) {
      throw malformed("the JSON is not valid: " + e.getOriginalMessage().replaceAll("\\s+", " "));
    } catch (CharacterCodingException e) {
      throw malformed("the JSON is not in UTF-8");
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw malformed("the JSON is not valid: " + e.getMessage());
    }
  }

  private void expect(boolean condition, String otherwise) throws FileSystemException {
    if (!condition) {
      throw malformed(otherwise);
    }
  }

  private void metadata(JsonParser parser) throws IOException {
    expect(parser.nextToken() == JsonToken.START_OBJECT, "__metadata__ is no object");
    Set<String> names = new HashSet<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      expect(names.add(name), "an entry of __metadata__ occurs twice");
      expect(parser.nextToken() == JsonToken.VALUE_STRING, "an entry of __metadata__ is no text");
    }
    expect(parser.currentToken() == JsonToken.END_OBJECT, "__metadata__ is no object");
  }

  private Tensor tensor(String name, JsonParser parser) throws IOException {
    String title = Tensor.title(name);
    expect(parser.nextToken() == JsonToken.START_OBJECT, title + " is no object");
    ElementType type = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
      parser.nextToken();
      switch (field) {
        case "dtype" -> {
          expect(type == null, title + " has two dtypes");
          expect(parser.currentToken() == JsonToken.VALUE_STRING, title + " has a dtype that is no text");
          type = TYPES.get(parser.getText());
          expect(type != null, title + " has a dtype that is not known");
        }
        case "shape" -> {
          expect(shape == null, title + " has two shapes");
          shape = numbers(title + " has a shape", parser);
        }
        case "data_offsets" -> {
          expect(offsets == null, title + " has data_offsets twice");
          offsets = numbers(title + " has data_offsets", parser);
        }
        default -> parser.skipChildren();
      }
    }
    return tensor(name, title, type, shape, offsets);
  }

  private Tensor tensor(
      String name,
      String title,
      @Nullable ElementType type,
      @Nullable List<Long> shape,
      @Nullable List<Long> offsets)
      throws FileSystemException {
    if (type == null || shape == null || offsets == null || offsets.size() != 2) {
      throw malformed(title + " lacks dtype, shape or two data_offsets");
    }
    long begin = offsets.get(0);
    long length = offsets.get(1) - begin;
    try {
      long elements = Tensor.elements(shape);
      long bytes = type.bytes(elements);
      expect(
          bytes == length,
          "%s has %d bytes from %d to %d, but %s%s takes %d"
              .formatted(title, length, begin, offsets.get(1), type, shape, bytes));
      return new Tensor(name, type, ByteOrder.LITTLE_ENDIAN, shape, Math.addExact(dataFrom, begin), elements);
    } catch (ArithmeticException e) {
      throw malformed(title + " has the impossible shape " + shape + " of " + type);
    }
  }

  private List<Long> numbers(String what, JsonParser parser) throws IOException {
    expect(parser.currentToken() == JsonToken.START_ARRAY, what + " that is no list");
    List<Long> numbers = new ArrayList<>(2);
    while (parser.nextToken() == JsonToken.VALUE_NUMBER_INT) {
      // Numbers beyond a long are refused by the parser.
      numbers.add(parser.getLongValue());
      expect(numbers.getLast() >= 0, what + " with the negative number " + numbers.getLast());
      // No more than other libraries have, so that a message can show them.
      expect(numbers.size() <= 64, what + " of more than 64 numbers");
    }
    expect(parser.currentToken() == JsonToken.END_ARRAY, what + " with something that is no whole number");
    return numbers;
  }

  /** The tensors' bytes must follow one another from the end of the header to that of the file. */
  private void checkBytes(long size) throws FileSystemException {
    tensors.sort(Comparator.comparingLong(Tensor::offset).thenComparingLong(Tensor::bytes));
    long end = dataFrom;
    String before = "the header";
    for (Tensor tensor : tensors) {
      if (tensor.offset() != end) {
        throw malformed(
            "%s begins %d bytes %s the end of %s"
                .formatted(
                    tensor.title(),
                    Math.abs(tensor.offset() - end),
                    tensor.offset() < end ? "before" : "after",
                    before));
      }
      if (tensor.bytes() > size - end) {
        throw new FileSystemException(
            path.toString(), null, "it ends before %s does: it has only %d bytes".formatted(tensor.title(), size));
      }
      end += tensor.bytes();
      before = tensor.title();
    }
    if (end != size) {
      throw new FileSystemException(
          path.toString(), null, "after the last tensor it has %d bytes that belong to none".formatted(size - end));
    }
  }

  private static final class SegmentInputStream extends InputStream {

    private final MemorySegment segment;
    private long next;

    SegmentInputStream(MemorySegment segment) {
      this.segment = segment;
    }

    @Override
    public int read() {
      return next == segment.byteSize() ? -1 : segment.get(ValueLayout.JAVA_BYTE, next++) & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
      int count = (int) Math.min(length, segment.byteSize() - next);
      if (count == 0 && length > 0) {
        return -1;
      }
      MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, next, bytes, from, count);
      next += count;
      return count;
    }
  }
}
