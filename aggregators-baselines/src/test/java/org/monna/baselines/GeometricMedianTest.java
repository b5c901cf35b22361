package org.monna.baselines;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.monna.Aggregators;

class GeometricMedianTest {

  private final Random random = new Random(7);

  /** Weiszfeld's iteration in coordinates until nothing changes, unless Kuhn's condition holds at a vector. */
  private static double[] dense(float[][] vectors) {
    int d = vectors[0].length;
    for (float[] vertex : vectors) {
      double[] pull = new double[d];
      double here = 0;
      for (float[] vector : vectors) {
        double r = Math.sqrt(Samples.squaredDistance(vector, vertex));
        here += r == 0 ? 1 : 0;
        for (int c = 0; c < d && r > 0; c++) {
          pull[c] += ((double) vector[c] - vertex[c]) / r;
        }
      }
      if (Oracle.distance(pull, new double[d]) <= here) {
        double[] z = new double[d];
        Arrays.setAll(z, c -> vertex[c]);
        return z;
      }
    }
    double[] z = new double[d];
    for (float[] vector : vectors) {
      for (int c = 0; c < d; c++) {
        // Weighted unevenly so as not to start at a vector.
        z[c] += vector[c] / vectors.length * (1 + 1e-3 * c);
      }
    }
    double moved = 1;
    for (int step = 0; step < 200_000 && moved > 1e-15; step++) {
      double[] sum = new double[d];
      double total = 0;
      for (float[] vector : vectors) {
        double r = Oracle.distance(z, vector);
        total += 1 / r;
        for (int c = 0; c < d; c++) {
          sum[c] += (vector[c] - z[c]) / r;
        }
      }
      for (int c = 0; c < d; c++) {
        z[c] += sum[c] / total;
      }
      moved = Oracle.distance(sum, new double[d]) / total / Oracle.distance(z, new double[d]);
    }
    return z;
  }

  /** The sum of distances at z less that at another point, without the digits that both have in common. */
  private static double sumAbove(float[][] vectors, double[] z, double[] other) {
    double above = 0;
    for (float[] vector : vectors) {
      double difference = 0;
      for (int c = 0; c < z.length; c++) {
        difference += (other[c] - z[c]) * ((vector[c] - z[c]) + (vector[c] - other[c]));
      }
      double sum = Oracle.distance(z, vector) + Oracle.distance(other, vector);
      above += sum == 0 ? 0 : difference / sum;
    }
    return above;
  }

  private static double sum(float[][] vectors, double[] z) {
    return Arrays.stream(vectors).mapToDouble(vector -> Oracle.distance(z, vector)).sum();
  }

  private static double leastHalf(float[][] vectors, double[] z) {
    return Arrays.stream(vectors)
        .mapToDouble(vector -> Oracle.distance(z, vector))
        .sorted()
        .limit(vectors.length / 2 + 1)
        .sum();
  }

  private static double[] median(float[][] vectors) {
    return Oracle.result(new GeometricMedian().plan(Oracle.geometry(vectors)), vectors);
  }

  private float[][] vectors(String kind, int n, int d) {
    float[][] vectors = new float[n][d];
    for (int i = 0; i < n; i++) {
      double heavy = Math.exp(2 * random.nextGaussian());
      for (int c = 0; c < d; c++) {
        double x = random.nextGaussian();
        vectors[i][c] =
            (float)
                switch (kind) {
                  case "heavy" -> x * heavy;
                  case "clusters" -> x * 0.01 + (i % 3 == 0 ? 5 : 0);
                  case "lattice" -> random.nextInt(3) - 1;
                  case "outliers" -> x * (3 * i < n - 1 ? 1e3 : 1);
                  case "offset" -> 1e4 + 1e-2 * x;
                  case "large" -> 1e25 * x;
                  case "tiny" -> 1e-40 * x;
                  default -> x;
                };
      }
      if (kind.equals("equal") && i > 0 && random.nextBoolean()) {
        vectors[i] = vectors[random.nextInt(i)].clone();
      }
    }
    return vectors;
  }

