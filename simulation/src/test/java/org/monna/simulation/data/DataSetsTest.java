package org.monna.simulation.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetsTest {

  @TempDir private Path folder;

  @Test
  void digitsNeedNoFolder() throws IOException {
    Examples digits = DataSets.load(" Digits", null);
    assertArrayEquals(Digits.load().training().labels(), digits.training().labels());
    assertEquals(360, digits.test().size());
  }

  @Test
  void theOthersNeedTheirFiles() {
    assertTrue(missing("fashion-mnist").contains("install the Debian package dataset-fashion-mnist"));
    assertTrue(missing("mnist").contains("whose files are train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-"));
    assertTrue(missing("cifar-10").contains("data_batch_1.bin"));
    assertTrue(missing("cifar-10").contains("cifar-10-binary.tar.gz"));
    String nowhere = assertThrows(IOException.class, () -> DataSets.load("mnist", null)).getMessage();
    assertTrue(nowhere.startsWith("mnist needs a folder with its files train-images-idx3-ubyte"), nowhere);
  }

  private String missing(String name) {
    String message = assertThrows(IOException.class, () -> DataSets.load(name, folder)).getMessage();
    assertTrue(message.startsWith(folder + " has no "), message);
    return message;
  }

  @Test
  void aFileOfAnotherDataSetIsNotTakenForIt() throws IOException {
    for (String file : new String[] {"data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5"}) {
      Files.write(folder.resolve(file + ".bin"), new byte[3073]);
    }
    Files.write(folder.resolve("test_batch.bin"), new byte[3073]);
    String message = assertThrows(IOException.class, () -> DataSets.load("cifar-10", folder)).getMessage();
    assertTrue(
        message.startsWith("data_batch_1.bin of cifar-10 in " + folder + " is not the published one"), message);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(6, files.count());
    }
  }

  @Test
  void unknownNamesAndFoldersAreNamed() throws IOException {
    assertEquals(
        "unknown data set \"imagenet\"; known are digits, cifar-10, fashion-mnist, mnist",
        assertThrows(IllegalArgumentException.class, () -> DataSets.load("imagenet", folder)).getMessage());
    Path file = Files.writeString(folder.resolve("file"), "");
    assertEquals(
        file + " is not a folder, so mnist cannot be read from it",
        assertThrows(IOException.class, () -> DataSets.load("mnist", file)).getMessage());
  }

  /** As PyTorch's ToTensor and Normalize compute in float: (255 / 255 - 0.1307) / 0.3081 and -0.1307 / 0.3081. */
  @Test
  void pixelsAreNormalized() {
    float[] scale = DataSets.scale(0.1307f, 0.3081f);
    assertEquals(-0.42421296, scale[0], 1e-7);
    assertEquals(2.8214867, scale[255], 1e-6);
    assertEquals(0.5f, DataSets.scale(0, 1)[128], 0.002);
    assertEquals(1f, DataSets.scale(0, 1)[255]);
  }
}
