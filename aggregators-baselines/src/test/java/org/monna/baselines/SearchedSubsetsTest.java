package org.monna.baselines;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.Geometry;
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

  /** Sets that are too many to list by hand, but not for the machine. */
  @ParameterizedTest
  @ValueSource(strings = {DIAMETER, VARIANCE, SPECTRAL})
  void isTheBestOfTenThousandSubsets(String name) {
    for (int kind = 0; kind < 4; kind++) {
      float[][] vectors = vectors(kind, 16, 6, 6);
      Aggregator rule = Aggregators.parse(name + "(f=6)");
      int[] found = Oracle.support(rule.plan(Oracle.geometry(vectors)));
      assertArrayEquals(first(16, 10, spread(name, vectors)), found, () -> rule + ": " + Arrays.toString(found));
    }
  }

  /** Of an edge whose ends are in different words, one end must go. */
  @Test
  void independentSetsOfSeveralWords() {
    int n = 130;
    double[][] edges = new double[n][n];
    edges[3][129] = edges[129][3] = 1;
    edges[70][128] = edges[128][70] = 1;
    IndependentSets graph = new IndependentSets(n);
    graph.connect(edges, 0.5);
    long[] all = graph.setOf(IntStream.range(0, n).toArray());
    assertNull(graph.find(all, 1));
    long[] found = requireNonNull(graph.find(all, 2));
    assertEquals(128, IndependentSets.count(found));
    assertTrue(IndependentSets.contains(found, 3) != IndependentSets.contains(found, 129));
    assertTrue(IndependentSets.contains(found, 70) != IndependentSets.contains(found, 128));
  }

  /** More vectors than bits in a word. On a line the best set is the shortest interval that holds so many. */
  @Test
  void theLeastDiameterOfManyVectorsOnALine() {
    for (int repeat = 0; repeat < 30; repeat++) {
      int n = 65 + random.nextInt(100);
      int f = 1 + random.nextInt(20);
      float[][] vectors = Samples.withOutliers(random, n, random.nextInt(f + 1), 1);
      int[] order = IntStream.range(0, n).boxed().sorted(Comparator.comparing(i -> vectors[i][0])).mapToInt(i -> i).toArray();
      int first =
          IntStream.rangeClosed(0, f)
              .boxed()
              .min(Comparator.comparing(i -> (double) vectors[order[i + n - f - 1]][0] - vectors[order[i]][0]))
              .orElseThrow();
      int[] expected = Arrays.stream(order, first, first + n - f).sorted().toArray();
      assertArrayEquals(expected, Oracle.support(new MinimumDiameterAveraging(f).plan(Oracle.geometry(vectors))));
    }
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
        long before = graph.visited();
        long[] found = graph.find(all, n - k);
        assertEquals(exists[0], found != null);
        if (found != null) {
          long[] set = found;
          int[] members = IntStream.range(0, n).filter(i -> IndependentSets.contains(set, i)).toArray();
          assertTrue(members.length >= k);
          assertEquals(0, diameterOf(edges, members));
        }
        long visited = graph.visited() - before;
        assertTrue(1 <= visited && visited <= IndependentSets.worstCase(n - k));
      }
    }
  }

  private static double diameterOf(double[][] distances, int[] set) {
    return Arrays.stream(set).mapToDouble(i -> Arrays.stream(set).mapToDouble(j -> distances[i][j]).max().orElse(0)).max().orElse(0);
  }

  @Test
  void promisesWhatIsProved() {
    assertEquals(2.0 * 4 / 16, new MinimumDiameterAveraging(4).certificate(20).lambda().orElseThrow(), 1e-12);
    // The smaller of two bounds, one for small and one for large f.
    assertEquals(8 * 1.0 / 19, new MinimumDiameterAveraging(1).certificate(20).kappa().orElseThrow(), 1e-12);
    double root = 1 + Math.sqrt(14);
    assertEquals(5.0 / 10 * root * root, new MinimumDiameterAveraging(5).certificate(20).kappa().orElseThrow(), 1e-12);
    assertEquals(4.0 / 3, new MinimumVarianceAveraging(4).certificate(20).kappa().orElseThrow(), 1e-12);
    assertTrue(new Smea(10).certificate(30).guarantees().stream().anyMatch(SearchedSubsetsTest::isSpectral));
    // For fewer arbitrary vectors the plain bound stays, the spectral one grows with the size of S.
    List<Guarantee> fewer = new Smea(4).certificate(20, 2).guarantees();
    assertTrue(fewer.stream().anyMatch(g -> isSpectral(g) && Math.abs(g.constant() - 4.0 / 3 * 18 / 16) < 1e-12));
    assertEquals(4.0 / 3, new Smea(4).certificate(20, 2).kappa().orElseThrow(), 1e-12);
  }

  /** Which sizes are refused depends on n and f alone, is said before anything is measured, and names the limit. */
  @ParameterizedTest
  @CsvSource({
    DIAMETER + ", 64, 31, 100, 36, f <= 35 for n = 100",
    DIAMETER + ", 1000, 17, 1000, 300, f <= 17 for n = 1000",
    DIAMETER + ", 4096, 7, 5000, 1, f <= 0 for n = 5000",
    VARIANCE + ", 27, 13, 30, 11, f <= 10 for n = 30",
    VARIANCE + ", 40, 7, 40, 8, f <= 7 for n = 40",
    VARIANCE + ", 1000, 1, 100, 30, f <= 4 for n = 100",
    SPECTRAL + ", 27, 13, 30, 12, f <= 10 for n = 30",
    SPECTRAL + ", 40, 6, 40, 7, f <= 6 for n = 40",
    SPECTRAL + ", 100, 3, 129, 1, f <= 0 for n = 129"
  })
  void refusesWhatItCouldNotSearch(String name, int n, int f, int tooMany, int tooLarge, String limit) {
    assertEquals(Geometry.Need.PAIRWISE, Aggregators.parse(name + "(f=" + f + ")").need(n));
    assertEquals(Geometry.Need.PAIRWISE, Aggregators.parse(name + "(f=0)").need(100_000));
    Aggregator rule = Aggregators.parse(name + "(f=" + tooLarge + ")");
    for (Executable call : List.<Executable>of(() -> rule.need(tooMany), () -> rule.certificate(tooMany))) {
      String message = assertThrows(IllegalArgumentException.class, call).getMessage();
      assertTrue(message.startsWith(rule + " needs " + limit), message);
      assertTrue(message.endsWith("n = " + tooMany + " and f = " + tooLarge), message);
    }
  }

  @Test
  void theLimitItselfIsAdmitted() {
    SearchLimit limit = new SearchLimit(100, 50, (n, f) -> 10.0 * f);
    limit.require("a rule", 100, 5);
    String most = "a rule needs f <= 5 for n = 100 (its exact search could take minutes beyond), but n = 100 and f = 6";
    assertEquals(most, assertThrows(IllegalArgumentException.class, () -> limit.require("a rule", 100, 6)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> limit.require("a rule", 101, 1));
    limit.require("a rule", 101, 0);
    // C(5, 1) + C(5, 2) + C(5, 3), and all sets but the empty one.
    assertEquals(25, SearchLimit.prefixes(5, 2));
    assertEquals(31, SearchLimit.prefixes(5, 4));
  }

  /** The largest searches that are admitted end, and are exact, for vectors that make bounds useless. */
  @ParameterizedTest
  @Timeout(120)
  @ValueSource(strings = {DIAMETER, VARIANCE, SPECTRAL})
  void endsForHardVectors(String name) {
    int n = 30;
    Aggregator rule = Aggregators.parse(name + "(f=10)");
    // The ends of the axes: of all pairs but the opposite ones the distances are equal.
    float[][] ends = new float[n][n / 2];
    for (int i = 0; i < n; i++) {
      ends[i][i / 2] = i % 2 == 0 ? 1 : -1;
    }
    int[] found = Oracle.support(rule.plan(Oracle.geometry(ends)));
    // Twenty of them hold both ends of five axes at least; the least variance is that of five.
    long pairs = IntStream.of(found).filter(i -> i % 2 == 0 && Arrays.binarySearch(found, i + 1) >= 0).count();
    assertTrue(pairs == 5 || !name.equals(VARIANCE), pairs + " axes");
    // A circle, of which the best part is an arc or two.
    float[][] circle = new float[n][2];
    for (int i = 0; i < n; i++) {
      circle[i] = new float[] {(float) Math.cos(2 * Math.PI * i / n), (float) Math.sin(2 * Math.PI * i / n)};
    }
    ToDoubleFunction<int[]> spread = spread(name, circle);
    int[] best = Oracle.support(rule.plan(Oracle.geometry(circle)));
    for (int turn = 0; turn < n; turn++) {
      int from = turn;
      int[] arc = IntStream.range(0, n - 10).map(i -> (from + i) % n).sorted().toArray();
      assertTrue(spread.applyAsDouble(best) <= spread.applyAsDouble(arc) * (1 + 1e-6));
    }
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
