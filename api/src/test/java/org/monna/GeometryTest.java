package org.monna;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.monna.Geometry.Need;
import org.monna.spi.GeometrySums;

/** Measured norms and distances against sums in double. */
class GeometryTest {

  /** 64 additions a lane, 4 to fold, 15 of the remainder, and 3 of a term: each to half a unit of 2^-23. */
  private static final double RELATIVE = 86 * 0x1p-24;

  private static final Need BOTH = Need.PAIRWISE.and(Need.NORMS);

  private static float[][] vectors(int n, int d, double offset, double spread, RandomGenerator random) {
    float[][] vectors = new float[n][d];
    for (float[] vector : vectors) {
      for (int c = 0; c < d; c++) {
        vector[c] = (float) (offset + spread * random.nextGaussian());
      }
    }
    return vectors;
  }

  private static double squaredDistance(float[] x, float[] y) {
    double sum = 0;
    for (int c = 0; c < x.length; c++) {
      sum += ((double) x[c] - y[c]) * ((double) x[c] - y[c]);
    }
    return sum;
  }

  private static void assertMeasured(float[][] vectors) {
    Geometry all = Engine.sequential().geometry(BOTH, vectors);
    Geometry fromLast = Engine.sequential().geometry(Need.fromPivot(vectors.length - 1), vectors);
    float[] zero = new float[vectors[0].length];
    for (int i = 0; i < vectors.length; i++) {
      double norm = squaredDistance(vectors[i], zero);
      assertEquals(norm, all.squaredNorm(i), RELATIVE * norm);
      for (int j = 0; j < vectors.length; j++) {
        double distance = squaredDistance(vectors[i], vectors[j]);
        assertEquals(distance, all.squaredDistance(i, j), RELATIVE * distance, i + " " + j);
      }
      assertEquals(all.squaredDistance(i, vectors.length - 1), fromLast.squaredDistance(i, vectors.length - 1));
      assertTrue(all.isFinite(i) && fromLast.isFinite(i));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1", "1e4, 1e-2", "1e6, 1", "0, 1e-40", "1e-40, 1e-45", "0, 1e-25", "0, 1e-12", "0, 1e15", "0, 1e25", "0, 1e37",
    "1e30, 1e24"
  })
  void distancesHaveCorrectDigitsAtEveryMagnitude(double offset, double spread) {
    RandomGenerator random = new SplittableRandom(1);
    for (int d : new int[] {1, 2, 15, 16, 17, 100, 1023, 1024, 1025, 3000, GeometrySums.SHARD + 5}) {
      assertMeasured(vectors(4, d, offset, spread, random));
    }
  }

  @Test
  void oneCoordinateOfAnotherMagnitude() {
    RandomGenerator random = new SplittableRandom(2);
    for (double magnitude : new double[] {1e-44, 1e-20, 1e10, 1e19, 1e20, 3e38}) {
      float[][] vectors = vectors(3, 2500, 0, 1, random);
      vectors[1][1700] = (float) magnitude;
      assertMeasured(vectors);
      float[][] small = vectors(3, 2500, 0, 1e-30, random);
      small[2][0] = (float) magnitude;
      assertMeasured(small);
    }
  }

  @Test
  void largestFloatsDoNotOverflow() {
    float[][] vectors = new float[3][5000];
    Arrays.fill(vectors[0], Float.MAX_VALUE);
    Arrays.fill(vectors[1], -Float.MAX_VALUE);
    assertMeasured(vectors);
  }

