package org.monna.baselines;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The covariance of vectors with weights, {@code Cov = (1/W) sum c_i (x_i - mu) (x_i - mu)'} with W the sum of the
 * weights and mu the weighted mean, as far as squared distances tell: its non-zero eigenvalues are those of the matrix
 * {@code sqrt(c_i c_j) <x_i - mu, x_j - mu> / W}.
 *
 * <p>With m_i the weighted mean of the squared distances from i and m that of the m_i, {@code <x_i - mu, x_j - mu> =
 * (m_i + m_j - m - D_ij) / 2}. Vectors of weight 0 do not come in, so no digits are lost to one that has been put
 * aside, however far away.
 */
final class WeightedCovariance {

  private final int[] indices;
  private final double[] roots;
  private final double total;
  private final double[][] inner;

  WeightedCovariance(double[][] squared, double[] weights) {
    indices = IntStream.range(0, weights.length).filter(i -> weights[i] > 0).toArray();
    int n = indices.length;
    roots = Arrays.stream(indices).mapToDouble(i -> Math.sqrt(weights[i])).toArray();
    total = Dense.sum(Arrays.stream(indices).mapToDouble(i -> weights[i]).toArray());
    double[] means = new double[n];
    double mean = 0;
    for (int i = 0; i < n; i++) {
      double[] row = squared[indices[i]];
      for (int j : indices) {
        means[i] += weights[j] * row[j];
      }
      means[i] /= total;
      mean += weights[indices[i]] / total * means[i];
    }
    inner = new double[n][n];
    for (int i = 0; i < n; i++) {
      double[] row = squared[indices[i]];
      for (int j = 0; j < n; j++) {
        inner[i][j] = (means[i] + means[j] - mean - row[indices[j]]) / 2;
      }
    }
  }

  /** The largest eigenvalue, with the eigenvector in the coordinates of the vectors that have a weight. */
  SymmetricEigen top() {
    double[][] matrix = new double[indices.length][indices.length];
    for (int i = 0; i < indices.length; i++) {
      for (int j = 0; j < indices.length; j++) {
        matrix[i][j] = roots[i] * roots[j] * inner[i][j] / total;
      }
    }
    return SymmetricEigen.largest(matrix);
  }

  /**
   * The squares {@code <v, x_i - mu>^2} along an eigenvector, up to a common factor; 0 for a vector without a weight.
   * With w the eigenvector in the coordinates of the vectors, v is a multiple of {@code sum sqrt(c_i) w_i (x_i - mu)}.
   */
  double[] squaresAlong(double[] w, int size) {
    double[] coefficients = new double[w.length];
    Arrays.setAll(coefficients, i -> roots[i] * w[i]);
    double[] along = Dense.multiply(inner, coefficients);
    double[] squares = new double[size];
    for (int i = 0; i < along.length; i++) {
      squares[indices[i]] = along[i] * along[i];
    }
    return squares;
  }
}
