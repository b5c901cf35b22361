package org.monna.simulation.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DatasetTest {

  private static final float[][] ROWS = {{1, 2}, {3, 4}, {5, 6}, {7, 8}};
  private static final Dataset DATA = new Dataset(ROWS, new int[] {2, 0, 1, 2}, 3);

  @Test
  void partsOfPartsAreTheExamplesSelected() {
    Dataset part = DATA.select(new int[] {3, 1, 2}).select(new int[] {2, 0, 0});
    assertArrayEquals(new float[][] {{5, 6}, {7, 8}, {7, 8}}, part.rows());
    assertArrayEquals(new int[] {1, 2, 2}, part.labels());
    assertEquals(3, part.size());
    assertEquals(2, part.features());
    assertEquals(3, part.classes());
    float[] row = new float[2];
    part.copyRow(1, row);
    assertArrayEquals(new float[] {7, 8}, row);
  }

  @Test
  void aClassHasItsExamplesInOrder() {
    assertArrayEquals(new int[] {0, 3}, DATA.ofClass(2));
    assertArrayEquals(new int[] {2}, DATA.ofClass(1));
  }

  @Test
  void otherLabelsForTheSameRows() {
    Dataset flipped = DATA.relabelled(label -> 2 - label);
    assertArrayEquals(new int[] {0, 2, 1, 0}, flipped.labels());
    assertArrayEquals(ROWS, flipped.rows());
    assertArrayEquals(new int[] {2, 0, 1, 2}, DATA.labels());
  }

  /** Two channels of one pixel; the second image has the unsigned bytes 128 and 255. */
  @Test
  void imagesAreReadThroughTheScaleOfEachChannel() {
    byte[] pixels = {0, 1, (byte) 128, (byte) 255};
    float[] same = new float[256];
    float[] negative = new float[256];
    for (int b = 0; b < 256; b++) {
      same[b] = b;
      negative[b] = -1f * b;
    }
    Dataset images = Dataset.ofImages(pixels, 1, new float[][] {same, negative}, new int[] {1, 0}, 2);
    assertEquals(2, images.features());
    assertArrayEquals(new float[][] {{0, -1}, {128, -255}}, images.rows());
    assertArrayEquals(new float[][] {{128, -255}}, images.select(new int[] {1}).rows());
  }

  /** Two channels of 2 x 2 pixels. */
  private static Dataset images(int count) {
    byte[] pixels = new byte[8 * count];
    float[] same = new float[256];
    for (int b = 0; b < 256; b++) {
      same[b] = b;
    }
    for (int k = 0; k < pixels.length; k++) {
      pixels[k] = (byte) k;
    }
    return Dataset.ofImages(pixels, 2, new float[][] {same, same}, new int[count], 1);
  }

  @Test
  void imagesAreMirroredLeftToRight() {
    Dataset images = images(30);
    Dataset mirrored = images.mirrored(Randomness.of(1, "mirrored", 0));
    int changed = 0;
    for (int i = 0; i < 30; i++) {
      int b = 8 * i;
      float[] reversed = {b + 1, b, b + 3, b + 2, b + 5, b + 4, b + 7, b + 6};
      boolean isMirrored = mirrored.rows()[i][0] != b;
      assertArrayEquals(isMirrored ? reversed : images.rows()[i], mirrored.rows()[i]);
      changed += isMirrored ? 1 : 0;
    }
    assertTrue(changed > 5 && changed < 25, changed + " of 30");
  }

  @Test
  void partsOfMirroredImagesAreMirroredAlike() {
    Dataset mirrored = images(30).mirrored(Randomness.of(1, "mirrored", 0));
    int[] some = {7, 3, 3, 29, 0};
    float[][] rows = mirrored.select(some).relabelled(label -> 0).rows();
    for (int k = 0; k < some.length; k++) {
      assertArrayEquals(mirrored.rows()[some[k]], rows[k]);
    }
    // The same choices again: as they were.
    assertArrayEquals(images(30).rows(), mirrored.mirrored(Randomness.of(1, "mirrored", 0)).rows());
    assertArrayEquals(mirrored.rows(), images(30).mirrored(Randomness.of(1, "mirrored", 0)).rows());
    assertThrows(IllegalStateException.class, () -> DATA.mirrored(Randomness.of(1, "mirrored", 0)));
  }

  @Test
  void rowsAndLabelsMustMatch() {
    assertThrows(IllegalArgumentException.class, () -> new Dataset(ROWS, new int[3], 3));
    assertThrows(IllegalArgumentException.class, () -> DATA.select(new int[0]));
  }
}
