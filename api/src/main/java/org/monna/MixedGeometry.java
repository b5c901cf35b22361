package org.monna;

import org.monna.Geometry.Need;

/**
 * Norms and distances of weighted sums from those of the summands; see {@link Geometry#mixed}. Time O(m n^2) for the
 * products D m_i and O(n) more for each norm and distance, memory m n doubles.
 *
 * <p>Where far vectors cancel in a row, as two arbitrary ones in one bucket can arrange, nothing is left of the measured digits, and the row
 * could pass for the neighbour of an honest one. So what is derived is never less than the rounding error of its terms.
 *
 * <p>{@code D m_i} is formed once for each row, so {@code (m_i - m_j)' D (m_i - m_j)} is a sum over the support of {@code m_i -
 * m_j} of {@code (m_i - m_j)[a] ((D m_i)[a] - (D m_j)[a])}. Two equal rows have distance exactly 0.
 */
final class MixedGeometry {

  /**
   * Totals that differ by less, relative to their size, are equal: rows that sum to one do so up to rounding, which a large norm would
   * magnify.
   */
  private static final double ROUNDING = 0x1p-40;

  private final Geometry given;
  private final double[][] weights;
  private final double[][] products;
  private final double[] totals;
  private final boolean[] nonFinite;

  private MixedGeometry(Geometry given, Mixing mixing) {
    this.given = given;
    this.weights = mixing.weights();
    this.nonFinite = new boolean[weights.length];
    this.totals = new double[weights.length];
    this.products = new double[weights.length][given.size()];
    boolean distances = given.measured().pairwise();
    for (int r = 0; r < weights.length; r++) {
      scan(r);
      if (distances) {
        multiply(r);
      }
    }
  }

  static Geometry of(Geometry given, Mixing mixing, Need wanted) {
    if (wanted.distances() && !given.measured().pairwise()) {
      throw new IllegalStateException("distances of mixed vectors follow from all pairwise distances only");
    }
    MixedGeometry mixed = new MixedGeometry(given, mixing);
    return Geometry.derived(mixed.nonFinite, wanted, mixed::squaredNorm, mixed::squaredDistance);
  }

  private void scan(int r) {
    for (int i = 0; i < given.size(); i++) {
      if (weights[r][i] != 0) {
        totals[r] += weights[r][i];
        nonFinite[r] |= !given.isFinite(i);
      }
    }
  }

  /** The product D m_r on the finite vectors; a row that reads a non-finite one is not needed. */
  private void multiply(int r) {
    if (nonFinite[r]) {
      return;
    }
    for (int a = 0; a < given.size(); a++) {
      if (given.isFinite(a)) {
        double sum = 0;
        for (int b = 0; b < given.size(); b++) {
          if (weights[r][b] != 0) {
            sum += given.squaredDistance(a, b) * weights[r][b];
          }
        }
        products[r][a] = sum;
      }
    }
  }

  private double squaredNorm(int r) {
    double norms = 0;
    double products = 0;
    int summands = 0;
    for (int a = 0; a < given.size(); a++) {
      double weight = weights[r][a];
      if (weight != 0) {
        norms += weight * given.squaredNorm(a);
        products += weight * this.products[r][a];
        summands++;
      }
    }
    if (summands > 1 && !given.measured().pairwise()) {
      throw new IllegalStateException("the norm of a sum of vectors follows from all pairwise distances only");
    }
    double error = Geometry.MEASURED * (Math.abs(totals[r] * norms) + Math.abs(products / 2));
    return Math.max(error, totals[r] * norms - products / 2);
  }

  private double squaredDistance(int i, int j) {
    double total = totals[i] - totals[j];
    if (Math.abs(total) < ROUNDING * Math.max(Math.abs(totals[i]), Math.abs(totals[j]))) {
      total = 0;
    }
    double normSum = 0;
    double products = 0;
    double terms = 0;
    for (int a = 0; a < given.size(); a++) {
      double weight = weights[i][a] - weights[j][a];
      if (weight != 0) {
        normSum += total != 0 ? weight * given.squaredNorm(a) : 0;
        double term = weight * (this.products[i][a] - this.products[j][a]);
        products += term;
        terms += Math.abs(term);
      }
    }
    double error = Geometry.MEASURED * (Math.abs(total * normSum) + terms / 2);
    return Math.max(error, total * normSum - products / 2);
  }
}