  @Test
  void nonFiniteVectorsAreInfinitelyFarFromAllOthers() {
    float[][] vectors = {{1, 2, 3}, {1, Float.NaN, 3}, {Float.POSITIVE_INFINITY, 2, 3}, {4, 5, 6}, {1, Float.NaN, 3}};
    for (Need need : new Need[] {BOTH, Need.PAIRWISE}) {
      Geometry geometry = Engine.sequential().geometry(need, vectors);
      for (int i = 0; i < 5; i++) {
        assertEquals(i == 0 || i == 3, geometry.isFinite(i));
        for (int j = 0; j < 5; j++) {
          boolean far = i != j && !(geometry.isFinite(i) && geometry.isFinite(j));
          double expected = far ? Double.POSITIVE_INFINITY : i == j ? 0 : 27;
          assertEquals(expected, geometry.squaredDistance(i, j), i + " " + j);
        }
      }
    }
    Geometry norms = Engine.sequential().geometry(Need.NORMS, vectors);
    assertEquals(Double.POSITIVE_INFINITY, norms.squaredNorm(1));
    assertEquals(Double.POSITIVE_INFINITY, norms.squaredNorm(2));
    assertEquals(14, norms.squaredNorm(0));
    assertArrayEquals(new int[] {1, 0, 2}, Engine.sequential().geometry(BOTH, vectors).nearest(1, 3));
  }

  @Test
  void fromAPivotThatIsNotFinite() {
    float[][] vectors = {{1, 2}, {Float.NaN, 0}, {3, 4}};
    Geometry geometry = Engine.sequential().geometry(Need.fromPivot(1), vectors);
    assertFalse(geometry.isFinite(1));
    assertTrue(geometry.isFinite(0) && geometry.isFinite(2));
    assertEquals(0, geometry.squaredDistance(1, 1));
    assertEquals(Double.POSITIVE_INFINITY, geometry.squaredDistance(0, 1));
    assertArrayEquals(new int[] {1, 0, 2}, geometry.nearest(1, 3));
  }

  @Test
  void twoVectorsOfWhichOneIsNotFinite() {
    Geometry geometry = Engine.sequential().geometry(Need.PAIRWISE, new float[][] {{1}, {Float.NaN}});
    assertTrue(geometry.isFinite(0));
    assertFalse(geometry.isFinite(1));
    Geometry alone = Engine.sequential().geometry(BOTH, new float[][] {{3, 4}});
    assertTrue(alone.isFinite(0));
    assertEquals(25, alone.squaredNorm(0));
  }

  @Test
  void equalVectorsAreAtDistanceZeroWhereverTheyAre() {
    for (float value : new float[] {0, 1e-45f, 1, 1e6f, 1e30f, Float.MAX_VALUE}) {
      float[][] vectors = new float[2][2000];
      Arrays.fill(vectors[0], value);
      Arrays.fill(vectors[1], value);
      assertEquals(0, Engine.sequential().geometry(Need.PAIRWISE, vectors).squaredDistance(0, 1));
    }
  }

  @Test
  void nearestBreakTiesByLowestIndexAndPutItselfFirst() {
    Geometry geometry = Engine.sequential().geometry(Need.PAIRWISE, new float[][] {{0}, {0}, {1}, {-1}, {0}});
    assertArrayEquals(new int[] {4, 0, 1, 2, 3}, geometry.nearest(4, 5));
    assertArrayEquals(new int[] {2, 0}, geometry.nearest(2, 2));
  }

