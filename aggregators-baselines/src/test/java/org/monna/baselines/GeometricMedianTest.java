package org.monna.baselines;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.monna.Aggregators;
import org.monna.Certificate;
import org.monna.Geometry;
import org.monna.Plan;

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
                  case "ends" -> c == 0 ? (i % 2 == 0 ? 10 : -10) + x : 0.1 * x;
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

  /** With 60 digits, so that a sum of 1e38 keeps those of a difference of 1e-6. */
  private static final MathContext DIGITS = new MathContext(60);

  private static BigDecimal[] exactly(double[] x) {
    return Arrays.stream(x).mapToObj(BigDecimal::new).toArray(BigDecimal[]::new);
  }

  private static BigDecimal[] exactResult(Plan plan, float[][] vectors) {
    BigDecimal[] z = exactly(new double[vectors[0].length]);
    for (int i = 0; i < vectors.length; i++) {
      BigDecimal weight = new BigDecimal(plan.mixing().weight(0, i));
      for (int c = 0; c < z.length && weight.signum() != 0; c++) {
        z[c] = z[c].add(weight.multiply(new BigDecimal(vectors[i][c])), DIGITS);
      }
    }
    return z;
  }

  private static BigDecimal exactSum(float[][] vectors, BigDecimal[] z) {
    BigDecimal sum = BigDecimal.ZERO;
    for (float[] vector : vectors) {
      BigDecimal square = BigDecimal.ZERO;
      for (int c = 0; c < z.length; c++) {
        BigDecimal difference = new BigDecimal(vector[c]).subtract(z[c]);
        square = square.add(difference.multiply(difference), DIGITS);
      }
      sum = sum.add(square.sqrt(DIGITS), DIGITS);
    }
    return sum;
  }

  /** The pull of a vector is as strong from 1e38 as from next door, and the minimiser follows it. */
  @ParameterizedTest
  @ValueSource(doubles = {30, 1e3, 1e5, 1e7, 1e9, 1e15, 1e30, 1e38})
  void isTheMinimiserWhateverIsFarAway(double far) {
    for (int n = 3; n < 15; n++) {
      for (int f = 1; 2 * f < n; f++) {
        float[][] vectors = vectors(n % 2 == 0 ? "normal" : "offset", n, 4);
        double spread = n % 2 == 0 ? 1 : 1e-2;
        double[] honest = Oracle.mean(vectors, IntStream.range(f, n).toArray());
        double variance = 0;
        for (int i = f; i < n; i++) {
          variance += Math.pow(Oracle.distance(honest, vectors[i]), 2) / (n - f);
        }
        for (int i = 0; i < f; i++) {
          // Of very different lengths, and for n = 5, 8, ... all in one direction.
          double length = Math.min(2e38, far * (i == 1 ? 1e4 : 1) * spread);
          for (int c = 0; c < 4; c++) {
            vectors[i][c] += (float) (length * (n % 3 == 2 ? 0.5 : Math.tanh(random.nextGaussian())));
          }
        }
        Plan plan = new GeometricMedian().plan(Oracle.geometry(vectors));
        BigDecimal[] z = exactResult(plan, vectors);
        double[] rounded = Arrays.stream(z).mapToDouble(BigDecimal::doubleValue).toArray();
        double[] dense = dense(vectors);
        double above = exactSum(vectors, z).subtract(exactSum(vectors, exactly(dense))).doubleValue();
        String what = "n = " + n + ", f = " + f + ": " + Arrays.deepToString(vectors);
        assertTrue(above <= 1e-6 * leastHalf(vectors, rounded), () -> above + " above the least sum; " + what);
        double off = Oracle.distance(rounded, dense);
        assertTrue(off <= 2e-3 * Math.sqrt(variance), () -> off + " away; " + what);
        double rounding = 2 * Math.ulp((float) Oracle.distance(rounded, new double[4]));
        assertEquals(0, Oracle.distance(rounded, new GeometricMedian().aggregate(vectors)), rounding);
        double kappa = new GeometricMedian().certificate(n, f).kappa().orElseThrow();
        assertTrue(Math.pow(Oracle.distance(rounded, honest), 2) <= kappa * variance);
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
  void mayBeAVectorWhateverIsFarAway() {
    float[][] centre = {{0, 0}, {1, 0}, {3e30f, -2e30f}, {-1, 0}, {0, 1}, {0, -1}, {0, 0}};
    assertArrayEquals(new float[] {0, 0}, new GeometricMedian().aggregate(centre));
    // An angle of 153 degrees at the second vector; then one of 90 at both ends of a side.
    assertArrayEquals(
        new float[] {1, 1}, new GeometricMedian().aggregate(new float[][] {{-1, 1}, {1, 1}, {2e30f, 1e30f}}));
    double[] fermat = median(new float[][] {{1, 0}, {0, 1e30f}, {-1, 0}});
    assertEquals(0, fermat[0], 1e-6);
    assertEquals(1 / Math.sqrt(3), fermat[1], 1e-6);
  }

  @Test
  void isTheMedianOnALineThatGoesFar() {
    for (int n = 3; n < 30; n++) {
      float[][] vectors = new float[n][3];
      double[] places = random.doubles(n).toArray();
      for (int i = 0; i < n; i++) {
        places[i] = (float) (i < n / 3 ? 1e30 * (1 + places[i]) : places[i]);
        vectors[i] = new float[] {(float) places[i], 2 * (float) places[i], 0};
      }
      double[] z = median(vectors);
      Arrays.sort(places);
      assertTrue(places[(n - 1) / 2] - 1e-6 <= z[0] && z[0] <= places[n / 2] + 1e-6, Arrays.toString(places));
      assertEquals(2 * z[0], z[1], 1e-6);
    }
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

  /** Three vectors with the sides 1 at an angle of twice 59 degrees, which is less than 120: not the vector at it is the solution. */
  private static final float[][] ANGLE = {
    {(float) Math.cos(Math.toRadians(59)), (float) Math.sin(Math.toRadians(59))},
    {0, 0},
    {(float) Math.cos(Math.toRadians(59)), (float) -Math.sin(Math.toRadians(59))}
  };

  /**
   * The tolerances from which on the vector at the angle is near enough, and then the first step from it. The bound on what the sum is above
   * the least one is the length of the gradient, times the radius around a point in which all solutions are, 2/3 of the sum of the distances
   * here, since more than half of them, two, would give twice their sum. It is compared with the sum of the least two distances.
   */
  @Test
  void endsAsSoonAsTheToleranceIsProved() {
    double cos = Math.cos(Math.toRadians(59));
    double sin = Math.sin(Math.toRadians(59));
    double excess = 2 * cos - 1;
    double atVector = excess * 4 / 3;
    assertArrayEquals(new double[] {0, 0}, result(atVector * 1.001), 0);
    // The step of Vardi and Zhang: the excess of the pull over 1, in its direction, divided by the sum of the inverse distances.
    double step = excess / 2;
    double side = Math.hypot(cos - step, sin);
    double gradient = 2 * (cos - step) / side - 1;
    double atStep = gradient * (step + 2 * side) * 2 / 3 / (step + side);
    assertTrue(atStep < atVector / 2);
    assertArrayEquals(new double[] {step, 0}, result(atVector * 0.999), 1e-6);
    assertArrayEquals(new double[] {step, 0}, result(atStep * 1.001), 1e-6);
    // The solution is Fermat's point, which sees the sides under 120 degrees.
    double fermat = cos - sin / Math.sqrt(3);
    assertEquals(fermat, result(atStep * 0.999)[0], (fermat - step) / 3);
    assertEquals(fermat, result(1e-6)[0], 1e-4);
  }

  private static double[] result(double epsilon) {
    return Oracle.result(new GeometricMedian(epsilon).plan(Oracle.geometry(ANGLE)), ANGLE);
  }

  private static GeometricMedianSearch search(float[][] vectors, double epsilon) {
    double[][] squared =
        Arrays.stream(vectors)
            .map(x -> Arrays.stream(vectors).mapToDouble(y -> Samples.squaredDistance(x, y)).toArray())
            .toArray(double[][]::new);
    int best = SeenFrom.middle(squared, vectors.length);
    return new GeometricMedianSearch(new SeenFrom(squared, best), best, epsilon);
  }

  private static int steps(float[][] vectors, double epsilon) {
    GeometricMedianSearch search = search(vectors, epsilon);
    search.solve();
    return search.rounds();
  }

  /** Mostly fewer than ten, whatever the shape, and no more than the tolerance needs. */
  @ParameterizedTest
  @ValueSource(strings = {"normal", "heavy", "clusters", "lattice", "outliers", "large", "tiny", "equal", "ends"})
  void takesFewSteps(String kind) {
    int all = 0;
    int coarse = 0;
    int most = 0;
    for (int repeat = 0; repeat < 200; repeat++) {
      float[][] vectors = vectors(kind, 3 + random.nextInt(17), 2 + random.nextInt(4));
      int steps = steps(vectors, 1e-6);
      all += steps;
      most = Math.max(most, steps);
      coarse += steps(vectors, 0.01);
    }
    assertTrue(all <= 200 * 5, all + " steps for " + kind);
    assertTrue(most <= 20, most + " steps for " + kind);
    assertTrue(coarse < all, coarse + " steps for " + kind);
  }

  /** Where Newton's step raises the sum: as it is, Weiszfeld's takes its place, to the end of all steps. */
  @Test
  void aStepThatIsTooLongIsHalved() {
    for (float[][] vectors :
        new float[][][] {
          {{15, 0}, {-1, 0}, {0, 0}, {-9, -1}, {-1, 0}, {8, -1}},
          {{-1, 51}, {1, 1}, {1, -62}, {-1, -34}, {1, 0}, {1, 1}},
          {{-28, 0}, {-56, -1}, {34, 0}, {-1, -1}, {0, -1}, {0, -1}},
          {{0, -1}, {58, 12}, {1, -1}, {1, 0}, {0, 59}, {7, 1}, {0, -55}, {62, 0}}
        }) {
      assertTrue(steps(vectors, 1e-4) <= 6, () -> Arrays.deepToString(vectors));
      double[] z = median(vectors);
      assertTrue(sumAbove(vectors, z, dense(vectors)) <= 1e-6 * leastHalf(vectors, z));
    }
  }

  /** Below the digits of the distances nothing is proved any more: the steps end where the sum falls no longer. */
  @Test
  void endsWhereNothingIsGained() {
    for (int repeat = 0; repeat < 100; repeat++) {
      float[][] vectors = vectors("normal", 3 + 2 * random.nextInt(5), 3);
      assertTrue(steps(vectors, 1e-300) < 50, () -> Arrays.deepToString(vectors));
    }
  }

  /** A vector that is the solution, by more than the distances could be wrong, is returned as it is, whatever is far away. */
  @ParameterizedTest
  @ValueSource(doubles = {3, 1e3, 1e6, 1e9, 1e20, 1e30})
  void aVectorThatIsTheSolutionIsReturned(double far) {
    int found = 0;
    for (int repeat = 0; repeat < 600; repeat++) {
      int n = 5 + random.nextInt(8);
      float[][] vectors = vectors("normal", n, 1 + random.nextInt(2));
      for (int i = 0; i < (n - 1) / 2; i++) {
        for (int c = 0; c < vectors[i].length; c++) {
          vectors[i][c] *= (float) far;
        }
      }
      Collections.shuffle(Arrays.asList(vectors), random);
      for (int i = 0; i < n; i++) {
        if (pull(vectors, i) < 0.98) {
          double[] weights = new double[n];
          weights[i] = 1;
          Plan plan = new GeometricMedian().plan(Oracle.geometry(vectors));
          assertArrayEquals(weights, IntStream.range(0, n).mapToDouble(j -> plan.mixing().weight(0, j)).toArray());
          found++;
        }
      }
    }
    assertTrue(found > 100, found + " are the solution");
  }

  /** How strongly the others pull at a vector. */
  private static double pull(float[][] vectors, int i) {
    double[] pull = new double[vectors[i].length];
    for (float[] vector : vectors) {
      double r = Math.sqrt(Samples.squaredDistance(vector, vectors[i]));
      for (int c = 0; c < pull.length && r > 0; c++) {
        pull[c] += ((double) vector[c] - vectors[i][c]) / r;
      }
    }
    return Oracle.distance(pull, new double[pull.length]);
  }

  /** From 128 times the radius on in which the solutions are, here 2, around the vector in the middle; twice if another has the least sum. */
  @Test
  void theDirectionsOfFarVectorsAreMeasured() {
    assertEquals(0, measured(new float[][] {{0}, {1}, {-256}}));
    assertEquals(1, measured(new float[][] {{0}, {1}, {-257}}));
    assertEquals(1, measured(new float[][] {{0}, {1}, {-1e30f}}));
    assertEquals(0, measured(new float[][] {{0, 0}, {1, 1}, {1, 0}, {0, 1}}));
    // In the middle of most is 0, and of all 3.
    assertEquals(2, measured(new float[][] {{0}, {1}, {-1}, {3}, {1e6f}, {-1.5f}, {1e7f}, {2e7f}, {4}}));
  }

  private static int measured(float[][] vectors) {
    int[] count = {0};
    Geometry geometry = Oracle.geometry(vectors);
    Geometry counted =
        geometry.with(
            (mixing, need) -> {
              count[0]++;
              return geometry.measured(mixing, need);
            });
    new GeometricMedian().plan(counted);
    return count[0];
  }

  @Test
  void certifiesWhatTheToleranceAllows() {
    assertEquals(25.0 / 9, new GeometricMedian(1e-9).certificate(7, 2).kappa().orElseThrow(), 1e-4);
    assertEquals(3, new GeometricMedian().certificate(7).f());
    assertFalse(new GeometricMedian().certificate(6, 3).holds());
    // ((n-f + epsilon k) / (n-2f - epsilon k))^2 with k = 4, as long as the divisor is positive.
    assertEquals(Math.pow(5.4 / 2.6, 2), new GeometricMedian(0.1).certificate(7, 2).kappa().orElseThrow(), 1e-12);
    assertTrue(new GeometricMedian(0.74).certificate(7, 2).holds());
    assertEquals("epsilon = 0.75 is too coarse for n - 2f = 3", reason(new GeometricMedian(0.75).certificate(7, 2)));
    assertEquals("epsilon = 0.9 is too coarse for n - 2f = 1", reason(new GeometricMedian(0.9).certificate(7)));
    String half = "half of the vectors can move the geometric median anywhere";
    assertEquals(half, reason(new GeometricMedian().certificate(6, 3)));
    assertEquals(half, reason(new GeometricMedian().certificate(6, Integer.MAX_VALUE)));
  }

  private static String reason(Certificate certificate) {
    assertFalse(certificate.holds());
    return certificate.reason();
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
