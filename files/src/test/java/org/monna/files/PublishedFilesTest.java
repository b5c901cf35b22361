package org.monna.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.monna.files.Bytes.file;
import static org.monna.files.Bytes.floats;
import static org.monna.files.Bytes.latin;
import static org.monna.files.Bytes.safetensors;
import static org.monna.files.Bytes.tensors;
import static org.monna.files.Bytes.vector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files as others publish them: the bytes that the tests of the safetensors library (huggingface/safetensors, tensor.rs, test_simple.py,
 * test_pt_comparison.py) and of NumPy (test_format.py) write or expect, and what these tests say is in them.
 */
class PublishedFilesTest {

  private static final String ZEROS_16 = "\0".repeat(16);
  private static final String I32_2_2 = "<\0\0\0\0\0\0\0{\"test\":{\"dtype\":\"I32\",\"shape\":[2,2],\"data_offsets\":[0,16]}}";

  @TempDir private Path directory;

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static String refusal(String latin) {
    FileSystemException e = assertThrows(FileSystemException.class, () -> tensors("a.safetensors", latin(latin)));
    assertEquals("a.safetensors", e.getFile());
    return e.getMessage();
  }

  /** test_serialization: floats 0 to 5 of shape [1, 2, 3], by the name attn.0. */
  @Test
  void floatsOfSafetensors() throws IOException {
    byte[] published =
        bytes(
            64, 0, 0, 0, 0, 0, 0, 0, 123, 34, 97, 116, 116, 110, 46, 48, 34, 58, 123, 34, 100, 116, 121, 112, 101, 34, 58, 34,
            70, 51, 50, 34, 44, 34, 115, 104, 97, 112, 101, 34, 58, 91, 49, 44, 50, 44, 51, 93, 44, 34, 100, 97, 116, 97, 95,
            111, 102, 102, 115, 101, 116, 115, 34, 58, 91, 48, 44, 50, 52, 93, 125, 125, 0, 0, 0, 0, 0, 0, 128, 63, 0, 0, 0, 64,
            0, 0, 64, 64, 0, 0, 128, 64, 0, 0, 160, 64);
    Tensor expected = new Tensor("attn.0", ElementType.F32, ByteOrder.LITTLE_ENDIAN, List.of(1L, 2L, 3L), 72, 6);
    assertEquals(List.of(expected), tensors("a.safetensors", published));
    assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5}, vector(file(directory, "a.safetensors", published)));
  }

  /** test_serialization_forced_alignement: seven blanks after the JSON. */
  @Test
  void alignedSafetensors() throws IOException {
    byte[] published =
        bytes(
            72, 0, 0, 0, 0, 0, 0, 0, 123, 34, 97, 116, 116, 110, 48, 34, 58, 123, 34, 100, 116, 121, 112, 101, 34, 58, 34, 70,
            51, 50, 34, 44, 34, 115, 104, 97, 112, 101, 34, 58, 91, 49, 44, 49, 44, 50, 44, 51, 93, 44, 34, 100, 97, 116, 97,
            95, 111, 102, 102, 115, 101, 116, 115, 34, 58, 91, 48, 44, 50, 52, 93, 125, 125, 32, 32, 32, 32, 32, 32, 32, 0, 0,
            0, 0, 0, 0, 128, 63, 0, 0, 0, 64, 0, 0, 64, 64, 0, 0, 128, 64, 0, 0, 160, 64);
    assertEquals(List.of(1L, 1L, 2L, 3L), tensors("a.safetensors", published).getFirst().shape());
    assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5}, vector(file(directory, "a.safetensors", published)));
  }

  /** test_odd_dtype: BF16, F16 and BOOL, here with 1 to 4 instead of zeros, as test_deserialization_slice has its numbers. */
  @Test
  void halvesOfSafetensors() throws IOException {
    byte[] file =
        safetensors(
            "{\"test\":{\"dtype\":\"BF16\",\"shape\":[2,2],\"data_offsets\":[0,8]},"
                + "\"test2\":{\"dtype\":\"F16\",\"shape\":[2,2],\"data_offsets\":[8,16]}}",
            bytes(0x80, 0x3f, 0x00, 0x40, 0x40, 0x40, 0x80, 0x40),
            bytes(0x00, 0x3c, 0x00, 0x40, 0x00, 0x42, 0x00, 0x44));
    assertArrayEquals(new float[] {1, 2, 3, 4, 1, 2, 3, 4}, vector(file(directory, "a.safetensors", file)));
  }

  /** The example of the format's description, with lengths that fit. */
  @Test
  void theExampleOfTheDescription() throws IOException {
    byte[] file =
        safetensors(
            "{\"__metadata__\":{\"format\":\"pt\"},\"NEXT_TENSOR_NAME\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[8192,8200]},"
                + "\"TENSOR_NAME\":{\"dtype\":\"F16\",\"shape\":[1,16,256],\"data_offsets\":[0,8192]}}",
            new byte[8192 + 8]);
    List<Tensor> tensors = tensors("a.safetensors", file);
    assertEquals("TENSOR_NAME", tensors.get(0).name());
    assertEquals(4096, tensors.get(0).elements());
    assertEquals(1, tensors.get(1).elements());
    assertEquals(tensors.get(0).offset() + 8192, tensors.get(1).offset());
  }

  /** test_deserialization, test_empty_shapes_allowed, test_zero_sized_tensor. */
  @Test
  void integersScalarsAndEmptyTensorsAreRecognised() throws IOException {
    Tensor zeros = tensors("a.safetensors", latin(I32_2_2 + ZEROS_16)).getFirst();
    assertEquals(ElementType.I32, zeros.type());
    assertEquals(List.of(2L, 2L), zeros.shape());
    Tensor scalar =
        tensors(
                "a.safetensors",
                latin("8\0\0\0\0\0\0\0{\"test\":{\"dtype\":\"I32\",\"shape\":[],\"data_offsets\":[0,4]}}\0\0\0\0"))
            .getFirst();
    assertEquals(List.of(), scalar.shape());
    assertEquals(1, scalar.elements());
    Tensor empty =
        tensors(
                "a.safetensors",
                latin("<\0\0\0\0\0\0\0{\"test\":{\"dtype\":\"I32\",\"shape\":[2,0],\"data_offsets\":[0, 0]}}"))
            .getFirst();
    assertEquals(0, empty.elements());
  }

  /** test_empty, test_whitespace_padded_header. */
  @Test
  void noTensors() throws IOException {
    assertEquals(List.of(), tensors("a.safetensors", bytes(8, 0, 0, 0, 0, 0, 0, 0, 123, 125, 32, 32, 32, 32, 32, 32)));
    assertEquals(List.of(), tensors("a.safetensors", latin("\6\0\0\0\0\0\0\0{}\r \t\n")));
    byte[] metadata =
        bytes(
            40, 0, 0, 0, 0, 0, 0, 0, 123, 34, 95, 95, 109, 101, 116, 97, 100, 97, 116, 97, 95, 95, 34, 58, 123, 34, 102, 114,
            97, 109, 101, 119, 111, 114, 107, 34, 58, 34, 112, 116, 34, 125, 125, 32, 32, 32, 32, 32);
    assertEquals(List.of(), tensors("a.safetensors", metadata));
    Path file = file(directory, "a.safetensors", metadata);
    FileSystemException e = assertThrows(FileSystemException.class, () -> vector(file));
    assertEquals(file + ": it has no numbers", e.getMessage());
  }

  /** What the library's tests demand to be refused, for the reasons that they give. */
  @Test
  void attacks() {
    StringBuilder overlapping = new StringBuilder("{");
    for (int i = 0; i < 10; i++) {
      overlapping.append(i == 0 ? "" : ",");
      overlapping.append("\"weight_%d\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}".formatted(i));
    }
    byte[] attack = safetensors(overlapping + "}", new byte[16]);
    assertTrue(refusal(new String(attack, StandardCharsets.ISO_8859_1)).contains("begins 16 bytes before the end of tensor"));
    assertTrue(refusal(I32_2_2 + ZEROS_16 + "extra_bogus_data_for_polyglot_file").contains("34 bytes that belong to none"));
    assertTrue(refusal(I32_2_2 + "\0".repeat(14)).contains("ends before tensor \"test\" does"));
    assertTrue(refusal("<\0\0\0\0\u00ff\u00ff\u00ff" + I32_2_2.substring(8) + ZEROS_16).contains("more than"));
    assertTrue(refusal("").contains("0 bytes"));
    assertTrue(refusal("<\0\0\0\0\0\0\0").contains("beyond its 8 bytes"));
    assertTrue(refusal("\1\0\0\0\0\0\0\0\u00ff").contains("no JSON object"));
    assertTrue(refusal("\2\0\0\0\0\0\0\0{\u00ff").contains("not in UTF-8"));
    assertTrue(refusal("\1\0\0\0\0\0\0\0{").contains("not valid"));
    assertTrue(
        refusal("<\0\0\0\0\0\0\0{\"test\":{\"dtype\":\"I32\",\"shape\":[2,2],\"data_offsets\":[0, 4]}}")
            .contains("has 4 bytes from 0 to 4, but I32[2, 2] takes 16"));
    assertTrue(
        refusal("O\0\0\0\0\0\0\0{\"test\":{\"dtype\":\"I32\",\"shape\":[2,18446744073709551614],\"data_offsets\":[0,16]}}" + ZEROS_16)
            .contains("out of range"));
    assertTrue(
        refusal("N\0\0\0\0\0\0\0{\"test\":{\"dtype\":\"I32\",\"shape\":[2,9223372036854775807],\"data_offsets\":[0,16]}}" + ZEROS_16)
            .contains("impossible shape"));
  }

  /** basic.reshape((3, 5)) of np.arange(15), and np.array(10), in both orders of bytes. */
  @ParameterizedTest
  @CsvSource({"<f4", ">f4", "<f8", ">f8"})
  void arraysOfNumpy(String type) throws IOException {
    ByteOrder order = type.startsWith("<") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    boolean isDouble = type.endsWith("8");
    String start = "\u0093NUMPY\1\0F\0{'descr': '" + type + "', 'fortran_order': False, 'shape': ";
    ByteBuffer data = Bytes.buffer(15 * (isDouble ? 8 : 4), order);
    float[] expected = new float[15];
    for (int k = 0; k < 15; k++) {
      expected[k] = k;
      if (isDouble) {
        data.putDouble(k);
      } else {
        data.putFloat(k);
      }
    }
    byte[] matrix = Bytes.join(latin(start + "(3, 5)}            \n"), data.array());
    assertEquals(List.of(3L, 5L), tensors("a.npy", matrix).getFirst().shape());
    assertArrayEquals(expected, vector(file(directory, "a.npy", matrix)));
    byte[] ten = isDouble ? Bytes.buffer(8, order).putDouble(10).array() : floats(order, 10);
    byte[] scalar = Bytes.join(latin(start + "()}                \n"), ten);
    assertArrayEquals(new float[] {10}, vector(file(directory, "b.npy", scalar)));
  }

  /** Headers of test_format.py that are not for us, and why. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'descr': '<f4', 'fortran_order': True, 'shape': (5, 3)}             | Fortran order",
        "{'descr': '<c16', 'fortran_order': False, 'shape': (15,)}            | no plain numbers",
        "{'descr': 'O', 'fortran_order': False, 'shape': (15,)}              | no plain numbers",
        "{'descr': [('x', '<i4', (2,)), ('z', '<u1')],  'fortran_order': False,  'shape': (2,)} | plain numbers",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (0,)}              | has 60",
      })
  void otherArraysOfNumpy(String header, String reason) {
    byte[] file = Bytes.numpy(header, new byte[60]);
    FileSystemException e = assertThrows(FileSystemException.class, () -> tensors("a.npy", file));
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  /** Versions 2 and 3 have four bytes for the length of the header; the bytes that NumPy 1.23 writes for version 2. */
  @ParameterizedTest
  @CsvSource({"2", "3"})
  void laterVersionsOfNumpy(int version) throws IOException {
    String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }" + " ".repeat(58) + "\n";
    byte[] file =
        Bytes.join(
            latin("\u0093NUMPY" + (char) version + "\0"), bytes(text.length(), 0, 0, 0), latin(text), floats(1.5f, -2));
    assertEquals(0, (file.length - 8) % 64);
    assertArrayEquals(new float[] {1.5f, -2}, vector(file(directory, "a.npy", file)));
  }

  @Test
  void rawFloats() throws IOException {
    assertArrayEquals(new float[] {1, -0.5f}, vector(file(directory, "a.f32", bytes(0, 0, 0x80, 0x3f, 0, 0, 0, 0xbf))));
  }
}
