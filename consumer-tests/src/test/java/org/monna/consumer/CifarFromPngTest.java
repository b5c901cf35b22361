package org.monna.consumer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The very file of docs/examples on small batches of known pixels. */
class CifarFromPngTest {

  private static final int IMAGES = 3;
  private static final int BATCHES = 5;

  @TempDir private Path directory;

  @Test
  void makesTheBinaryBatches() throws Exception {
    Path from = Files.createDirectory(directory.resolve("package"));
    StringBuilder labels = new StringBuilder("[");
    for (int batch = 0; batch < BATCHES; batch++) {
      writeImages(from.resolve("data_batch_" + (batch + 1) + ".png"), batch);
      for (int i = 0; i < IMAGES; i++) {
        labels.append(label(batch, i)).append(",");
      }
    }
    labels.setCharAt(labels.length() - 1, ']');
    Files.writeString(from.resolve("train_lables.json"), labels);
    writeImages(from.resolve("test_batch.png"), BATCHES);
    Files.writeString(from.resolve("test_lables.json"), "[ %d, %d, %d ]".formatted(label(BATCHES, 0), label(BATCHES, 1), label(BATCHES, 2)));

    Path to = directory.resolve("cifar");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "../docs/examples/CifarFromPng.java",
                from.toString(),
                to.toString())
            .inheritIO()
            .start();
    assertEquals(0, process.waitFor());
    for (int batch = 0; batch <= BATCHES; batch++) {
      String name = batch == BATCHES ? "test_batch" : "data_batch_" + (batch + 1);
      assertArrayEquals(expected(batch), Files.readAllBytes(to.resolve(name + ".bin")), name);
    }
  }

  private static int label(int batch, int image) {
    return (7 * batch + image) % 10;
  }

  private static int sample(int batch, int image, int colour, int pixel) {
    return (31 * batch + 17 * image + 101 * colour + pixel) % 256;
  }

  private static void writeImages(Path file, int batch) throws Exception {
    BufferedImage png = new BufferedImage(32 * 32, IMAGES, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < IMAGES; i++) {
      for (int pixel = 0; pixel < 32 * 32; pixel++) {
        png.setRGB(pixel, i, sample(batch, i, 0, pixel) << 16 | sample(batch, i, 1, pixel) << 8 | sample(batch, i, 2, pixel));
      }
    }
    ImageIO.write(png, "png", file.toFile());
  }

  /** A label, then all of red, of green, of blue, for each image. */
  private static byte[] expected(int batch) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < IMAGES; i++) {
      bytes.write(label(batch, i));
      for (int colour = 0; colour < 3; colour++) {
        for (int pixel = 0; pixel < 32 * 32; pixel++) {
          bytes.write(sample(batch, i, colour, pixel));
        }
      }
    }
    return bytes.toByteArray();
  }
}
