package org.monna.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.monna.Aggregator;
import org.monna.Aggregators;

/** What docs/scale.md says of very many clients: groups whose results are aggregated again, and distances between projections. */
class ScaleTest {

  /** Groups of g consecutive vectors under the first rule, their results under the second. */
  private static float[] inGroups(Aggregator first, Aggregator second, float[][] vectors, int g) {
    float[][] results = new float[vectors.length / g][];
    for (int k = 0; k < results.length; k++) {
      results[k] = first.aggregate(Arrays.copyOfRange(vectors, k * g, (k + 1) * g));
    }
    return second.aggregate(results);
  }

  /** docs/proofs.md, "Groups". */
  private static double kappa(double kappaA, double kappaB, int g, int fA, int groups, int fB, int f) {
    double u = (double) (g * groups - f) / ((double) (g - fA) * (groups - fB));
    return u * (1 + kappaA) * (1 + kappaB) - 1;
  }

  private static double kappa(String first, String second, int g, int fA, int groups, int fB) {
    return kappa(
        Aggregators.parse(first).certificate(g, fA).kappa().orElseThrow(),
        Aggregators.parse(second).certificate(groups, fB).kappa().orElseThrow(),
        g,
        fA,
        groups,
        fB,
        (fA + 1) * (fB + 1) - 1);
  }

  /** ||F - mean_S||^2 / Var_S; 0 if both are 0. */
  private static double ratio(float[] result, float[][] vectors, boolean[] honest) {
    int h = 0;
    double[] mean = new double[result.length];
    for (int i = 0; i < vectors.length; i++) {
      if (honest[i]) {
        h++;
        for (int c = 0; c < mean.length; c++) {
          mean[c] += vectors[i][c];
        }
      }
    }
    double error = 0;
    double variance = 0;
    for (int c = 0; c < mean.length; c++) {
      mean[c] /= h;
      error += (result[c] - mean[c]) * (result[c] - mean[c]);
      for (int i = 0; i < vectors.length; i++) {
        variance += honest[i] ? (vectors[i][c] - mean[c]) * (vectors[i][c] - mean[c]) / h : 0;
      }
    }
    return error == 0 ? 0 : error / variance;
  }

  /** All vectors of nine zeros and ones, all sets S of six: medians of three medians of three attain the bound. */
  @Test
  void theBoundOfGroupsIsAttained() {
    Aggregator median = Aggregators.parse("trimmed-mean(f=1)");
    double worst = 0;
    for (int ones = 0; ones < 1 << 9; ones++) {
      float[][] vectors = new float[9][1];
      for (int i = 0; i < 9; i++) {
        vectors[i][0] = ones >> i & 1;
      }
      float[] result = inGroups(median, median, vectors, 3);
      for (int set = 0; set < 1 << 9; set++) {
        if (Integer.bitCount(set) == 6) {
          boolean[] honest = new boolean[9];
          for (int i = 0; i < 9; i++) {
            honest[i] = (set >> i & 1) == 1;
          }
          worst = Math.max(worst, ratio(result, vectors, honest));
        }
      }
    }
    assertEquals(5, kappa("trimmed-mean(f=1)", "trimmed-mean(f=1)", 3, 1, 3, 1), 1e-9);
    assertEquals(5, worst, 1e-6);
  }

  /** One arbitrary vector more than the groups tolerate, and there is no bound: the two groups of two corrupt the result. */
  @Test
  void oneMoreArbitraryVectorAndUnanimityIsLost() {
    float[][] vectors = new float[9][1];
    for (int i : new int[] {0, 1, 3, 4}) {
      vectors[i][0] = 1e6f;
    }
    assertEquals(1e6f, inGroups(Aggregators.parse("median"), Aggregators.parse("median"), vectors, 3)[0]);
  }

  @Test
  void randomVectorsUnderAttackStayWithinTheBoundOfGroups() {
    String[][] pairs = {
      {"trimmed-mean(f=2)", "trimmed-mean(f=2)"},
      {"nnm(f=2) | trimmed-mean(f=2)", "trimmed-mean(f=2)"},
      {"mean", "krum(f=2)"},
      {"multi-krum(f=2)", "geometric-median"},
    };
    Random random = new Random(7);
    for (String[] pair : pairs) {
      int fA = pair[0].equals("mean") ? 0 : 2;
      double bound = kappa(pair[0], pair[1], 7, fA, 7, 2);
      int f = (fA + 1) * 3 - 1;
      for (int round = 0; round < 200; round++) {
        float[][] vectors = new float[49][3];
        for (float[] vector : vectors) {
          for (int c = 0; c < 3; c++) {
            vector[c] = (float) random.nextGaussian();
          }
        }
        boolean[] honest = new boolean[49];
        Arrays.fill(honest, true);
        // As many as a group does not bear in two groups, the others anywhere.
        float size = (float) Math.pow(10, random.nextInt(4) - 1);
        for (int left = f, k = 0; left > 0; left--, k++) {
          int i = k < 2 * (fA + 1) ? k / (fA + 1) * 7 + k % (fA + 1) : 14 + random.nextInt(35);
          left += honest[i] ? 0 : 1;
          honest[i] = false;
          Arrays.fill(vectors[i], size);
        }
        double ratio = ratio(inGroups(Aggregators.parse(pair[0]), Aggregators.parse(pair[1]), vectors, 7), vectors, honest);
        assertTrue(ratio <= bound, pair[0] + ", " + pair[1] + ": " + ratio + " > " + bound);
      }
    }
  }

