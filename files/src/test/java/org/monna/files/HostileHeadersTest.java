package org.monna.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.monna.files.Bytes.numpy;
import static org.monna.files.Bytes.safetensors;
import static org.monna.files.Bytes.tensors;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers that are wrong, by accident or by design: refused in a sentence that names the file, soon, and with little memory. */
class HostileHeadersTest {

  private static final byte[] SAFETENSORS =
      safetensors(
          "{\"__metadata__\":{\"format\":\"pt\",\"a\":\"b\"},\"w\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
              + "\"b\":{\"dtype\":\"BF16\",\"shape\":[3],\"data_offsets\":[24,30]},"
              + "\"n\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[30,38]}}   ",
          new byte[38]);

  private static final byte[] NUMPY = numpy("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", new byte[24]);

  private static final String[] PIECES = {
    "{", "}", "[", "]", ",", ":", "\"", "'", "\\", "-1", "0", "9223372036854775807", "18446744073709551616", "1e9", "null", "(", ")",
    "\"shape\":[1]", "\"dtype\":\"F32\"", "\"data_offsets\":[0,4]", "__metadata__", "\u0000", "\u00ff", "True", "'shape': (0,)", "[".repeat(3000)
  };

  /** Changes, removes, doubles, or inserts something a few times. */
  private static byte[] mutated(byte[] valid, long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    String text = new String(valid, StandardCharsets.ISO_8859_1);
    int changes = random.nextInt(1, 5);
    for (int k = 0; k < changes; k++) {
      int at = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), at + random.nextInt(12));
      String middle =
          switch (random.nextInt(5)) {
            case 0 -> "";
            case 1 -> PIECES[random.nextInt(PIECES.length)];
            case 2 -> text.substring(at, end).repeat(2);
            case 3 -> String.valueOf((char) random.nextInt(256));
            default -> String.valueOf(random.nextInt(100));
          };
      text = text.substring(0, at) + middle + text.substring(random.nextBoolean() ? at : end);
    }
    if (text.length() >= 8 && random.nextInt(4) > 0) {
      // With a length that fits, so that what follows is looked at.
      int length = Math.max(0, Math.min(valid[0] & 0xff, text.length() - 8));
      text = (char) length + "\0\0\0\0\0\0\0" + text.substring(8);
    }
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Either tensors that fill the file one after the other, or the one kind of exception, in one sentence. */
  private static void assertReadOrRefused(String name, byte[] bytes) throws IOException {
    List<Tensor> tensors;
    try {
      tensors = tensors(name, bytes);
    } catch (FileSystemException e) {
      assertEquals(name, e.getFile());
      String message = e.getMessage();
      assertTrue(message.startsWith(name + ": ") && message.length() > name.length() + 10, message);
      assertTrue(message.length() < 2000 && message.lines().count() == 1, message);
      return;
    }
    long end = -1;
    for (Tensor tensor : tensors) {
      assertTrue(tensor.elements() >= 0);
      assertTrue(end < 0 || tensor.offset() == end);
      end = tensor.offset() + tensor.bytes();
    }
    assertTrue(end == bytes.length || tensors.isEmpty());
  }

  @Property(tries = 20_000, seed = "20261125")
  void mutatedSafetensors(@ForAll long seed) throws IOException {
    assertReadOrRefused("a.safetensors", mutated(SAFETENSORS, seed));
  }

  @Property(tries = 20_000, seed = "20261125")
  void mutatedNumpy(@ForAll long seed) throws IOException {
    assertReadOrRefused("a.npy", mutated(NUMPY, seed));
  }

  @Property(tries = 2000, seed = "20261125")
  void anyBytes(@ForAll byte[] bytes) throws IOException {
    assertReadOrRefused("a.safetensors", bytes);
    assertReadOrRefused("a.npy", bytes);
    assertReadOrRefused("a.f32", bytes);
  }

  @Property(tries = 300, seed = "20261125")
  void cutSafetensors(@ForAll @IntRange(min = 0, max = 300) int length) {
    int cut = Math.min(length, SAFETENSORS.length - 1);
    byte[] bytes = Arrays.copyOf(SAFETENSORS, cut);
    assertThrows(FileSystemException.class, () -> tensors("a.safetensors", bytes));
  }

  private static String refusal(String json, int data) {
    byte[] bytes = safetensors(json, new byte[data]);
    return assertThrows(FileSystemException.class, () -> tensors("a.safetensors", bytes)).getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'w':{'dtype':'F32','shape':[-1],'data_offsets':[0,-4]}} | negative number -1",
        "{'w':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}} | has -4 bytes from 4 to 0, but F32[1] takes 4",
        "{'w':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | begins 4 bytes after the end of the header",
        "{'w':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'v':{'dtype':'U8','shape':[1],'data_offsets':[3,4]}} | 1 bytes before the end of tensor \"w\"",
        "{'w':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'v':{'dtype':'U8','shape':[1],'data_offsets':[5,6]}} | 1 bytes after the end of tensor \"w\"",
        "{'w':{'dtype':'F32','shape':[100],'data_offsets':[0,400]}} | ends before tensor \"w\" does",
        "{'w':{'dtype':'F32','shape':[1],'data_offsets':[9223372036854775803,9223372036854775807]}} | impossible",
        "{'w':{'dtype':'F32','shape':[4611686018427387904,4],'data_offsets':[0,0]}} | impossible shape",
        "{'w':{'dtype':'F32','shape':[9223372036854775807,3,0],'data_offsets':[0,0]}} | impossible shape",
        "{'w':{'dtype':'F4','shape':[3],'data_offsets':[0,2]}} | impossible shape",
        "{'w':{'dtype':'F33','shape':[1],'data_offsets':[0,4]}} | not known",
        "{'w':{'dtype':4,'shape':[1],'data_offsets':[0,4]}} | no text",
        "{'w':{'dtype':'F32','shape':[1.5],'data_offsets':[0,4]}} | no whole number",
        "{'w':{'dtype':'F32','shape':1,'data_offsets':[0,4]}} | no list",
        "{'w':{'dtype':'F32','shape':[1],'data_offsets':[0,4,8]}} | lacks",
        "{'w':{'dtype':'F32','shape':[1]}} | lacks",
        "{'w':{'dtype':'F32','dtype':'F32','shape':[1],'data_offsets':[0,4]}} | two dtypes",
        "{'w':{'dtype':'F32','shape':[1],'shape':[1],'data_offsets':[0,4]}} | two shapes",
        "{'w':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'w':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | occurs twice",
        "{'w':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'\\u0077':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | occurs twice",
        "{'__metadata__':{'a':'b','a':'c'}} | occurs twice",
        "{'__metadata__':{'a':{}}} | no text",
        "{'__metadata__':[]} | no object",
        "{'w':[]} | no object",
        "{}{} | followed by something else",
        "[] | no JSON object",
      })
  void malformedSafetensors(String json, String reason) {
    String message = refusal(json.replace('\'', '"'), 4);
    assertTrue(message.contains(reason), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-6,), } | does not describe",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 2), } | impossible shape",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), } | that a computer can count",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (7,), } | takes 28 bytes, but it has 24",
        "{'descr': '<f4', 'fortran_order': False, 'shape': 6, } | no tuple",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (6), } | no tuple",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (,), } | no tuple",
        "{'descr': '<f4', 'fortran_order': 0, 'shape': (6,), } | neither True nor False",
        "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (6,), } | descr occurs twice",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (6,), 'x': 1, } | unknown entry x",
        "{'descr': '<f4', 'shape': (6,), } | does not describe",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (6,), } exit() | does not describe",
        "[1] | no dictionary",
      })
  void malformedNumpy(String header, String reason) {
    byte[] bytes = numpy(header, new byte[24]);
    FileSystemException e = assertThrows(FileSystemException.class, () -> tensors("a.npy", bytes));
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  @Test
  void deepNestingAndLongNames() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          assertTrue(refusal("{\"w\":{\"x\":" + "[".repeat(1_000_000), 4).contains("not valid"));
          assertTrue(refusal("{\"w\":{\"x\":" + "{\"a\":".repeat(1_000_000), 4).contains("not valid"));
          assertTrue(refusal("{\"" + "n".repeat(5_000_000) + "\":{}}", 4).contains("not valid"));
          assertTrue(refusal("{\"w\":{\"shape\":[" + "9".repeat(1_000_000) + "]}}", 4).contains("not valid"));
          assertTrue(refusal("{\"w\":{\"shape\":[" + "1,".repeat(1_000_000) + "1]}}", 4).contains("more than 64"));
          assertFalse(refusal("{\"w\":" + " ".repeat(5_000_000), 4).isBlank());
        });
  }

  /** Names whose hash codes are all the same, of which tables must not become slow. */
  @Test
  void namesMadeToCollide() {
    StringBuilder json = new StringBuilder("{");
    int count = 1 << 15;
    for (int k = 0; k < count; k++) {
      json.append(k == 0 ? "\"" : ",\"");
      for (int bit = 0; bit < 15; bit++) {
        json.append((k >> bit & 1) == 0 ? "Aa" : "BB");
      }
      json.append("\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}");
    }
    byte[] bytes = safetensors(json + "}");
    List<Tensor> tensors = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> tensors("a.safetensors", bytes));
    assertEquals(count, tensors.size());
  }

  /** A sentence shows what the sender calls a tensor, but not all of it, and nothing that a terminal would obey. */
  @Test
  void namesInMessages() {
    String message =
        refusal("{\"\\u001b[2J\\n" + "n".repeat(1000) + "\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 4);
    assertTrue(message.contains("?[2J?nnn"), message);
    assertTrue(message.length() < 300, message);
  }
}
