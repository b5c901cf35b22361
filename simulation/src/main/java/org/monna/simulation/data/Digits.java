package org.monna.simulation.data;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Handwritten digits, 8 x 8 pixels: UCI "Optical Recognition of Handwritten Digits", E. Alpaydin and C. Kaynak, CC BY
 * 4.0 (see {@code digits.txt} beside the data). 1,437 images for training, 360 for testing, the same ones always.
 */
public final class Digits {

  private static final String SHA_256 = "6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8";

  private static final int PIXELS = 64;
  private static final float WHITE = 16;
  private static final int CLASSES = 10;

  private Digits() {}

  /** Reads the digits that come with this module. */
  public static Examples load() {
    return split(parse(unpack()));
  }

  private static byte[] unpack() {
    try (InputStream file = requireNonNull(Digits.class.getResourceAsStream("digits.csv.gz"), "digits.csv.gz");
        InputStream text = new GZIPInputStream(file)) {
      return text.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("digits.csv.gz cannot be read", e);
    }
  }

  static Dataset parse(byte[] csv) {
    String sha256 = DigestUtils.sha256Hex(csv);
    if (!sha256.equals(SHA_256)) {
      throw new IllegalStateException("digits.csv was altered: its SHA-256 is %s, not %s".formatted(sha256, SHA_256));
    }
    List<String> lines = new String(csv, StandardCharsets.US_ASCII).lines().toList();
    float[][] rows = new float[lines.size()][PIXELS];
    int[] labels = new int[lines.size()];
    for (int i = 0; i < rows.length; i++) {
      String[] values = lines.get(i).split(",", -1);
      for (int p = 0; p < PIXELS; p++) {
        rows[i][p] = Integer.parseInt(values[p]) / WHITE;
      }
      labels[i] = Integer.parseInt(values[PIXELS]);
    }
    return new Dataset(rows, labels, CLASSES);
  }

  /**
   * Every fifth image is for testing, counted through the classes one after the other: both parts have all classes
   * evenly.
   */
  private static Examples split(Dataset all) {
    int[] byClass = IntStream.range(0, CLASSES).flatMap(c -> IntStream.of(all.ofClass(c))).toArray();
    int[] training = IntStream.range(0, byClass.length).filter(i -> i % 5 != 0).map(i -> byClass[i]).toArray();
    int[] test = IntStream.range(0, byClass.length).filter(i -> i % 5 == 0).map(i -> byClass[i]).toArray();
    return new Examples(all.select(training), all.select(test));
  }
}
