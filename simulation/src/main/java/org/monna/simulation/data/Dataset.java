package org.monna.simulation.data;

import java.util.stream.IntStream;

/**
 * Labelled examples. The arrays are shared between a data set and its parts and are never modified.
 *
 * @param rows the inputs, all of the same length
 * @param labels the class of each row, counted from 0
 * @param classes the number of classes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Dataset(float[][] rows, int[] labels, int classes) {

  public Dataset {
    if (rows.length != labels.length || rows.length == 0) {
      throw new IllegalArgumentException(rows.length + " rows and " + labels.length + " labels");
    }
  }

  public int size() {
    return rows.length;
  }

  /** The length of a row. */
  public int features() {
    return rows[0].length;
  }

  /** The examples with these indices, in this order. */
  public Dataset select(int[] indices) {
    float[][] selectedRows = new float[indices.length][];
    int[] selectedLabels = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      selectedRows[i] = rows[indices[i]];
      selectedLabels[i] = labels[indices[i]];
    }
    return new Dataset(selectedRows, selectedLabels, classes);
  }

  /** The indices of the examples of one class, ascending. */
  public int[] ofClass(int label) {
    return IntStream.range(0, size()).filter(i -> labels[i] == label).toArray();
  }
}
