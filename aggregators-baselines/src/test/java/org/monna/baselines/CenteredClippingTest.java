package org.monna.baselines;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.monna.Aggregators;
import org.monna.Engine;

class CenteredClippingTest {

  private final Random random = new Random(17);

  private static double[] literal(float[][] vectors, float[] centre, double tau, int iterations) {
    double[] v = new double[centre.length];
    Arrays.setAll(v, c -> centre[c]);
    for (int k = 0; k < iterations; k++) {
      double[] step = new double[v.length];
      for (float[] vector : vectors) {
        double distance = Oracle.distance(v, vector);
        for (int c = 0; c < v.length && Double.isFinite(distance); c++) {
          step[c] += (vector[c] - v[c]) * Math.min(1, tau / distance) / vectors.length;
        }
      }
      Arrays.setAll(v, c -> v[c] + step[c]);
    }
    return v;
  }

  @Test
  void isWhatItsDefinitionSays() {
    for (int repeat = 0; repeat < 300; repeat++) {
      int n = 1 + random.nextInt(12);
      int d = 1 + random.nextInt(8);
      int iterations = 1 + random.nextInt(4);
      double tau = Math.exp(2 * random.nextGaussian());
      float[][] vectors = Samples.withOutliers(random, n, n / 3, d);
      if (repeat % 5 == 0) {
        vectors[random.nextInt(n)][0] = Float.NaN;
      }
      CenteredClipping rule = new CenteredClipping(tau, iterations);
      double[] expected = literal(vectors, new float[d], tau, iterations);
      assertEquals(0, Oracle.distance(expected, rule.aggregate(vectors)), 1e-5 * (1 + tau));

      float[] centre = new float[d];
      Arrays.fill(centre, (float) random.nextGaussian());
      CenteredClipping.State state = rule.newState(centre);
      float[] out = new float[d];
      for (int call = 0; call < 3; call++) {
        double[] next = literal(vectors, state.centre(), tau, iterations);
        state.aggregate(Engine.sequential(), vectors, out);
        assertEquals(0, Oracle.distance(next, out), 1e-5 * (1 + tau));
        assertArrayEquals(out, state.centre());
      }
    }
  }

  /** Close to each other and far from zero: distances from the vectors themselves keep their digits. */
  @Test
  void convergesToFarVectors() {
    float[][] vectors = new float[7][4];
    for (float[] vector : vectors) {
      for (int c = 0; c < 4; c++) {
        vector[c] = (float) (1e4 + 1e-2 * random.nextGaussian());
      }
    }
    double[] mean = Oracle.mean(vectors, 0, 1, 2, 3, 4, 5, 6);
    assertEquals(0, Oracle.distance(mean, new CenteredClipping(1e3, 25).aggregate(vectors)), 2e-3);
  }

  /** The direction of a vector counts however far it is, and a vector at the start however far the others are. */
  @ParameterizedTest
  @ValueSource(floats = {1e3f, 1e7f, 1e12f, 1e30f, 1e38f})
  void isToTheFloatWhateverIsFarAway(float far) {
    for (int repeat = 0; repeat < 60; repeat++) {
      int n = 3 + random.nextInt(8);
      float[][] vectors = Samples.withOutliers(random, n, 0, 5);
      for (int i = 0; i < n; i++) {
        for (int c = 0; c < 5; c++) {
          vectors[i][c] = i < n / 3 ? far * (vectors[i][c] > 0 ? 1 : -0.3f) : vectors[i][c] + (i == n - 1 ? 0 : 1e4f);
        }
      }
      float[] centre = {0.5f, -0.5f, 0.25f, 0, 0};
      for (double tau : new double[] {0.7, 3e4}) {
        CenteredClipping rule = new CenteredClipping(tau, 4);
        double[] expected = literal(vectors, new float[5], tau, 4);
        assertEquals(0, Oracle.distance(expected, rule.aggregate(vectors)), 1e-6 * tau);
        float[] out = new float[5];
        rule.newState(centre).aggregate(Engine.sequential(), vectors, out);
        assertEquals(0, Oracle.distance(literal(vectors, centre, tau, 4), out), 1e-6 * tau);
      }
    }
  }

