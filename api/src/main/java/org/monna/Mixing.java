package org.monna;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * The matrix M of a {@link Plan}: row r holds the weights with which n vectors are summed into the r-th new one.
 *
 * <p>A weight of 0 means that the vector is not read, so a NaN in it does no harm (0 times NaN is NaN).
 */
public final class Mixing {

  private final int columns;
  private final double[][] rows;
  private final boolean identity;

  private Mixing(int columns, double[][] rows, boolean identity) {
    this.columns = columns;
    this.rows = rows;
    this.identity = identity;
  }

  /** The vectors themselves. */
  public static Mixing identity(int n) {
    if (n < 1) {
      throw new IllegalArgumentException("identity of " + n + " vectors");
    }
    return new Mixing(n, new double[0][], true);
  }

  /**
   * The given weights, which the caller gives away: m rows (at least 1) of n finite numbers. Rows may be the same array;
   * a row of zeros gives the zero vector.
   */
  public static Mixing of(double[][] weights) {
    requireNonNull(weights, "weights");
    if (weights.length == 0 || weights[0].length == 0) {
      throw new IllegalArgumentException("a mixing needs at least one row and one column");
    }
    for (int r = 0; r < weights.length; r++) {
      checkRow(r, weights[r], weights[0].length);
    }
    return new Mixing(weights[0].length, weights, false);
  }

  private static void checkRow(int r, double[] row, int n) {
    if (row.length != n) {
      throw new IllegalArgumentException("mixing row " + r + " has " + row.length + " weights, row 0 has " + n);
    }
    for (int i = 0; i < n; i++) {
      if (!Double.isFinite(row[i])) {
        throw new IllegalArgumentException("mixing row " + r + " has the weight " + row[i] + " for vector " + i);
      }
    }
  }

  /** The number m of new vectors. */
  public int rows() {
    return identity ? columns : rows.length;
  }

  /** The number n of given vectors. */
  public int columns() {
    return columns;
  }

  /** True if the new vectors are the given ones, in their order. */
  public boolean isIdentity() {
    return identity;
  }

  public double weight(int row, int column) {
    return identity ? (row == column ? 1 : 0) : rows[row][column];
  }

  /** The weights of one row, not to be modified. */
  double[] row(int row) {
    if (!identity) {
      return rows[row];
    }
    double[] unit = new double[columns];
    unit[row] = 1;
    return unit;
  }

  /** The m x n weights as they are, not to be modified. */
  double[][] weights() {
    if (!identity) {
      return rows;
    }
    double[][] units = new double[columns][];
    Arrays.setAll(units, this::row);
    return units;
  }

  /** The product: {@code first} mixes, then this mixes what came out. */
  public Mixing after(Mixing first) {
    if (columns != first.rows()) {
      throw new IllegalArgumentException(
          "a mixing of " + columns + " vectors cannot follow one that gives " + first.rows());
    }
    if (identity) {
      return first;
    }
    if (first.identity) {
      return this;
    }
    double[][] product = new double[rows.length][first.columns];
    for (int r = 0; r < rows.length; r++) {
      for (int k = 0; k < columns; k++) {
        double weight = rows[r][k];
        if (weight != 0) {
          addScaled(product[r], weight, first.rows[k]);
        }
      }
    }
    return new Mixing(first.columns, product, false);
  }

  private static void addScaled(double[] sum, double factor, double[] row) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * row[i];
    }
  }

  @Override
  public String toString() {
    return identity ? "identity(" + columns + ")" : Arrays.deepToString(rows);
  }
}
