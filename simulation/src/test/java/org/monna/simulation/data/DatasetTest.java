package org.monna.simulation.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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

  /** Two channels of three pixels; the second image has the unsigned bytes 128 to 255. */
  @Test
  void imagesAreReadThroughTheScaleOfEachChannel() {
    byte[] pixels = {0, 1, 2, 3, 4, 5, (byte) 128, (byte) 200, (byte) 255, (byte) 255, 0, 7};
    float[] same = new float[256];
    float[] negative = new float[256];
    for (int b = 0; b < 256; b++) {
      same[b] = b;
      negative[b] = -1f * b;
    }
    Dataset images = Dataset.ofImages(pixels, 3, new float[][] {same, negative}, new int[] {1, 0}, 2);
    assertEquals(6, images.features());
    assertArrayEquals(new float[][] {{0, 1, 2, -3, -4, -5}, {128, 200, 255, -255, -0f, -7}}, images.rows());
    assertArrayEquals(new float[][] {{128, 200, 255, -255, -0f, -7}}, images.select(new int[] {1}).rows());
  }

  @Test
  void rowsAndLabelsMustMatch() {
    assertThrows(IllegalArgumentException.class, () -> new Dataset(ROWS, new int[3], 3));
    assertThrows(IllegalArgumentException.class, () -> DATA.select(new int[0]));
  }
}
