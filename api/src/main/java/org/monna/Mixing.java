package org.monna;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The matrix M of a {@link Plan}: row r holds the weights with which n vectors are summed into the r-th new one.
 *
 * <p>A weight of 0 means that the vector is not read, so a NaN in it does no harm (0 times NaN is NaN).
 */
public final class Mixing {

  private final int columns;
  private final double[][] rows;
  private final boolean identity;
  private final double @Nullable [] diagonal;

  private Mixing(int columns, double[][] rows, boolean identity, double @Nullable [] diagonal) {
    this.columns = columns;
    this.rows = rows;
    this.identity = identity;
    this.diagonal = diagonal;
  }

  /** The vectors themselves. */
  public static Mixing identity(int n) {
    if (n < 1) {
      throw new IllegalArgumentException("identity of " + n + " vectors");
    }
    return new Mixing(n, new double[0][], true, null);
  }

  /** The vectors with these indices, in this order, unchanged: at least one. */
  public static Mixing selection(int n, int... indices) {
    double[][] units = new double[indices.length][n];
    for (int r = 0; r < indices.length; r++) {
      units[r][indices[r]] = 1;
    }
    return of(units);
  }

  /**
   * Vector i scaled by factor i, at least one; the {@link #identity} if all factors are 1. The geometry of vectors that are only scaled needs
   * less than that of mixed ones: {@link Geometry.Need#ofScaled}.
   */
  public static Mixing diagonal(double... factors) {
    double[] diagonal = factors.clone();
    if (diagonal.length > 0 && Arrays.stream(diagonal).allMatch(factor -> factor == 1)) {
      return identity(diagonal.length);
    }
    double[][] rows = new double[diagonal.length][diagonal.length];
    for (int i = 0; i < diagonal.length; i++) {
      rows[i][i] = diagonal[i];
    }
    return new Mixing(diagonal.length, of(rows).rows, false, diagonal);
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
    return new Mixing(weights[0].length, weights, false, null);
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

  /** The weight of the given vector {@code column} in the new one {@code row}. */
  public double weight(int row, int column) {
    return identity ? (row == column ? 1 : 0) : rows[row][column];
  }

  /** The factors if this is a {@link #diagonal}, not to be modified; else null. */
  double @Nullable [] factors() {
    return diagonal;
  }

  /** The m x n weights as they are, not to be modified. */
  public double[][] weights() {
    if (!identity) {
      return rows;
    }
    double[][] units = new double[columns][columns];
    for (int i = 0; i < columns; i++) {
      units[i][i] = 1;
    }
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
    if (first.diagonal != null) {
      return scaled(first.diagonal);
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
    return new Mixing(first.columns, product, false, null);
  }

  /** This mixing of vectors that are scaled first. */
  private Mixing scaled(double[] factors) {
    double[][] product = new double[rows.length][columns];
    for (int r = 0; r < rows.length; r++) {
      for (int i = 0; i < columns; i++) {
        product[r][i] = rows[r][i] * factors[i];
      }
    }
    if (diagonal == null) {
      return new Mixing(columns, product, false, null);
    }
    double[] both = new double[columns];
    Arrays.setAll(both, i -> product[i][i]);
    return new Mixing(columns, product, false, both);
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
