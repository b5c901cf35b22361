package org.monna.simulation.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With small files of the same formats, written here. */
class ImageFilesTest {

  private static final int WIDTH = 2;
  private static final float[] SAME = new float[256];

  static {
    for (int b = 0; b < SAME.length; b++) {
      SAME[b] = b;
    }
  }

  @TempDir private Path folder;

  /** The published files, by name: three training images and two for testing, with labels. */
  private final Map<String, byte[]> idx =
      new TreeMap<>(
          Map.of(
              "train-images", idx(bytes(1, 2, 3, 4, 5, 6, 7, 8, 250, 251, 252, 253), 3, 2, 2),
              "train-labels", idx(bytes(9, 0, 5), 3),
              "test-images", idx(bytes(0, 0, 0, 1, 255, 0, 0, 0), 2, 2, 2),
              "test-labels", idx(bytes(1, 2), 2)));

  private final Map<String, byte[]> cifar =
      new TreeMap<>(
          Map.of(
              "data_1.bin", bytes(3, 1, 2, 3, 4, 11, 12, 13, 14, 7, 5, 6, 7, 8, 15, 16, 17, 18),
              "data_2.bin", bytes(0, 200, 201, 202, 203, 204, 205, 206, 207),
              "test.bin", bytes(9, 0, 0, 0, 0, 1, 1, 1, 1)));

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] idx(byte[] body, int... dimensions) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * dimensions.length + body.length);
    file.putInt(0x800 + dimensions.length);
    for (int dimension : dimensions) {
      file.putInt(dimension);
    }
    return file.put(body).array();
  }

  private static String hash(String algorithm, byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private ImageFiles.Part idxPart(String file) {
    return new ImageFiles.Part(file, file.startsWith("test"), "SHA-256", hash("SHA-256", idx.get(file)));
  }

  private ImageFiles idxFiles() {
    List<ImageFiles.Part> parts = new ArrayList<>();
    for (String file : List.of("train-images", "train-labels", "test-images", "test-labels")) {
      parts.add(idxPart(file));
    }
    return new ImageFiles("tiny", ImageFiles.Format.IDX, parts, WIDTH, List.of(SAME), null, "draw them");
  }

  private ImageFiles cifarFiles() {
    List<ImageFiles.Part> parts = new ArrayList<>();
    cifar.forEach(
        (file, content) ->
            parts.add(new ImageFiles.Part(file, file.startsWith("test"), "SHA-1", hash("SHA-1", content))));
    float[] negative = new float[256];
    for (int b = 0; b < negative.length; b++) {
      negative[b] = -b;
    }
    return new ImageFiles(
        "colours", ImageFiles.Format.CIFAR, parts, WIDTH, List.of(SAME, negative), null, "paint them");
  }

  private void write(Map<String, byte[]> files) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
  }

  private static byte[] zipped(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(content);
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void idxFilesAreReadPlainOrZipped(boolean zip) throws IOException {
    for (Map.Entry<String, byte[]> file : idx.entrySet()) {
      byte[] content = zip ? zipped(file.getValue()) : file.getValue();
      Files.write(folder.resolve(file.getKey() + (zip ? ".gz" : "")), content);
    }
    Examples examples = idxFiles().load(folder);
    assertArrayEquals(new float[][] {{1, 2, 3, 4}, {5, 6, 7, 8}, {250, 251, 252, 253}}, examples.training().rows());
    assertArrayEquals(new int[] {9, 0, 5}, examples.training().labels());
    assertArrayEquals(new float[][] {{0, 0, 0, 1}, {255, 0, 0, 0}}, examples.test().rows());
    assertArrayEquals(new int[] {1, 2}, examples.test().labels());
    assertEquals(10, examples.test().classes());
  }

  @Test
  void cifarBatchesAreReadOneAfterTheOther() throws IOException {
    write(cifar);
    assertCifar(cifarFiles().load(folder));
  }

  @Test
  void cifarBatchesAreReadFromTheArchive() throws IOException {
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(
            new GZIPOutputStream(Files.newOutputStream(folder.resolve("colours-binary.tar.gz"))))) {
      add(tar, "colours-batches-bin/readme.html", bytes(1));
      for (Map.Entry<String, byte[]> file : cifar.entrySet()) {
        add(tar, "colours-batches-bin/" + file.getKey(), file.getValue());
      }
    }
    assertCifar(cifarFiles().load(folder));
    // And from where tar unpacks it.
    Files.delete(folder.resolve("colours-binary.tar.gz"));
    Path unpacked = Files.createDirectory(folder.resolve("colours-batches-bin"));
    for (Map.Entry<String, byte[]> file : cifar.entrySet()) {
      Files.write(unpacked.resolve(file.getKey()), file.getValue());
    }
    assertCifar(cifarFiles().load(folder));
  }

  private static void add(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private static void assertCifar(Examples examples) {
    assertArrayEquals(new int[] {3, 7, 0}, examples.training().labels());
    assertArrayEquals(
        new float[][] {
          {1, 2, 3, 4, -11, -12, -13, -14},
          {5, 6, 7, 8, -15, -16, -17, -18},
          {200, 201, 202, 203, -204, -205, -206, -207}
        },
        examples.training().rows());
    assertArrayEquals(new int[] {9}, examples.test().labels());
  }

  private void assertSays(String message, ImageFiles files) {
    assertEquals(message, assertThrows(IOException.class, () -> files.load(folder)).getMessage());
  }

  @Test
  void missingFilesAreNamedWithTheWayToGetThem() throws IOException {
    write(idx);
    Files.delete(folder.resolve("test-labels"));
    assertSays(
        folder
            + " has no test-labels of tiny, whose files are train-images, train-labels, test-images, test-labels (each"
            + " plain or with .gz): draw them, or name a folder that has them",
        idxFiles());
    String none = assertThrows(IOException.class, () -> idxFiles().load(null)).getMessage();
    assertTrue(none.startsWith("tiny needs a folder with its files train-images, "), none);
    assertSays(
        folder
            + " has no data_1.bin of colours, whose files are data_1.bin, data_2.bin, test.bin (or"
            + " colours-binary.tar.gz): paint them, or name a folder that has them",
        cifarFiles());
  }

  @Test
  void anAlteredFileIsRefused() throws IOException {
    ImageFiles published = idxFiles();
    String right = hash("SHA-256", idx.get("train-labels"));
    idx.get("train-labels")[9] = 1;
    write(idx);
    assertSays(
        "train-labels of tiny in %s is not the published one: the SHA-256 of its contents is %s, not %s"
            .formatted(folder, hash("SHA-256", idx.get("train-labels")), right),
        published);
    ImageFiles batches = cifarFiles();
    cifar.get("test.bin")[3] = 1;
    write(cifar);
    String message = assertThrows(IOException.class, () -> batches.load(folder)).getMessage();
    assertTrue(message.startsWith("test.bin of colours in " + folder + " is not the published one: the SHA-1"), message);
  }

  @Test
  void malformedFilesAreDescribed() throws IOException {
    byte[] images = idx.get("train-images");
    assertMalformed("train-images", new byte[0], "does not begin as an IDX file of images");
    assertMalformed("train-images", bytes(0, 0, 8), "does not begin as an IDX file of images");
    assertMalformed("train-images", idx.get("train-labels"), "does not begin as an IDX file of images");
    assertMalformed("train-images", Arrays.copyOf(images, 27), "is 27 bytes long, not 28 as it says");
    assertMalformed("train-images", Arrays.copyOf(images, 29), "is 29 bytes long, not 28 as it says");
    assertMalformed("train-images", idx(bytes(1, 2), 1, 1, 2), "has images of 2 pixels, not 4");
    assertMalformed(
        "train-images", idx(bytes(1), -1, 2, 2), "is 17 bytes long, not 17179869196 as it says");
    assertMalformed("test-labels", images, "does not begin as an IDX file of labels");
    assertMalformed("test-labels", idx(bytes(1), 2), "is 9 bytes long, not 10 as it says");
  }

  private void assertMalformed(String file, byte[] content, String what) throws IOException {
    write(idx);
    Files.write(folder.resolve(file), content);
    assertSays("%s of tiny in %s %s".formatted(file, folder, what), idxFiles());
  }

  @Test
  void imagesAndLabelsMustMatch() throws IOException {
    idx.put("test-labels", idx(bytes(1, 2, 3), 3));
    write(idx);
    assertSays("tiny in " + folder + " has 2 images but 3 labels", idxFiles());
    idx.put("test-labels", idx(bytes(1, 10), 2));
    write(idx);
    assertSays("tiny in " + folder + " has the label 10, but only 10 classes", idxFiles());
  }

  @Test
  void cifarBatchesOfOddLengthAreRefused() throws IOException {
    cifar.put("data_2.bin", bytes(1, 2, 3, 4));
    write(cifar);
    assertSays(
        "data_2.bin of colours in " + folder + " is 4 bytes long, which is no multiple of 9", cifarFiles());
    cifar.put("data_2.bin", new byte[0]);
    write(cifar);
    assertSays(
        "data_2.bin of colours in " + folder + " is 0 bytes long, which is no multiple of 9", cifarFiles());
  }

  @Test
  void damagedCompressionIsToldFromAlteredData() throws IOException {
    write(idx);
    Files.delete(folder.resolve("train-images"));
    Path zip = folder.resolve("train-images.gz");
    Files.write(zip, bytes(1, 2, 3));
    assertSays(zip + " is not a gzip file", idxFiles());
    byte[] whole = zipped(idx.get("train-images"));
    Files.write(zip, Arrays.copyOf(whole, whole.length - 5));
    assertSays(zip + " is damaged: its end is missing, or it was altered", idxFiles());
    byte[] altered = whole.clone();
    altered[whole.length - 6] ^= 1;
    Files.write(zip, altered);
    assertSays(zip + " is damaged: its end is missing, or it was altered", idxFiles());
    Path archive = folder.resolve("colours-binary.tar.gz");
    Files.write(archive, Arrays.copyOf(zipped(new byte[2000]), 15));
    assertSays(archive + " is damaged: its end is missing, or it was altered", cifarFiles());
  }
}
