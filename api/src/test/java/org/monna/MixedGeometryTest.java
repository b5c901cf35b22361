package org.monna;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.monna.Geometry.Need;

/** The geometry of mixed vectors, derived, against that measured on the mixed vectors themselves. */
class MixedGeometryTest {

  private static final Need BOTH = Need.PAIRWISE.and(Need.NORMS);

  private static float[][] gaussian(int n, int d, double offset, RandomGenerator random) {
    float[][] vectors = new float[n][d];
    for (float[] vector : vectors) {
      for (int c = 0; c < d; c++) {
        vector[c] = (float) (offset + random.nextGaussian());
      }
    }
    return vectors;
  }

  /** Rows of weights: a few random ones, or the same for {@code some} vectors, as nearest-neighbour mixing has. */
  private static double[][] weights(int m, int n, boolean averages, boolean sumToOne, RandomGenerator random) {
    double[][] weights = new double[m][n];
    for (double[] row : weights) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        if (random.nextInt(3) > 0) {
          row[i] = averages ? 1 : random.nextDouble();
          sum += row[i];
        }
      }
      if (sum == 0) {
        row[0] = 1;
        sum = 1;
      }
      for (int i = 0; i < n && sumToOne; i++) {
        row[i] /= sum;
      }
    }
    return weights;
  }

  private static double[][] mixed(double[][] weights, double[][] vectors) {
    double[][] mixed = new double[weights.length][vectors[0].length];
    for (int r = 0; r < weights.length; r++) {
      for (int i = 0; i < vectors.length; i++) {
        for (int c = 0; c < mixed[r].length; c++) {
          mixed[r][c] += weights[r][i] * vectors[i][c];
        }
      }
    }
    return mixed;
  }

  private static double[][] doubles(float[][] vectors) {
    double[][] doubles = new double[vectors.length][vectors[0].length];
    for (int i = 0; i < vectors.length; i++) {
      for (int c = 0; c < vectors[i].length; c++) {
        doubles[i][c] = vectors[i][c];
      }
    }
    return doubles;
  }

  private static double squaredDistance(double[] x, double[] y) {
    double sum = 0;
    for (int c = 0; c < x.length; c++) {
      sum += (x[c] - y[c]) * (x[c] - y[c]);
    }
    return sum;
  }

  /**
   * Compares every norm and distance; the allowed error is relative to the largest of the geometry that it is derived
   * from.
   */
  private static void assertDerived(Geometry derived, double[][] mixed, double largestNorm, double largestDistance) {
    double[] zero = new double[mixed[0].length];
    for (int i = 0; i < mixed.length; i++) {
      if (derived.measured().norms()) {
        double norm = squaredDistance(mixed[i], zero);
        assertEquals(norm, derived.squaredNorm(i), 4e-6 * largestNorm, "norm of " + i);
      }
      for (int j = 0; j < mixed.length; j++) {
        if (derived.measured().pairwise() || j == derived.measured().pivot()) {
          double distance = squaredDistance(mixed[i], mixed[j]);
          assertEquals(distance, derived.squaredDistance(i, j), 4e-6 * largestDistance, i + " and " + j);
        }
      }
    }
  }

  private static double largestNorm(Geometry geometry) {
    double largest = 0;
    for (int i = 0; i < geometry.size(); i++) {
      largest = Math.max(largest, geometry.squaredNorm(i));
    }
    return largest;
  }

  private static double largestDistance(Geometry geometry) {
    double largest = 0;
    for (int i = 0; i < geometry.size(); i++) {
      for (int j = 0; j < i; j++) {
        largest = Math.max(largest, geometry.squaredDistance(i, j));
      }
    }
    return largest;
  }

  /** To the digits of a float even where those of the distances are lost: near vectors and the direction of a far one. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 1e5, 1e30})
  void measuredAgainItKeepsAllDigits(double far) {
    RandomGenerator random = new SplittableRandom(7);
    for (int d : new int[] {1, 5, 3000, 40_000}) {
      float[][] vectors = gaussian(6, d, 100, random);
      for (int c = 0; c < d; c++) {
        vectors[5][c] *= (float) far;
        vectors[4][c] = c == d / 2 ? Float.NaN : 1;
      }
      double[][] scaled = new double[5][6];
      double[][] mean = {{0.5, 0.5, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 1 / far}, {0, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 1, 0}};
      for (int i = 1; i < 5; i++) {
        int vector = i < 4 ? i : 5;
        scaled[i][vector] = i < 4 ? 1 : 1 / far;
        scaled[i][0] = -scaled[i][vector];
      }
      Geometry geometry = Engine.sequential().geometry(Need.NORMS, vectors);
      float[][] finite = vectors.clone();
      finite[4] = new float[d];
      Geometry directions = geometry.measured(Mixing.of(scaled), BOTH);
      assertMeasured(directions, mixed(scaled, doubles(finite)));
      // Mixed twice, as behind a pre-aggregator.
      Geometry twice = geometry.mixed(Mixing.of(scaled), Need.NONE).measured(Mixing.of(product()), BOTH);
      assertMeasured(twice, mixed(product(), mixed(scaled, doubles(finite))));
      Geometry withNaN = geometry.measured(Mixing.of(mean), Need.fromPivot(0));
      assertTrue(withNaN.isFinite(0) && withNaN.isFinite(1) && withNaN.isFinite(2) && !withNaN.isFinite(3));
      assertEquals(Double.POSITIVE_INFINITY, withNaN.squaredDistance(0, 3));
      assertTrue(withNaN.squaredDistance(0, 1) < Double.POSITIVE_INFINITY);
    }
  }

  private static double[][] product() {
    return new double[][] {{0, 1, 1, 0, 0}, {0, 0, 0, 1, -1}};
  }

  private static void assertMeasured(Geometry measured, double[][] vectors) {
    double[] zero = new double[vectors[0].length];
    for (int i = 0; i < vectors.length; i++) {
      double norm = squaredDistance(vectors[i], zero);
      assertEquals(norm, measured.squaredNorm(i), 4e-6 * norm);
      for (int j = 0; j < vectors.length; j++) {
        double distance = squaredDistance(vectors[i], vectors[j]);
        assertEquals(distance, measured.squaredDistance(i, j), 4e-6 * (norm + measured.squaredNorm(j)));
      }
    }
  }

  /** Of (1, 0) and (-1, 0) the mean has norm 0, which norms alone do not tell. */
  @Test
  void normsOfSumsNeedDistances() {
    Geometry norms = Engine.sequential().geometry(Need.NORMS, new float[][] {{1, 0}, {-1, 0}});
    Mixing mean = Mixing.of(new double[][] {{0.5, 0.5}, {1, 0}});
    assertThrows(IllegalStateException.class, () -> norms.mixed(mean, Need.NORMS));
    assertEquals(0, norms.measured(mean, Need.NORMS).squaredNorm(0));
    Mixing single = Mixing.of(new double[][] {{0, 1}, {1, 0}, {0, 0}});
    assertEquals(1, norms.mixed(single, Need.NORMS).squaredNorm(0), 1e-5);
    assertEquals(0, norms.mixed(single, Need.NORMS).squaredNorm(2));
  }

  /** A geometry of numbers has no vectors to look at, and a report does not hold them. */
  @Test
  void withoutVectorsItFollows() {
    float[][] vectors = gaussian(3, 4, 0, new SplittableRandom(1));
    Aggregator rule =
        new Aggregator() {
          @Override
          public Need need(int n) {
            return BOTH;
          }

          @Override
          public Plan plan(Geometry geometry) {
            return Plan.mean(geometry.size(), 0);
          }

          @Override
          public Certificate certificate(int n) {
            return Certificate.none(n, 0, "of a test");
          }
        };
    Geometry reported = Engine.sequential().report(rule, vectors, new float[4]).geometry();
    Mixing mixing = Mixing.of(new double[][] {{1, 0, -1}, {0, 0.5, 0.5}});
    Geometry derived = reported.mixed(mixing, BOTH);
    Geometry again = reported.measured(mixing, BOTH);
    assertEquals(derived.squaredDistance(0, 1), again.squaredDistance(0, 1));
    for (float[] vector : vectors) {
      vector[0] = 1e3f;
    }
    assertEquals(again.squaredNorm(1), reported.measured(mixing, BOTH).squaredNorm(1));
    Geometry norms = Engine.sequential().geometry(Need.NORMS, vectors).with(null);
    String message = assertThrows(IllegalStateException.class, () -> norms.measured(mixing, BOTH)).getMessage();
    assertTrue(message.contains("not at hand"), message);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 100, 10_000})
  void averagesAtAnOffsetKeepTheDigitsOfTheirDistances(double offset) {
    RandomGenerator random = new SplittableRandom(1);
    for (int k = 0; k < 40; k++) {
      int n = random.nextInt(2, 12);
      float[][] vectors = gaussian(n, 1 + k, offset, random);
      double[][] weights = weights(random.nextInt(1, 9), n, k % 2 == 0, true, random);
      // Distances do not need norms as long as all rows sum to the same.
      Geometry geometry = Engine.sequential().geometry(Need.PAIRWISE, vectors);
      Geometry derived = geometry.mixed(Mixing.of(weights), Need.PAIRWISE);
      assertDerived(derived, mixed(weights, doubles(vectors)), 0, largestDistance(geometry));
      Geometry fromPivot = geometry.mixed(Mixing.of(weights), Need.fromPivot(weights.length - 1));
      assertDerived(fromPivot, mixed(weights, doubles(vectors)), 0, largestDistance(geometry));
    }
  }

  @Test
  void anyWeights() {
    RandomGenerator random = new SplittableRandom(2);
    for (int k = 0; k < 60; k++) {
      int n = random.nextInt(1, 12);
      float[][] vectors = gaussian(n, 1 + k % 40, 1, random);
      double[][] weights = weights(random.nextInt(1, 9), n, false, false, random);
      Geometry geometry = Engine.sequential().geometry(BOTH, vectors);
      Geometry derived = geometry.mixed(Mixing.of(weights), BOTH);
      double largest = n * n * (largestNorm(geometry) + largestDistance(geometry));
      assertDerived(derived, mixed(weights, doubles(vectors)), largest, largest);
    }
  }

  @Test
  void scalings() {
    RandomGenerator random = new SplittableRandom(3);
    for (int k = 0; k < 60; k++) {
      int n = random.nextInt(1, 12);
      float[][] vectors = gaussian(n, 1 + k % 40, 1, random);
      double[] factors = random.doubles(n, 0, 2).toArray();
      factors[0] = k % 3 == 0 ? 0 : 1;
      Mixing diagonal = Mixing.diagonal(factors);
      Geometry geometry = Engine.sequential().geometry(BOTH, vectors);
      double[][] weights = new double[n][n];
      for (int i = 0; i < n; i++) {
        weights[i][i] = factors[i];
      }
      double largest = 8 * (largestNorm(geometry) + largestDistance(geometry));
      double[][] mixed = mixed(weights, doubles(vectors));
      assertDerived(geometry.mixed(diagonal, BOTH), mixed, largest, largest);
      assertDerived(geometry.mixed(diagonal, Need.NORMS), mixed, largest, largest);
      assertDerived(geometry.mixed(diagonal, Need.fromPivot(0)), mixed, largest, largest);
    }
  }

  @Test
  void chainsOfMixingsAndTheirProduct() {
    RandomGenerator random = new SplittableRandom(4);
    for (int k = 0; k < 60; k++) {
      int n = random.nextInt(2, 12);
      float[][] vectors = gaussian(n, 1 + k % 40, 3, random);
      double[][] first = weights(random.nextInt(2, 9), n, true, true, random);
      double[] factors = random.doubles(first.length, 0.5, 1).toArray();
      double[][] last = weights(random.nextInt(2, 9), first.length, k % 2 == 0, true, random);
      Geometry geometry = Engine.sequential().geometry(BOTH, vectors);
      Geometry derived =
          geometry
              .mixed(Mixing.of(first), BOTH)
              .mixed(Mixing.diagonal(factors), BOTH)
              .mixed(Mixing.of(last), BOTH);
      double[][] mixed = mixed(first, doubles(vectors));
      for (int i = 0; i < mixed.length; i++) {
        for (int c = 0; c < mixed[i].length; c++) {
          mixed[i][c] *= factors[i];
        }
      }
      mixed = mixed(last, mixed);
      double largest = largestNorm(geometry) + largestDistance(geometry);
      assertDerived(derived, mixed, largest, largest);
      Mixing product = Mixing.of(last).after(Mixing.diagonal(factors)).after(Mixing.of(first));
      assertDerived(geometry.mixed(product, BOTH), mixed, largest, largest);
      float[] out = new float[vectors[0].length];
      for (int r = 0; r < product.rows(); r++) {
        double[] row = new double[n];
        for (int i = 0; i < n; i++) {
          row[i] = product.weight(r, i);
        }
        Engine.sequential().apply(Plan.weights(row), vectors, out);
        assertEquals(0, squaredDistance(mixed[r], doubles(new float[][] {out})[0]), 1e-10 * largest);
      }
    }
  }

  /** Whatever a vector is that is not finite, 0 times it is the zero vector; of equal factors nothing cancels. */
  @Test
  void scalingsOfVectorsThatAreNotFinite() {
    float[][] vectors = {{1, 0}, {Float.NaN, 0}, {3, 4}, {0, 2}};
    Geometry geometry = Engine.sequential().geometry(BOTH, vectors);
    Geometry zeroed = geometry.mixed(Mixing.diagonal(2, 0, 2, 1), BOTH);
    assertTrue(zeroed.isFinite(1));
    assertEquals(0, zeroed.squaredNorm(1));
    assertEquals(4, zeroed.squaredDistance(0, 1));
    assertEquals(100, zeroed.squaredDistance(1, 2));
    assertEquals(4 * 20, zeroed.squaredDistance(0, 2));
    assertEquals(4 + 4, zeroed.squaredDistance(0, 3), 1e-12);
    Geometry halved = geometry.mixed(Mixing.diagonal(1, 0.5, 1, 1), BOTH);
    assertFalse(halved.isFinite(1));
    assertTrue(halved.isFinite(2));
    assertEquals(Double.POSITIVE_INFINITY, halved.squaredDistance(0, 1));
  }

  /**
   * Where all digits cancel, what is derived is the rounding error of its terms, 2^-20 of their sizes: here in numbers that are exact. For a
   * scaling {@code a b ||x - y||^2 + |a - b| (a ||x||^2 + b ||y||^2)}, for a row {@code s sum_i w_i ||x_i||^2 + 1/2 w' D w}.
   */
  @Test
  void whatCancelsIsTheErrorOfItsTerms() {
    Geometry onALine = Engine.sequential().geometry(BOTH, new float[][] {{3}, {1}});
    assertEquals(
        0x1p-20 * (12 + 2 * (9 + 3)), onALine.mixed(Mixing.diagonal(1, 3), BOTH).squaredDistance(0, 1));
    Geometry opposite = Engine.sequential().geometry(BOTH, new float[][] {{1}, {-1}});
    Geometry sums = opposite.mixed(Mixing.of(new double[][] {{1, 1}, {0, 0}}), BOTH);
    assertEquals(0x1p-20 * (2 * 2 + 8 / 2), sums.squaredNorm(0));
    assertEquals(0x1p-20 * (2 * 2 + 8 / 2), sums.squaredDistance(0, 1));
  }

  /** Rows whose totals differ by rounding alone need no norms: relative to their size. */
  @Test
  void totalsAreEqualUpToRounding() {
    Geometry geometry = Engine.sequential().geometry(Need.PAIRWISE, new float[][] {{1}, {2}});
    Mixing mixing = Mixing.of(new double[][] {{4, 0}, {0, 4 + 0x1p-39}});
    assertEquals(16, geometry.mixed(mixing, Need.PAIRWISE).squaredDistance(0, 1), 1e-9);
  }

  @Test
  void theIdentityChangesNothing() {
    Geometry geometry = Engine.sequential().geometry(BOTH, new float[][] {{1, 2}, {3, 4}});
    assertEquals(geometry, geometry.mixed(Mixing.identity(2), BOTH));
    assertEquals(geometry, geometry.mixed(Mixing.diagonal(1, 1), BOTH));
  }

  @Test
  void equalRowsHaveDistanceZero() {
    RandomGenerator random = new SplittableRandom(5);
    float[][] vectors = gaussian(7, 100, 1e6, random);
    double[] row = random.doubles(7).toArray();
    Geometry geometry = Engine.sequential().geometry(Need.PAIRWISE, vectors);
    assertEquals(0, geometry.mixed(Mixing.of(new double[][] {row, row.clone()}), Need.PAIRWISE).squaredDistance(0, 1));
  }

  @Test
  void rowsThatReadANonFiniteVectorAreInfinitelyFar() {
    float[][] vectors = {{1, 2}, {3, 4}, {Float.NaN, 0}, {0, Float.NEGATIVE_INFINITY}};
    Geometry geometry = Engine.sequential().geometry(BOTH, vectors);
    double[][] weights = {{.5, .5, 0, 0}, {1, 0, 0, 0}, {0, .5, .5, 0}, {0, 0, 0, 1}};
    Geometry derived = geometry.mixed(Mixing.of(weights), BOTH);
    assertTrue(derived.isFinite(0) && derived.isFinite(1));
    assertFalse(derived.isFinite(2) || derived.isFinite(3));
    assertEquals(2, derived.squaredDistance(0, 1), 1e-12);
    assertEquals(Double.POSITIVE_INFINITY, derived.squaredDistance(2, 3));
    assertEquals(Double.POSITIVE_INFINITY, derived.squaredDistance(0, 3));
    assertEquals(Double.POSITIVE_INFINITY, derived.squaredNorm(2));
    assertEquals(0, derived.squaredDistance(2, 2));
  }

  /**
   * Far vectors that cancel in a row: the measured distances do not hold where the row is. It must not pass for the
   * neighbour of an honest row, which two arbitrary vectors in one bucket could otherwise arrange.
   */
  @ParameterizedTest
  @ValueSource(doubles = {1e5, 1e8, 1e20, 3e38})
  void rowsInWhichFarVectorsCancelAreNotNear(double far) {
    RandomGenerator random = new SplittableRandom(6);
    for (int k = 0; k < 20; k++) {
      float[][] vectors = gaussian(8, 1 + k, 2, random);
      for (int c = 0; c < vectors[0].length; c++) {
        vectors[0][c] = (float) (c % 2 == 0 ? far : -far);
        vectors[1][c] = -vectors[0][c];
      }
      double third = 1 / 3.0;
      double[][] weights = {
        {third, third, third, 0, 0, 0, 0, 0}, {0, 0, 0, third, third, third, 0, 0}, {0, 0, 0, 0, 0, 0, .5, .5}
      };
      Geometry derived = Engine.sequential().geometry(BOTH, vectors).mixed(Mixing.of(weights), BOTH);
      double distance = derived.squaredDistance(0, 1);
      assertTrue(distance > derived.squaredDistance(1, 2), () -> "distance " + distance);
      assertTrue(derived.squaredNorm(0) > derived.squaredNorm(1), () -> "norm " + derived.squaredNorm(0));
    }
  }

  @Test
  void distancesOfRowsWithDifferentSumsNeedNorms() {
    Geometry geometry = Engine.sequential().geometry(Need.PAIRWISE, new float[][] {{1, 2}, {3, 4}});
    Mixing mixing = Mixing.of(new double[][] {{1, 0}, {.5, 0}});
    assertThrows(IllegalStateException.class, () -> geometry.mixed(mixing, Need.PAIRWISE));
    Geometry norms = Engine.sequential().geometry(Need.NORMS, new float[][] {{1, 2}, {3, 4}});
    assertThrows(IllegalStateException.class, () -> norms.mixed(mixing, Need.PAIRWISE));
  }
}