  @Test
  void whatWasNotMeasuredIsNotMadeUp() {
    float[][] vectors = {{1}, {2}, {3}};
    Geometry fromFirst = Engine.sequential().geometry(Need.fromPivot(0), vectors);
    assertThrows(IllegalStateException.class, () -> fromFirst.squaredNorm(0));
    assertThrows(IllegalStateException.class, () -> fromFirst.squaredDistance(1, 2));
    assertThrows(IllegalStateException.class, () -> Geometry.unmeasured(3).squaredDistance(0, 1));
    assertThrows(IllegalArgumentException.class, () -> Need.fromPivot(-1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Geometry(3, Need.PAIRWISE, new double[0], new double[2], new boolean[3]));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Geometry(3, Need.NORMS, new double[2], new double[0], new boolean[3]));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Geometry(3, Need.NORMS, new double[3], new double[0], new boolean[2]));
  }

  /** What was measured from vectors that are not finite is replaced, whatever it was. */
  @Test
  void numbersOfVectorsThatAreNotFinite() {
    double infinity = Double.POSITIVE_INFINITY;
    Geometry pairwise = new Geometry(3, BOTH, new double[] {1, 2, 3}, new double[] {4, 5, 6}, new boolean[] {false, true, false});
    assertEquals(infinity, pairwise.squaredNorm(1));
    assertEquals(3, pairwise.squaredNorm(2));
    assertEquals(infinity, pairwise.squaredDistance(0, 1));
    assertEquals(infinity, pairwise.squaredDistance(2, 1));
    assertEquals(5, pairwise.squaredDistance(0, 2));
    Geometry fromIt =
        new Geometry(3, Need.fromPivot(1), new double[0], new double[] {4, 0, 6}, new boolean[] {false, true, false});
    assertEquals(infinity, fromIt.squaredDistance(0, 1));
    assertEquals(infinity, fromIt.squaredDistance(1, 2));
    Geometry toIt =
        new Geometry(3, Need.fromPivot(0), new double[0], new double[] {0, 5, 6}, new boolean[] {false, true, false});
    assertEquals(infinity, toIt.squaredDistance(1, 0));
    assertEquals(6, toIt.squaredDistance(2, 0));
  }

  @Test
  void distancesAreCounted() {
    assertEquals(0, BOTH.countDistances(1));
    assertEquals(6, BOTH.countDistances(4));
    assertEquals(4, Need.fromPivot(2).countDistances(4));
    assertEquals(0, Need.NORMS.countDistances(4));
    assertEquals(1_073_720_970, Need.PAIRWISE.countDistances(46_341));
    IllegalArgumentException tooMany =
        assertThrows(IllegalArgumentException.class, () -> new GeometrySums(Need.PAIRWISE, 46_342));
    assertEquals(
        "the distances of all pairs can be held of at most 46341 vectors, but n = 46342", tooMany.getMessage());
    assertEquals(46_342, Need.fromPivot(0).countDistances(46_342));
    assertEquals(Geometry.pair(2, 1), Geometry.pair(1, 2));
  }

  @Test
  void whatIsNoNumberIsInfinite() {
    Geometry geometry =
        new Geometry(2, BOTH, new double[] {1, Double.NaN}, new double[] {Double.NaN}, new boolean[2]);
    assertEquals(Double.POSITIVE_INFINITY, geometry.squaredNorm(1));
    assertEquals(Double.POSITIVE_INFINITY, geometry.squaredDistance(0, 1));
  }

  @Test
  void needsAddUp() {
    assertEquals(Need.PAIRWISE, Need.fromPivot(1).and(Need.fromPivot(2)));
    assertEquals(Need.PAIRWISE, Need.fromPivot(0).and(Need.fromPivot(1)));
    assertEquals(Need.PAIRWISE, Need.fromPivot(1).and(Need.fromPivot(0)));
    assertEquals(Need.fromPivot(1), Need.fromPivot(1).and(Need.fromPivot(1)));
    assertEquals(Need.fromPivot(1), Need.NONE.and(Need.fromPivot(1)));
    assertEquals(Need.PAIRWISE, Need.fromPivot(1).and(Need.PAIRWISE));
    assertEquals(BOTH, Need.NORMS.and(Need.PAIRWISE).and(Need.NORMS));
    assertFalse(Need.NORMS.distances());
    assertTrue(Need.NONE.isNone());
    for (Need need : List.of(Need.NORMS, Need.PAIRWISE, Need.fromPivot(0))) {
      assertFalse(need.isNone());
    }
    assertTrue(Need.fromPivot(0).distances());
    assertEquals(BOTH, Need.PAIRWISE.ofScaled());
    assertEquals(Need.fromPivot(0).and(Need.NORMS), Need.fromPivot(0).ofScaled());
    assertEquals(Need.NORMS, Need.NORMS.ofScaled());
    assertEquals(Need.NONE, Need.NONE.ofScaled());
  }
}
