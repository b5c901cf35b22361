package org.monna.simulation.data;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Labelled examples. What a data set holds is never modified, and shared with its parts. Images stay the bytes that they
 * are in their files, a quarter of what floats would take; rows are made of them when they are asked for.
 */
public final class Dataset {

  private final Inputs inputs;
  private final int[] examples;
  private final int[] labels;
  private final int classes;

  /** The inputs that a data set and its parts share. */
  private interface Inputs {

    int features();

    void copy(int example, float[] row);
  }

  private Dataset(Inputs inputs, int[] examples, int[] labels, int classes) {
    if (examples.length != labels.length || examples.length == 0) {
      throw new IllegalArgumentException(examples.length + " rows and " + labels.length + " labels");
    }
    this.inputs = inputs;
    this.examples = examples;
    this.labels = labels;
    this.classes = classes;
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
        classes);
  }

  /**
   * Images, one after the other.
   *
   * @param pixels of each image {@code channels.length} planes of {@code area} bytes
   * @param channels the number that each byte 0..255 stands for, in each channel
   */
  static Dataset ofImages(byte[] pixels, int area, float[][] channels, int[] labels, int classes) {
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
        classes);
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
  }

  /** The inputs of all examples: copies. */
  public float[][] rows() {
    float[][] rows = new float[size()][features()];
    for (int i = 0; i < rows.length; i++) {
      copyRow(i, rows[i]);
    }
    return rows;
  }

  /** The examples with these indices, in this order. */
  public Dataset select(int[] indices) {
    return new Dataset(
        inputs,
        Arrays.stream(indices).map(i -> examples[i]).toArray(),
        Arrays.stream(indices).map(i -> labels[i]).toArray(),
        classes);
  }

  /** The same inputs with other labels. */
  public Dataset relabelled(IntUnaryOperator newLabel) {
    return new Dataset(inputs, examples, Arrays.stream(labels).map(newLabel).toArray(), classes);
  }

  /** The indices of the examples of one class, ascending. */
  public int[] ofClass(int label) {
    return IntStream.range(0, size()).filter(i -> labels[i] == label).toArray();
  }
}