  @ParameterizedTest
  @ValueSource(strings = {"normal", "heavy", "clusters", "lattice", "outliers", "offset", "large", "tiny", "equal"})
  void hasTheLeastSum(String kind) {
    for (int repeat = 0; repeat < 60; repeat++) {
      float[][] vectors = vectors(kind, 1 + random.nextInt(20), 1 + random.nextInt(5));
      double[] z = median(vectors);
      double above = sumAbove(vectors, z, dense(vectors));
      double allowed = 1e-6 * leastHalf(vectors, z) + 1e-50;
      assertTrue(above <= allowed, () -> kind + ": " + above + " > " + allowed + " for " + Arrays.deepToString(vectors));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e5, 1e7, 1e9, 1e20, 1e30, 1e38})
  void isNotMovedByVectorsFarAway(double far) {
    for (int n = 3; n < 15; n++) {
      for (int f = 1; 2 * f < n; f++) {
        float[][] vectors = vectors("normal", n, 3);
        double[] honest = Oracle.mean(vectors, IntStream.range(f, n).toArray());
        double[] variance = {0};
        for (int i = f; i < n; i++) {
          variance[0] += Math.pow(Oracle.distance(honest, vectors[i]), 2) / (n - f);
        }
        for (int i = 0; i < f; i++) {
          for (int c = 0; c < 3; c++) {
            vectors[i][c] = (float) (vectors[i][c] * far / 5);
          }
        }
        double[] z = median(vectors);
        double kappa = new GeometricMedian().certificate(n, f).kappa().orElseThrow();
        assertTrue(Math.pow(Oracle.distance(z, honest), 2) <= kappa * variance[0]);
        double[] dense = dense(vectors);
        assertTrue(sumAbove(vectors, z, dense) <= 2e-6 * sum(vectors, dense));
      }
    }
  }

  @Test
  void mayBeAVector() {
    float[][] corners = {{0, 0}, {1, 0}, {0, 1}, {-1, -1}};
    assertArrayEquals(new float[] {0, 0}, new GeometricMedian().aggregate(corners));
    // An angle of more than 120 degrees: the vector at it is the solution.
    assertArrayEquals(new float[] {0, 0}, new GeometricMedian().aggregate(new float[][] {{5, 1}, {0, 0}, {-5, 1}}));
    // One of less: it is not.
    double[] fermat = median(new float[][] {{1, 0}, {-1, 0}, {0, (float) Math.sqrt(3)}});
    assertEquals(0, fermat[0], 1e-6);
    assertEquals(1 / Math.sqrt(3), fermat[1], 1e-6);
  }

  @Test
  void isTheMedianOnALine() {
    for (int n = 1; n < 30; n++) {
      float[][] vectors = new float[n][3];
      double[] places = random.doubles(n).toArray();
      for (int i = 0; i < n; i++) {
        vectors[i] = new float[] {(float) places[i], 2 * (float) places[i], 0};
      }
      double[] z = median(vectors);
      Arrays.sort(places);
      assertTrue(places[(n - 1) / 2] - 1e-6 <= z[0] && z[0] <= places[n / 2] + 1e-6);
      assertEquals(2 * z[0], z[1], 1e-6);
    }
  }

  @Test
  void agreesWithAMajority() {
    for (float value : new float[] {0, 1, -3e-42f, 2e25f}) {
      float[][] vectors = new float[7][4];
      for (int i = 0; i < 7; i++) {
        Arrays.fill(vectors[i], i % 2 == 0 ? value : (float) random.nextGaussian() * 1e30f);
      }
      assertArrayEquals(vectors[0], new GeometricMedian().aggregate(vectors));
    }
  }

  @Test
  void leavesOutWhatIsNotFinite() {
    float[][] vectors = vectors("normal", 9, 4);
    float[][] fewer = Arrays.copyOfRange(vectors, 0, 6);
    vectors[6][1] = Float.NaN;
    vectors[7][3] = Float.POSITIVE_INFINITY;
    vectors[8][0] = Float.NEGATIVE_INFINITY;
    assertArrayEquals(new GeometricMedian().aggregate(fewer), new GeometricMedian().aggregate(vectors));
    assertTrue(Float.isNaN(new GeometricMedian().aggregate(new float[][] {{Float.NaN}})[0]));
  }

  @Test
  void endsForManyVectors() {
    for (String kind : new String[] {"normal", "clusters", "outliers", "equal"}) {
      float[][] vectors = vectors(kind, 600, 2);
      double[] z = median(vectors);
      assertTrue(sumAbove(vectors, z, dense(vectors)) <= 1e-6 * leastHalf(vectors, z));
    }
  }

  @Test
  void certifiesWhatTheToleranceAllows() {
    assertEquals(25.0 / 9, new GeometricMedian(1e-9).certificate(7, 2).kappa().orElseThrow(), 1e-4);
    assertEquals(3, new GeometricMedian().certificate(7).f());
    assertFalse(new GeometricMedian().certificate(6, 3).holds());
    assertFalse(new GeometricMedian(0.9).certificate(7).holds());
  }

  @Test
  void readsItsText() {
    assertEquals(new GeometricMedian(1e-6), Aggregators.parse("geometric-median"));
    assertEquals("geometric-median", new GeometricMedian().toString());
    assertEquals(new GeometricMedian(3e-4), Aggregators.parse(new GeometricMedian(3e-4).toString()));
    for (double epsilon : new double[] {0, -1, 1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> new GeometricMedian(epsilon));
    }
  }
}