  @Test
  void boundsHold() {
    for (int repeat = 0; repeat < 100; repeat++) {
      int n = 2 + random.nextInt(9);
      double tau = random.nextDouble() + 0.1;
      float[][] vectors = Samples.withOutliers(random, n, n / 2, 3);
      CenteredClipping rule = new CenteredClipping(tau);
      float[] out = rule.aggregate(vectors);
      assertTrue(Samples.norm(out) <= tau * (1 + 1e-6));
      int f = n / 2;
      float[][] other = vectors.clone();
      for (int i = 0; i < f; i++) {
        other[i] = new float[] {(float) random.nextGaussian() * 1e30f, Float.MAX_VALUE, -1};
      }
      double change = Math.sqrt(Samples.squaredDistance(out, rule.aggregate(other)));
      assertTrue(change <= 2 * f * tau / n * (1 + 1e-6));
      for (float value : new CenteredClipping(tau, 4).aggregate(other)) {
        assertTrue(Float.isFinite(value));
      }
    }
  }

  @Test
  void isTheMeanForALargeTau() {
    float[][] vectors = Samples.withOutliers(random, 6, 0, 3);
    double[] mean = Oracle.mean(vectors, 0, 1, 2, 3, 4, 5);
    assertEquals(0, Oracle.distance(mean, new CenteredClipping(1e6).aggregate(vectors)), 1e-6);
    assertEquals(0, Oracle.distance(mean, new CenteredClipping(1e6, 3).aggregate(vectors)), 1e-6);
  }

  @Test
  void aRuleDoesNotRemember() {
    float[][] vectors = Samples.withOutliers(random, 6, 2, 3);
    CenteredClipping rule = new CenteredClipping(0.5, 2);
    assertArrayEquals(rule.aggregate(vectors), rule.aggregate(vectors));
    float[] out = new float[3];
    rule.newState(3).aggregate(Engine.sequential(), vectors, out);
    assertArrayEquals(rule.aggregate(vectors), out, 1e-6f);
  }

  @Test
  void noVectorPoisonsTheMemory() {
    CenteredClipping.State state = new CenteredClipping(1, 2).newState(2);
    float[] out = new float[2];
    float[][] bad = {{Float.NaN, 1}, {Float.POSITIVE_INFINITY, 1}, {3e38f, -3e38f}, {0.5f, 0.5f}};
    state.aggregate(Engine.sequential(), bad, out);
    assertTrue(Float.isFinite(out[0]) && Float.isFinite(out[1]));
    state.aggregate(Engine.sequential(), new float[][] {{Float.NaN, Float.NaN}}, out);
    assertArrayEquals(out, state.centre());
    assertTrue(Float.isFinite(state.centre()[0]));
  }

  @Test
  void checksWhatTheCallerControls() {
    assertThrows(IllegalArgumentException.class, () -> new CenteredClipping(0));
    assertThrows(IllegalArgumentException.class, () -> new CenteredClipping(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new CenteredClipping(Double.POSITIVE_INFINITY));
    assertThrows(IllegalArgumentException.class, () -> new CenteredClipping(1, 0));
    CenteredClipping rule = new CenteredClipping(0.75, 3);
    assertThrows(IllegalArgumentException.class, () -> rule.newState(0));
    assertThrows(IllegalArgumentException.class, () -> rule.newState(new float[] {Float.NaN}));
    CenteredClipping.State state = rule.newState(2);
    float[] out = new float[2];
    assertThrows(
        IllegalArgumentException.class, () -> state.aggregate(Engine.sequential(), new float[][] {{1}}, out));
    assertThrows(
        IllegalArgumentException.class, () -> state.aggregate(Engine.sequential(), new float[0][], out));
    assertThrows(
        IllegalArgumentException.class, () -> state.aggregate(Engine.sequential(), new float[][] {out}, out));
    assertThrows(
        NullPointerException.class, () -> state.aggregate(Engine.sequential(), new float[][] {null}, out));
    assertMessage(
        rule + ": out is the same array as vectors[1]",
        () -> state.aggregate(Engine.sequential(), new float[][] {{1, 2}, out}, out));
    assertMessage(
        rule + ": out has length 3, but the centre has length 2",
        () -> state.aggregate(Engine.sequential(), new float[][] {{1, 2}}, new float[3]));
    assertMessage("centered-clipping: f = -1 is negative", () -> rule.certificate(5, -1));
    assertMessage("median: f = -1 is negative", () -> new Median().certificate(5, -1));
    assertMessage("mean: f = -1 is negative", () -> new Mean().certificate(5, -1));
    assertMessage("trimmed-mean(f=1): f = -1 is negative", () -> new TrimmedMean(1).certificate(5, -1));
    assertEquals(rule, Aggregators.parse(rule.toString()));
    assertEquals("centered-clipping(tau=2.0)", Aggregators.parse("centered-clipping(tau=2)").toString());
    assertFalse(rule.certificate(5).holds());
    assertFalse(rule.certificate(5, 1).holds());
  }

  private static void assertMessage(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
