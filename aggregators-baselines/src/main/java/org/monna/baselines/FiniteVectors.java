package org.monna.baselines;

import java.util.stream.IntStream;
import org.monna.Geometry;
import org.monna.Geometry.Need;
import org.monna.Mixing;
import org.monna.Plan;

/**
 * The vectors of a geometry without a NaN or an infinity, for rules that work on what is left when the others, which
 * are arbitrary ones for certain, have been put aside. They are numbered 0..size-1 in their order.
 */
final class FiniteVectors {

  private final Geometry geometry;
  private final int[] indices;

  private FiniteVectors(Geometry geometry, int[] indices) {
    this.geometry = geometry;
    this.indices = indices;
  }

  static FiniteVectors of(Geometry geometry) {
    return new FiniteVectors(geometry, IntStream.range(0, geometry.size()).filter(geometry::isFinite).toArray());
  }

  int size() {
    return indices.length;
  }

  /** The squared distances between them: a full matrix, each row of which is read in order by who searches. */
  double[][] squaredDistances() {
    return squaredDistances(geometry, indices);
  }

  /**
   * The squared distances between the directions in which they lie from one of them, {@code (x_i - centre) / radius_i},
   * measured in one more pass over the data; one without a direction gets the zero vector.
   */
  double[][] squaredDistancesOfDirections(int centre, double[] radius) {
    double[][] directions = new double[size()][geometry.size()];
    for (int i = 0; i < size(); i++) {
      if (radius[i] > 0) {
        directions[i][indices[i]] = 1 / radius[i];
        directions[i][indices[centre]] = -1 / radius[i];
      }
    }
    Geometry measured = geometry.measured(Mixing.of(directions), Need.PAIRWISE);
    return squaredDistances(measured, IntStream.range(0, size()).toArray());
  }

  private static double[][] squaredDistances(Geometry geometry, int[] indices) {
    double[][] squared = new double[indices.length][indices.length];
    for (int i = 0; i < indices.length; i++) {
      for (int j = 0; j < i; j++) {
        squared[i][j] = geometry.squaredDistance(indices[i], indices[j]);
        squared[j][i] = squared[i][j];
      }
    }
    return squared;
  }

  /** The plan that gives each of them a weight, and the others none. */
  Plan weights(double[] weights) {
    double[] all = new double[geometry.size()];
    for (int i = 0; i < size(); i++) {
      all[indices[i]] = weights[i];
    }
    return Plan.weights(all);
  }

  /** Finds the best set of so many vectors by the squared distances between all. */
  interface Search {
    int[] find(double[][] squaredDistances, int count);
  }

  /** The mean of the best set of n-f of them, if more are finite. */
  static Plan meanOfBest(Geometry geometry, int f, Search search) {
    FiniteVectors finite = of(geometry);
    int honest = geometry.size() - f;
    return finite.size() <= honest
        ? finite.meanOfAll()
        : finite.mean(search.find(finite.squaredDistances(), honest));
  }

  /** The mean of some of them. */
  Plan mean(int... selected) {
    return Plan.mean(geometry.size(), IntStream.of(selected).map(i -> indices[i]).toArray());
  }

  /**
   * What is left to do if fewer are finite than are honest, which voids every guarantee: the mean of all of them, or
   * the first vector as it is if there is none.
   */
  Plan meanOfAll() {
    return size() == 0 ? Plan.mean(geometry.size(), 0) : Plan.mean(geometry.size(), indices);
  }
}
