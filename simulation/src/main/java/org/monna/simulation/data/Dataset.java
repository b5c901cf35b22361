package org.monna.simulation.data;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Labelled examples. What a data set holds is never modified, and shared with its parts. Images stay the bytes that they
 * are in their files, a quarter of what floats would take; rows are made of them when they are asked for.
 */
public final class Dataset {

  private static final BitSet NONE = new BitSet();

  private final Inputs inputs;
  private final int[] examples;
  private final int[] labels;
  private final int classes;

  /** The pixels in a line of an image, 0 if rows are no images. */
  private final int width;

  /** Which images are mirrored. */
  private final BitSet mirrored;

  /** The inputs that a data set and its parts share. */
  private interface Inputs {

    int features();

    void copy(int example, float[] row);
  }

  private Dataset(Inputs inputs, int[] examples, int[] labels, int classes, int width, BitSet mirrored) {
    if (examples.length != labels.length || examples.length == 0) {
      throw new IllegalArgumentException(examples.length + " rows and " + labels.length + " labels");
    }
    this.inputs = inputs;
    this.examples = examples;
    this.labels = labels;
    this.classes = classes;
    this.width = width;
    this.mirrored = mirrored;
  }

  /**
   * @param rows the inputs, all of the same length
   * @param labels the class of each row, counted from 0
   * @param classes the number of classes
   */
  public Dataset(float[][] rows, int[] labels, int classes) {
    this(
        new Inputs() {
          @Override
          public int features() {
            return rows[0].length;
          }

          @Override
          public void copy(int example, float[] row) {
            System.arraycopy(rows[example], 0, row, 0, row.length);
          }
        },
        IntStream.range(0, rows.length).toArray(),
        labels,
        classes,
        0,
        NONE);
  }

  /**
   * Square images, one after the other.
   *
   * @param pixels of each image {@code channels.length} planes of {@code width} lines of {@code width} bytes
   * @param channels the number that each byte 0..255 stands for, in each channel
   */
  public static Dataset ofImages(byte[] pixels, int width, float[][] channels, int[] labels, int classes) {
    int area = width * width;
    int features = channels.length * area;
    return new Dataset(
        new Inputs() {
          @Override
          public int features() {
            return features;
          }

          @Override
          public void copy(int example, float[] row) {
            int from = example * features;
            for (int channel = 0; channel < channels.length; channel++) {
              float[] values = channels[channel];
              for (int k = channel * area; k < (channel + 1) * area; k++) {
                row[k] = values[pixels[from + k] & 0xff];
              }
            }
          }
        },
        IntStream.range(0, labels.length).toArray(),
        labels,
        classes,
        width,
        NONE);
  }

  public int size() {
    return labels.length;
  }

  /** The length of a row. */
  public int features() {
    return inputs.features();
  }

  /** The number of classes. */
  public int classes() {
    return classes;
  }

  /** The class of each example, counted from 0: not a copy. */
  public int[] labels() {
    return labels;
  }

  /**
   * Copies the input of one example.
   *
   * @param row as long as there are features; wholly overwritten
   */
  public void copyRow(int index, float[] row) {
    inputs.copy(examples[index], row);
    if (mirrored.get(index)) {
      for (int line = 0; line < row.length; line += width) {
        for (int left = line, right = line + width - 1; left < right; left++, right--) {
          float pixel = row[left];
          row[left] = row[right];
          row[right] = pixel;
        }
      }
    }
  }

  /** The inputs of all examples: copies. */
  public float[][] rows() {
    float[][] rows = new float[size()][features()];
    for (int i = 0; i < rows.length; i++) {
      copyRow(i, rows[i]);
    }
    return rows;
  }

  /** True if rows are images, which can be mirrored. */
  public boolean hasImages() {
    return width > 0;
  }

  /**
   * The same examples, each image mirrored or not, left to right, with equal probability.
   *
   * @throws IllegalStateException if rows are no images
   */
  public Dataset mirrored(RandomGenerator random) {
    if (!hasImages()) {
      throw new IllegalStateException("rows that are no images cannot be mirrored");
    }
    BitSet flipped = new BitSet(size());
    for (int i = 0; i < size(); i++) {
      flipped.set(i, mirrored.get(i) != random.nextBoolean());
    }
    return new Dataset(inputs, examples, labels, classes, width, flipped);
  }

  /** The examples with these indices, in this order. */
  public Dataset select(int[] indices) {
    BitSet flipped = new BitSet(indices.length);
    for (int k = 0; k < indices.length; k++) {
      flipped.set(k, mirrored.get(indices[k]));
    }
    return new Dataset(
        inputs,
        Arrays.stream(indices).map(i -> examples[i]).toArray(),
        Arrays.stream(indices).map(i -> labels[i]).toArray(),
        classes,
        width,
        flipped);
  }

  /** The same inputs with other labels. */
  public Dataset relabelled(IntUnaryOperator newLabel) {
    return new Dataset(inputs, examples, Arrays.stream(labels).map(newLabel).toArray(), classes, width, mirrored);
  }

  /** The indices of the examples of one class, ascending. */
  public int[] ofClass(int label) {
    return IntStream.range(0, size()).filter(i -> labels[i] == label).toArray();
  }
}
