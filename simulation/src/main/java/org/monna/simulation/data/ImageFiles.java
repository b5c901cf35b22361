package org.monna.simulation.data;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Labelled images of ten classes in the files in which they are published.
 *
 * @param parts the files: for IDX images and their labels in turn
 * @param width pixels of a line of an image, which is square
 * @param channels for each channel the number that each byte stands for
 * @param installed the folder of the operating system's package; null if there is no package
 * @param howToGet for people who have none
 */
record ImageFiles(
    String name,
    Format format,
    List<Part> parts,
    int width,
    List<float[]> channels,
    @Nullable Path installed,
    String howToGet) {

  private static final int CLASSES = 10;

  /** More than the largest file; what unpacks to more is not what it should be. */
  private static final int LARGEST = 1 << 26;

  enum Format {
    /** MNIST's: a header, then all images, or all labels. */
    IDX,
    /** CIFAR's binary batches: for each image its label, then its pixels. */
    CIFAR
  }

  /**
   * A file.
   *
   * @param test whether its examples are for testing
   * @param digest of its bytes when unpacked, in hexadecimal
   */
  record Part(String file, boolean test, String algorithm, String digest) {}

  /** Pixels of an image in one channel. */
  private int area() {
    return width * width;
  }

  Examples load(@Nullable Path given) throws IOException {
    Path folder = given != null ? given : installed;
    if (folder == null) {
      throw new IOException(
          "%s needs a folder with its files %s: %s".formatted(name, fileNames(), howToGet));
    }
    List<byte[]> contents = read(folder);
    // Large enough from the start: growing would take three times the memory.
    int size = contents.stream().mapToInt(content -> content.length).sum();
    ByteArrayOutputStream[] pixels = {new ByteArrayOutputStream(size), new ByteArrayOutputStream()};
    ByteArrayOutputStream[] labels = {new ByteArrayOutputStream(), new ByteArrayOutputStream()};
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      byte[] content = contents.get(i);
      int use = part.test ? 1 : 0;
      switch (format) {
        case IDX -> {
          boolean images = i % 2 == 0;
          (images ? pixels : labels)[use].writeBytes(idx(folder, part, content, images));
        }
        case CIFAR -> cifar(folder, part, content, pixels[use], labels[use]);
      }
    }
    return new Examples(
        dataset(folder, pixels[0].toByteArray(), labels[0].toByteArray()),
        dataset(folder, pixels[1].toByteArray(), labels[1].toByteArray()));
  }

  private String fileNames() {
    String names = parts.stream().map(Part::file).collect(Collectors.joining(", "));
    return names + (format == Format.IDX ? " (each plain or with .gz)" : " (or " + archive() + ")");
  }

  private String archive() {
    return name + "-binary.tar.gz";
  }

  /** The bytes of each part. */
  private List<byte[]> read(Path folder) throws IOException {
    Map<String, byte[]> contents = new HashMap<>();
    for (Part part : parts) {
      Path plain = folder.resolve(part.file);
      Path zipped = folder.resolve(part.file + ".gz");
      Path unpacked = folder.resolve(name + "-batches-bin").resolve(part.file);
      if (Files.exists(plain)) {
        contents.put(part.file, bytes(plain, Files.newInputStream(plain)));
      } else if (format == Format.IDX && Files.exists(zipped)) {
        contents.put(part.file, bytes(zipped, unzip(zipped)));
      } else if (format == Format.CIFAR && Files.exists(unpacked)) {
        contents.put(part.file, bytes(unpacked, Files.newInputStream(unpacked)));
      }
    }
    Path archive = folder.resolve(archive());
    if (contents.isEmpty() && format == Format.CIFAR && Files.exists(archive)) {
      contents = unpack(archive);
    }
    List<byte[]> inOrder = new ArrayList<>();
    for (Part part : parts) {
      byte[] content = contents.get(part.file);
      if (content == null) {
        throw new IOException(
            "%s has no %s of %s, whose files are %s: %s, or name a folder that has them"
                .formatted(folder, part.file, name, fileNames(), howToGet));
      }
      inOrder.add(content);
    }
    return inOrder;
  }

  private static InputStream unzip(Path file) throws IOException {
    InputStream raw = Files.newInputStream(file);
    try {
      return new GZIPInputStream(raw, 1 << 16);
    } catch (IOException e) {
      raw.close();
      throw new IOException(file + " is not a gzip file", e);
    }
  }

  private static byte[] bytes(Path file, InputStream source) throws IOException {
    try (source) {
      byte[] bytes = source.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new IOException("%s holds more than %d bytes, so it is not what its name says".formatted(file, LARGEST));
      }
      return bytes;
    } catch (EOFException | ZipException e) {
      throw new IOException(file + " is damaged: its end is missing, or it was altered", e);
    }
  }

  private Map<String, byte[]> unpack(Path archive) throws IOException {
    Map<String, byte[]> contents = new HashMap<>();
    try (TarArchiveInputStream tar = new TarArchiveInputStream(unzip(archive))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        String file = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        if (entry.isFile() && parts.stream().anyMatch(part -> part.file.equals(file))) {
          if (entry.getSize() > LARGEST) {
            throw new IOException("%s: %s holds more than %d bytes".formatted(archive, file, LARGEST));
          }
          contents.put(file, tar.readNBytes((int) entry.getSize()));
        }
      }
      return contents;
    } catch (EOFException | ZipException e) {
      throw new IOException(archive + " is damaged: its end is missing, or it was altered", e);
    }
  }

  /** What follows the header of an IDX file: 0 0 8 (bytes) and the number of dimensions, then each dimension. */
  private byte[] idx(Path folder, Part part, byte[] content, boolean images) throws IOException {
    int dimensions = images ? 3 : 1;
    int header = 4 * (1 + dimensions);
    ByteBuffer numbers = ByteBuffer.wrap(content);
    if (content.length < header || numbers.getInt() != 0x800 + dimensions) {
      throw broken(folder, part, "does not begin as an IDX file of " + (images ? "images" : "labels"));
    }
    long count = Integer.toUnsignedLong(numbers.getInt());
    long each = 1;
    for (int k = 1; k < dimensions; k++) {
      each *= Integer.toUnsignedLong(numbers.getInt());
    }
    if (each != (images ? area() : 1)) {
      throw broken(folder, part, "has images of %d pixels, not %d".formatted(each, area()));
    }
    if (content.length != header + count * each) {
      throw broken(folder, part, "is %d bytes long, not %d as it says".formatted(content.length, header + count * each));
    }
    verify(folder, part, content);
    byte[] body = new byte[content.length - header];
    numbers.get(body);
    return body;
  }

  private void cifar(
      Path folder, Part part, byte[] content, ByteArrayOutputStream pixels, ByteArrayOutputStream labels)
      throws IOException {
    int image = channels.size() * area();
    if (content.length == 0 || content.length % (1 + image) != 0) {
      throw broken(
          folder, part, "is %d bytes long, which is no multiple of %d".formatted(content.length, 1 + image));
    }
    verify(folder, part, content);
    for (int at = 0; at < content.length; at += 1 + image) {
      labels.write(content[at]);
      pixels.write(content, at + 1, image);
    }
  }

  private void verify(Path folder, Part part, byte[] content) throws IOException {
    String found = new DigestUtils(part.algorithm).digestAsHex(content);
    if (!found.equals(part.digest)) {
      throw broken(
          folder,
          part,
          "is not the published one: the %s of its contents is %s, not %s"
              .formatted(part.algorithm, found, part.digest));
    }
  }

  private IOException broken(Path folder, Part part, String what) {
    return new IOException("%s of %s in %s %s".formatted(part.file, name, folder, what));
  }

  private Dataset dataset(Path folder, byte[] pixels, byte[] labels) throws IOException {
    int images = pixels.length / (channels.size() * area());
    if (images != labels.length || images == 0) {
      throw new IOException("%s in %s has %d images but %d labels".formatted(name, folder, images, labels.length));
    }
    int[] classes = IntStream.range(0, images).map(i -> labels[i] & 0xff).toArray();
    int largest = IntStream.of(classes).max().orElseThrow();
    if (largest >= CLASSES) {
      throw new IOException("%s in %s has the label %d, but only %d classes".formatted(name, folder, largest, CLASSES));
    }
    return Dataset.ofImages(pixels, width, channels.toArray(float[][]::new), classes, CLASSES);
  }
}