  /** n = 10,000 clients, a tenth of them arbitrary, in 100 groups: how many groups are lost, and how far off the result is. */
  @Test
  void tenThousandClientsInGroups() {
    for (int fA : new int[] {12, 15, 20, 25}) {
      Random random = new Random(11);
      boolean[] worst = arbitrary(random);
      for (int draw = 1; draw < 200; draw++) {
        boolean[] next = arbitrary(random);
        worst = lost(next, fA) > lost(worst, fA) ? next : worst;
      }
      int fB = lost(worst, fA);
      assertTrue(fA < 20 || fB <= 3, "hypergeometric tails are thinner than that: " + fB);
      Aggregator first = Aggregators.parse("trimmed-mean(f=" + fA + ")");
      Aggregator second = Aggregators.parse("trimmed-mean(f=" + fB + ")");
      double kappaA = first.certificate(100).kappa().orElseThrow();
      double kappa = kappa(kappaA, second.certificate(100).kappa().orElseThrow(), 100, fA, 100, fB, 1000);
      double near = attacked(first, second, worst, 1.5f);
      double far = attacked(first, second, worst, 100);
      assertDocumented(String.format(Locale.ROOT, "| %d | %d | %.3g | %.4f | %.4f |", fA, fB, kappa, near, far));
      assertTrue(Math.max(near, far) <= kappa, "beyond the bound");
      assertTrue(far < 0.1, "not robust: the mean has 100");
    }
  }

  private static void assertDocumented(String row) {
    assertTrue(Pages.text("docs/scale.md").contains("\n" + row + "\n"), row);
  }

  private static boolean[] arbitrary(Random random) {
    boolean[] arbitrary = new boolean[10_000];
    for (int left = 1000; left > 0; ) {
      int i = random.nextInt(arbitrary.length);
      left -= arbitrary[i] ? 0 : 1;
      arbitrary[i] = true;
    }
    return arbitrary;
  }

  private static int lost(boolean[] arbitrary, int fA) {
    int lost = 0;
    for (int k = 0; k < 100; k++) {
      int count = 0;
      for (int i = 100 * k; i < 100 * (k + 1); i++) {
        count += arbitrary[i] ? 1 : 0;
      }
      lost += count > fA ? 1 : 0;
    }
    return lost;
  }

  /** Honest vectors N(0, 1), the others all at the same number in every coordinate. */
  private static double attacked(Aggregator first, Aggregator second, boolean[] arbitrary, float size) {
    Random random = new Random(17);
    float[][] vectors = new float[arbitrary.length][20];
    boolean[] honest = new boolean[vectors.length];
    for (int i = 0; i < vectors.length; i++) {
      honest[i] = !arbitrary[i];
      for (int c = 0; c < 20; c++) {
        vectors[i][c] = arbitrary[i] ? size : (float) random.nextGaussian();
      }
    }
    return ratio(inGroups(first, second, vectors, 100), vectors, honest);
  }

  /** Random signs: no pair of 60 vectors is off by more than eps with the number of signs that the bound asks for. */
  @Test
  void projectionsKeepDistances() {
    for (double eps : new double[] {0.5, 0.3, 0.2}) {
      int n = 60;
      int d = 2000;
      int m = signs(n, eps, 1e-6);
      double worst = projected(n, d, m);
      assertDocumented(String.format(Locale.ROOT, "| %.1f | %,d | %.3f |", eps, m, worst));
      assertTrue(worst <= eps, eps + ": " + worst);
      assertTrue(worst > eps / 20, "an error too small to be one of projections: " + worst);
    }
  }

  /** n^2 exp(-m (eps^2/2 - eps^3/3) / 2) at most delta. */
  private static int signs(int n, double eps, double delta) {
    return (int) Math.ceil(Math.log((double) n * n / delta) / ((eps * eps / 2 - eps * eps * eps / 3) / 2));
  }

  @Test
  void theNumbersOfSignsInTheTable() {
    assertEquals(774, signs(10_000, 0.5, 1e-6));
    assertEquals(3720, signs(10_000, 0.2, 1e-6), 1);
    assertEquals(13_816, signs(10_000, 0.1, 1e-6), 2);
  }

  private static double projected(int n, int d, int m) {
    RandomGenerator random = new Random(13);
    float[][] vectors = new float[n][d];
    for (float[] vector : vectors) {
      for (int c = 0; c < d; c++) {
        vector[c] = (float) random.nextGaussian();
      }
    }
    float[][] images = new float[n][m];
    float[] signs = new float[d];
    for (int k = 0; k < m; k++) {
      long bits = 0;
      for (int c = 0; c < d; c++, bits >>>= 1) {
        bits = c % 64 == 0 ? random.nextLong() : bits;
        signs[c] = (bits & 1) == 0 ? 1 : -1;
      }
      for (int i = 0; i < n; i++) {
        double sum = 0;
        for (int c = 0; c < d; c++) {
          sum += signs[c] * vectors[i][c];
        }
        images[i][k] = (float) (sum / Math.sqrt(m));
      }
    }
    double worst = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        worst = Math.max(worst, Math.abs(distance(images[i], images[j]) / distance(vectors[i], vectors[j]) - 1));
      }
    }
    return worst;
  }

  private static double distance(float[] x, float[] y) {
    double sum = 0;
    for (int c = 0; c < x.length; c++) {
      sum += (double) (x[c] - y[c]) * (x[c] - y[c]);
    }
    return sum;
  }
}
