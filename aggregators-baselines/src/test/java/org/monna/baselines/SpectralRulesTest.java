package org.monna.baselines;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.monna.Certificate;
import org.monna.Guarantee;

/** The eigensolver against known spectra, CAF against its definition in coordinates, and the spectral bounds for every subset. */
class SpectralRulesTest {

  private final Random random = new Random(13);

  /** A random orthogonal matrix: Householder reflections one after the other. */
  private double[][] withSpectrum(double... eigenvalues) {
    int n = eigenvalues.length;
    double[][] a = new double[n][n];
    for (int i = 0; i < n; i++) {
      a[i][i] = eigenvalues[i];
    }
    for (int k = 0; k < 4; k++) {
      double[] v = random.doubles(n, -1, 1).toArray();
      double square = Dense.dot(v, v);
      for (int side = 0; side < 2; side++) {
        double[][] reflected = new double[n][n];
        for (int i = 0; i < n; i++) {
          for (int j = 0; j < n; j++) {
            double along = 0;
            for (int l = 0; l < n; l++) {
              along += v[l] * a[l][j];
            }
            reflected[j][i] = a[i][j] - 2 * v[i] * along / square;
          }
        }
        a = reflected;
      }
    }
    return a;
  }

  private static void check(double[][] matrix, double expected, double tolerance) {
    SymmetricEigen top = SymmetricEigen.largest(matrix);
    assertEquals(expected, top.value(), tolerance * expected);
    double[] image = Dense.multiply(matrix, top.vector());
    Dense.add(-top.value(), top.vector(), image);
    assertEquals(1, Dense.dot(top.vector(), top.vector()), 1e-12);
    assertTrue(Math.sqrt(Dense.dot(image, image)) <= 1e-9 * expected);
  }

  @Test
  void knownSpectraAreFound() {
    check(withSpectrum(3), 3, 1e-13);
    check(withSpectrum(1, 2), 2, 1e-13);
    check(withSpectrum(5, 5, 5, 5), 5, 1e-13);
    check(withSpectrum(0, 0, 0, 7), 7, 1e-13);
    check(withSpectrum(1, 1, 4, 4, 2), 4, 1e-13);
    check(withSpectrum(1e-90, 3e-90, 2e-90), 3e-90, 1e-13);
    check(withSpectrum(1e80, 3e80, 2), 3e80, 1e-13);
    double[] any = random.doubles(60).toArray();
    check(withSpectrum(any), Arrays.stream(any).max().orElseThrow(), 1e-12);
    double[] close = new double[200];
    Arrays.setAll(close, i -> 1 - 1e-6 * i);
    check(withSpectrum(close), 1, 1e-12);
    assertEquals(0, SymmetricEigen.largest(new double[3][3]).value());
  }

  /** The largest eigenvalue of the second differences of n numbers is 2 + 2 cos(pi / (n+1)). */
  @Test
  void secondDifferences() {
    for (int n : new int[] {1, 2, 3, 10, 100, 250}) {
      double[][] matrix = new double[n][n];
      for (int i = 0; i < n; i++) {
        matrix[i][i] = 2;
        if (i > 0) {
          matrix[i][i - 1] = matrix[i - 1][i] = -1;
        }
      }
      assertEquals(2 + 2 * Math.cos(Math.PI / (n + 1)), SymmetricEigen.largest(matrix).value(), 1e-12);
    }
  }

