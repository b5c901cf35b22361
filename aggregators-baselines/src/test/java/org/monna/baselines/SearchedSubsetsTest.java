package org.monna.baselines;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.Guarantee;

/** Minimum diameter, minimum variance and SMEA against all subsets. */
class SearchedSubsetsTest {

  private static final String DIAMETER = "minimum-diameter-averaging";
  private static final String VARIANCE = "minimum-variance-averaging";
  private static final String SPECTRAL = "smea";

  private final Random random = new Random(11);

  private static ToDoubleFunction<int[]> spread(String rule, float[][] vectors) {
    return switch (rule) {
      case DIAMETER -> set -> diameter(vectors, set);
      case VARIANCE -> set -> Oracle.trace(Oracle.covariance(vectors, set));
      default -> set -> Oracle.largestEigenvalue(Oracle.covariance(vectors, set));
    };
  }

  private static double diameter(float[][] vectors, int[] set) {
    double largest = 0;
    for (int i : set) {
      for (int j : set) {
        largest = Math.max(largest, Samples.squaredDistance(vectors[i], vectors[j]));
      }
    }
    return largest;
  }

  /** The first set in lexicographic order with the least spread, up to rounding. */
  private static int[] first(int n, int k, ToDoubleFunction<int[]> spread) {
    int[][] best = {{}};
    double[] least = {Double.POSITIVE_INFINITY};
    Oracle.subsets(
        n,
        k,
        set -> {
          double value = spread.applyAsDouble(set);
          if (value < least[0] - 1e-9 * Math.abs(least[0]) || best[0].length == 0) {
            least[0] = value;
            best[0] = set.clone();
          }
        });
    return best[0];
  }

  private float[][] vectors(int kind, int n, int f, int d) {
    float[][] vectors = kind == 0 ? Samples.lattice(random, n, d) : Samples.withOutliers(random, n, f, d);
    for (int i = 1; i < n; i++) {
      if (kind == 2 && random.nextInt(3) == 0) {
        vectors[i] = vectors[random.nextInt(i)].clone();
      }
      for (int c = 0; c < d; c++) {
        vectors[i][c] *= kind == 3 && i % 4 == 0 ? 1e20f : 1;
      }
    }
    return vectors;
  }

  @ParameterizedTest
  @ValueSource(strings = {DIAMETER, VARIANCE, SPECTRAL})
  void isTheFirstOfTheBestSubsets(String name) {
    for (int repeat = 0; repeat < 200; repeat++) {
      int n = 1 + random.nextInt(10);
      int f = random.nextInt((n + 1) / 2);
      float[][] vectors = vectors(repeat % 4, n, f, 1 + random.nextInt(4));
      Aggregator rule = Aggregators.parse(name + "(f=" + f + ")");
      int[] expected = first(n, n - f, spread(name, vectors));
      int[] found = Oracle.support(rule.plan(Oracle.geometry(vectors)));
      assertArrayEquals(
          expected, found, () -> rule + ": " + Arrays.toString(found) + " of " + Arrays.deepToString(vectors));
    }
  }