  @Test
  void agreesWithJacobi() {
    for (int repeat = 0; repeat < 200; repeat++) {
      int n = 1 + random.nextInt(12);
      double[][] root = new double[n][1 + random.nextInt(12)];
      for (double[] row : root) {
        Arrays.setAll(row, c -> random.nextGaussian());
      }
      double[][] gram = new double[n][n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          gram[i][j] = Dense.dot(root[i], root[j]);
        }
      }
      check(gram, Oracle.largestEigenvalue(gram), 1e-12);
    }
  }

  /** The filter as it is defined, in coordinates. */
  private static double[] caf(float[][] vectors, int f) {
    int n = vectors.length;
    double[] c = new double[n];
    Arrays.fill(c, 1);
    double[] result = {};
    double least = Double.POSITIVE_INFINITY;
    while (Arrays.stream(c).sum() > n - 2 * f) {
      double total = Arrays.stream(c).sum();
      double[] mean = new double[vectors[0].length];
      for (int i = 0; i < n; i++) {
        for (int k = 0; k < mean.length; k++) {
          mean[k] += c[i] / total * vectors[i][k];
        }
      }
      double[][][] eigen = Oracle.jacobi(Oracle.covariance(vectors, c, mean));
      int top = 0;
      for (int k = 0; k < mean.length; k++) {
        top = eigen[0][0][k] > eigen[0][0][top] ? k : top;
      }
      if (eigen[0][0][top] < least) {
        least = eigen[0][0][top];
        result = mean;
      }
      double[] t = new double[n];
      for (int i = 0; i < n; i++) {
        double along = 0;
        for (int k = 0; k < mean.length; k++) {
          along += eigen[1][k][top] * (vectors[i][k] - mean[k]);
        }
        t[i] = c[i] > 0 ? along * along : 0;
      }
      double most = Arrays.stream(t).max().orElseThrow();
      for (int i = 0; i < n; i++) {
        c[i] *= 1 - t[i] / most;
      }
    }
    return result;
  }

  @Test
  void cafIsWhatItsDefinitionSays() {
    for (int repeat = 0; repeat < 200; repeat++) {
      int n = 3 + random.nextInt(12);
      int f = 1 + random.nextInt((n - 1) / 2);
      float[][] vectors = Samples.withOutliers(random, n, f, 1 + random.nextInt(6));
      double[] expected = caf(vectors, f);
      assertEquals(0, Oracle.distance(expected, new Caf(f).aggregate(vectors)), 1e-4);
    }
  }

  @Test
  void cafEndsWhateverComes() {
    float[][] equal = new float[6][3];
    for (float[] vector : equal) {
      Arrays.fill(vector, 0.1f);
    }
    assertArrayEquals(equal[0], new Caf(2).aggregate(equal));
    float[][] vectors = Samples.withOutliers(random, 9, 3, 4);
    double[] all = Oracle.mean(vectors, 0, 1, 2, 3, 4, 5, 6, 7, 8);
    assertEquals(0, Oracle.distance(all, new Caf(0).aggregate(vectors)), 1e-6);
    double[] honest = Oracle.mean(vectors, 0, 1, 2, 3, 4, 5);
    for (float far : new float[] {1e6f, 1e12f, 1e30f, 3e38f, Float.POSITIVE_INFINITY, Float.NaN}) {
      Arrays.fill(vectors[6], far);
      Arrays.fill(vectors[7], -far);
      vectors[8][2] = far;
      assertTrue(Oracle.distance(honest, new Caf(3).aggregate(vectors)) < 3, () -> "far = " + far);
    }
  }

  /** Far vectors must cost no digits of the others. */
  @Test
  void cafKeepsTheDigitsOfTheRest() {
    float[][] vectors = Samples.withOutliers(random, 12, 0, 5);
    for (int c = 0; c < 5; c++) {
      vectors[3][c] = 1e9f * (c + 1);
      vectors[7][c] = c == 2 ? 1e30f : 0;
    }
    float[] far = new Caf(2).aggregate(vectors);
    for (int c = 0; c < 5; c++) {
      vectors[3][c] = 1e5f * (c + 1);
      vectors[7][c] = c == 2 ? 1e7f : 0;
    }
    // The first rounds take from the others what depends on the outliers only by their directions.
    assertArrayEquals(new Caf(2).aggregate(vectors), far, 1e-3f);
  }

  @Test
  void spectralBoundsHoldForEverySubset() {
    for (int repeat = 0; repeat < 400; repeat++) {
      int n = 3 + repeat % 6;
      int f = 1 + random.nextInt((n - 1) / 2);
      int d = 1 + random.nextInt(3);
      float[][] vectors = repeat % 2 == 0 ? Samples.lattice(random, n, d) : Samples.withOutliers(random, n, f, d);
      boundHolds(vectors, new Caf(f).aggregate(vectors), new Caf(f).certificate(n), n - f);
      boundHolds(vectors, new Smea(f).aggregate(vectors), new Smea(f).certificate(n), n - f);
      boundHolds(vectors, new Caf(f).aggregate(vectors), new Caf(f).certificate(n, f - 1), n - f + 1);
    }
  }

  private static void boundHolds(float[][] vectors, float[] result, Certificate certificate, int size) {
    double kappa =
        certificate.guarantees().stream()
            .filter(g -> g instanceof Guarantee.Robustness robustness && robustness.spectral())
            .mapToDouble(Guarantee::constant)
            .findFirst()
            .orElseThrow();
    Oracle.subsets(
        vectors.length,
        size,
        set -> {
          double error = Oracle.distance(Oracle.mean(vectors, set), result);
          double spread = Oracle.largestEigenvalue(Oracle.covariance(vectors, set));
          assertTrue(error * error <= kappa * spread * (1 + 1e-5) + 1e-9);
        });
  }
}