  /** All distances nearly equal: the hardest case for bounds. The result is no worse than what exchanges reach. */
  @ParameterizedTest
  @ValueSource(strings = {DIAMETER, VARIANCE, SPECTRAL})
  void answersForNearlyEqualDistances(String name) {
    int n = 30;
    int f = 10;
    float[][] vectors = new float[n][2000];
    for (float[] vector : vectors) {
      for (int c = 0; c < vector.length; c++) {
        vector[c] = (float) random.nextGaussian();
      }
      double norm = Samples.norm(vector);
      for (int c = 0; c < vector.length; c++) {
        vector[c] /= (float) norm;
      }
    }
    Aggregator rule = Aggregators.parse(name + "(f=" + f + ")");
    int[] found = Oracle.support(rule.plan(Oracle.geometry(vectors)));
    assertEquals(n - f, found.length);
    double[][] squared = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        squared[i][j] = Samples.squaredDistance(vectors[i], vectors[j]);
      }
    }
    ToDoubleFunction<int[]> spread =
        switch (name) {
          case DIAMETER -> set -> diameter(vectors, set);
          case VARIANCE -> set -> Arrays.stream(set).mapToDouble(i -> sum(squared[i], set)).sum();
          default -> set -> Oracle.largestEigenvalue(centred(squared, set));
        };
    double least = spread.applyAsDouble(found);
    boolean[] inside = new boolean[n];
    for (int i : found) {
      inside[i] = true;
    }
    for (int a = 0; a < found.length; a++) {
      for (int v = 0; v < n; v++) {
        if (!inside[v]) {
          int[] other = found.clone();
          other[a] = v;
          assertTrue(spread.applyAsDouble(other) >= least * (1 - 1e-5));
        }
      }
    }
  }

  private static double sum(double[] row, int[] set) {
    return Arrays.stream(set).mapToDouble(j -> row[j]).sum();
  }

  private static double[][] centred(double[][] squared, int[] set) {
    int k = set.length;
    double[] means = Arrays.stream(set).mapToDouble(i -> sum(squared[i], set) / k).toArray();
    double mean = Arrays.stream(means).sum() / k;
    double[][] inner = new double[k][k];
    for (int a = 0; a < k; a++) {
      for (int b = 0; b < k; b++) {
        inner[a][b] = (means[a] + means[b] - mean - squared[set[a]][set[b]]) / 2;
      }
    }
    return inner;
  }

  /** A search that must be cut short still keeps its word: at most twice the least spread, and less than that of the honest set. */
  @Test
  void cutShortItIsWithinTwiceTheLeast() {
    int n = 150;
    int f = 60;
    float[][] vectors = new float[n][20];
    for (float[] vector : vectors) {
      for (int c = 0; c < vector.length; c++) {
        vector[c] = (float) random.nextGaussian();
      }
    }
    int[] some = IntStream.range(f, n).toArray();
    for (String name : List.of(DIAMETER, VARIANCE, SPECTRAL)) {
      int[] found = Oracle.support(Aggregators.parse(name + "(f=" + f + ")").plan(Oracle.geometry(vectors)));
      assertEquals(n - f, found.length);
      double times = name.equals(DIAMETER) ? 4 : 2;
      ToDoubleFunction<int[]> spread = spread(name.equals(DIAMETER) ? DIAMETER : VARIANCE, vectors);
      assertTrue(spread.applyAsDouble(found) <= times * spread.applyAsDouble(some), name);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {DIAMETER, VARIANCE, SPECTRAL})
  void neverChoosesWhatIsNotFinite(String name) {
    float[][] vectors = Samples.withOutliers(random, 9, 3, 4);
    vectors[0][2] = Float.NaN;
    vectors[4][0] = Float.NEGATIVE_INFINITY;
    vectors[8][1] = 3e38f;
    Aggregator rule = Aggregators.parse(name + "(f=3)");
    int[] found = Oracle.support(rule.plan(Oracle.geometry(vectors)));
    assertEquals(6, found.length);
    assertTrue(Arrays.stream(found).noneMatch(i -> i == 0 || i == 4 || i == 8));
    // More than f: whatever is finite.
    vectors[1][0] = Float.NaN;
    vectors[2][0] = Float.NaN;
    assertArrayEquals(new int[] {3, 5, 6, 7, 8}, Oracle.support(rule.plan(Oracle.geometry(vectors))));
  }

  @Test
  void independentSetsAreFoundWhereTheyAre() {
    for (int repeat = 0; repeat < 300; repeat++) {
      int n = 1 + random.nextInt(12);
      double density = random.nextDouble();
      double[][] edges = new double[n][n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < i; j++) {
          edges[i][j] = edges[j][i] = random.nextDouble() < density ? 1 : 0;
        }
      }
      IndependentSets graph = new IndependentSets(n);
      graph.connect(edges, 0.5);
      long[] all = graph.setOf(IntStream.range(0, n).toArray());
      for (int k = 1; k <= n; k++) {
        boolean[] exists = {false};
        Oracle.subsets(n, k, set -> exists[0] |= diameterOf(edges, set) == 0);
        long[] found = graph.find(all, n - k, 1_000_000);
        assertEquals(exists[0], found != null);
        if (found != null) {
          long[] set = found;
          int[] members = IntStream.range(0, n).filter(i -> IndependentSets.contains(set, i)).toArray();
          assertTrue(members.length >= k);
          assertEquals(0, diameterOf(edges, members));
        }
        assertTrue(1_000_000 - graph.budgetLeft() <= IndependentSets.worstCase(n - k));
      }
    }
  }

  private static double diameterOf(double[][] distances, int[] set) {
    return Arrays.stream(set).mapToDouble(i -> Arrays.stream(set).mapToDouble(j -> distances[i][j]).max().orElse(0)).max().orElse(0);
  }

  @Test
  void promisesWhatTheSearchAllows() {
    for (int n : new int[] {3, 10, 20}) {
      for (int f = 0; 2 * f < n; f++) {
        assertTrue(MinimumDiameterSearch.isExact(n, f));
        assertTrue(MinimumVarianceSearch.isExact(n, f));
        assertTrue(SpectralSearch.isExact(n, f), n + ", " + f);
      }
    }
    assertTrue(MinimumDiameterSearch.isExact(40, 19));
    assertTrue(MinimumDiameterSearch.isExact(1000, 15));
    assertFalse(MinimumDiameterSearch.isExact(1000, 100));
    assertTrue(MinimumVarianceSearch.isExact(22, 10));
    assertTrue(MinimumVarianceSearch.isExact(30, 6));
    assertFalse(MinimumVarianceSearch.isExact(30, 10));
    assertTrue(SpectralSearch.isExact(30, 4));
    assertFalse(SpectralSearch.isExact(30, 10));
    assertEquals(2.0 * 4 / 16, new MinimumDiameterAveraging(4).certificate(20).lambda().orElseThrow(), 1e-12);
    assertEquals(3.0 * 100 / 900, new MinimumDiameterAveraging(100).certificate(1000).lambda().orElseThrow(), 1e-12);
    assertEquals(4.0 / 3, new MinimumVarianceAveraging(4).certificate(20).kappa().orElseThrow(), 1e-12);
    assertTrue(new Smea(4).certificate(20).guarantees().stream().anyMatch(SearchedSubsetsTest::isSpectral));
    assertTrue(new Smea(10).certificate(30).guarantees().stream().noneMatch(SearchedSubsetsTest::isSpectral));
    // For fewer arbitrary vectors the plain bound stays, the spectral one grows with the size of S.
    List<Guarantee> fewer = new Smea(4).certificate(20, 2).guarantees();
    assertTrue(fewer.stream().anyMatch(g -> isSpectral(g) && Math.abs(g.constant() - 4.0 / 3 * 18 / 16) < 1e-12));
    assertEquals(4.0 / 3, new Smea(4).certificate(20, 2).kappa().orElseThrow(), 1e-12);
  }

  private static boolean isSpectral(Guarantee guarantee) {
    return guarantee instanceof Guarantee.Robustness robustness && robustness.spectral();
  }

  /** f numbers -1, n - 2f zeros, f ones: both bounds are reached. */
  @Test
  void boundsAreTight() {
    float[][] mirror = {{-1}, {-1}, {0}, {0}, {0}, {1}, {1}};
    double error = new MinimumDiameterAveraging(2).aggregate(mirror)[0] - 2.0 / 5;
    assertEquals(-new MinimumDiameterAveraging(2).certificate(7).lambda().orElseThrow(), error, 1e-6);
    double variance = 2.0 / 5 * 3 / 5;
    for (Aggregator rule : List.of(new MinimumVarianceAveraging(2), new Smea(2))) {
      double far = rule.aggregate(mirror)[0] - 2.0 / 5;
      assertEquals(rule.certificate(7).kappa().orElseThrow() * variance, far * far, 1e-6);
    }
  }

  @Test
  void needsAnHonestMajority() {
    for (String name : List.of(DIAMETER, VARIANCE, SPECTRAL, "caf")) {
      Aggregator rule = Aggregators.parse(name + "(f=2)");
      assertEquals(name + "(f=2)", rule.toString());
      Exception e = assertThrows(IllegalArgumentException.class, () -> rule.aggregate(new float[4][3]));
      assertTrue(e.getMessage().contains("n > 2f") && e.getMessage().contains("n = 4"), e.getMessage());
      assertThrows(IllegalArgumentException.class, () -> Aggregators.parse(name + "(f=-1)"));
    }
  }
}
