package org.monna.baselines;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How far the searches for sets of least variance and least largest eigenvalue look: where they begin is a set that no exchange of two
 * vectors makes better, and they give up the branches that their bounds, computed plainly, say are lost, no fewer and no more.
 */
class SearchStepsTest {

  private final Random random = new Random(17);

  private static double[][] squared(float[][] vectors) {
    return Arrays.stream(vectors)
        .map(x -> Arrays.stream(vectors).mapToDouble(y -> Samples.squaredDistance(x, y)).toArray())
        .toArray(double[][]::new);
  }

  private static double sum(double[][] squared, int[] set) {
    return Arrays.stream(set).mapToDouble(i -> Arrays.stream(set).mapToDouble(j -> squared[i][j]).sum()).sum() / 2;
  }

  /** k times the largest eigenvalue of the covariance of k vectors. */
  private static double scatter(float[][] vectors, int[] set) {
    return set.length * Oracle.largestEigenvalue(Oracle.covariance(vectors, set));
  }

  private static int[] with(int[] set, int... more) {
    return IntStream.concat(Arrays.stream(set), Arrays.stream(more)).toArray();
  }

  private static boolean contains(int[] set, int i) {
    return Arrays.stream(set).anyMatch(member -> member == i);
  }

  /** The nearest vectors to the one with the least sum of squared distances to them, exchanged for the better, the best exchange first. */
  private static int[] exchanged(double[][] squared, int k) {
    int n = squared.length;
    int[] set = {};
    double least = Double.POSITIVE_INFINITY;
    for (double[] row : squared) {
      int[] ball = IntStream.range(0, n).boxed().sorted((i, j) -> Double.compare(row[i], row[j])).mapToInt(i -> i).limit(k).toArray();
      double sum = Arrays.stream(ball).mapToDouble(i -> row[i]).sum();
      if (sum < least) {
        least = sum;
        set = ball;
      }
    }
    for (int[] better = set; better != null; ) {
      set = better;
      better = null;
      least = sum(squared, set) * (1 - 1e-9);
      for (int a = 0; a < k; a++) {
        for (int v = 0; v < n; v++) {
          int[] other = set.clone();
          other[a] = v;
          if (!contains(set, v) && sum(squared, other) < least) {
            least = sum(squared, other);
            better = other;
          }
        }
      }
    }
    return IntStream.of(set).sorted().toArray();
  }

  @Test
  void whereTheSearchForTheLeastVarianceBegins() {
    // So many since the vector in the middle of the first set is rarely among those that are exchanged.
    for (int repeat = 0; repeat < 4000; repeat++) {
      int n = 2 + random.nextInt(14);
      int k = 1 + random.nextInt(n - 1);
      double[][] squared = squared(Samples.withOutliers(random, n, 0, 1 + random.nextInt(3)));
      assertArrayEquals(exchanged(squared, k), MinimumVarianceSearch.nearOptimum(squared, k));
    }
    // No exchange makes it better, whatever is equal.
    for (int repeat = 0; repeat < 300; repeat++) {
      int n = 2 + random.nextInt(10);
      int k = 1 + random.nextInt(n - 1);
      double[][] squared = squared(Samples.lattice(random, n, 1 + random.nextInt(3)));
      assertCannotBeExchanged(MinimumVarianceSearch.nearOptimum(squared, k), n, set -> sum(squared, set));
    }
  }

  @Test
  void whereTheSearchForTheLeastEigenvalueBegins() {
    for (int repeat = 0; repeat < 300; repeat++) {
      int n = 2 + random.nextInt(8);
      int k = 1 + random.nextInt(n - 1);
      int d = 1 + random.nextInt(3);
      float[][] vectors = repeat % 2 == 0 ? Samples.lattice(random, n, d) : Samples.withOutliers(random, n, 2, d);
      int[] set = SpectralSearch.nearOptimum(squared(vectors), k);
      assertCannotBeExchanged(set, n, s -> scatter(vectors, s));
      int[] before = MinimumVarianceSearch.nearOptimum(squared(vectors), k);
      assertTrue(scatter(vectors, set) <= scatter(vectors, before) * (1 + 1e-9));
    }
  }

  @Test
  void eliminationTellsWhetherAnEigenvalueIsBelow() {
    for (int repeat = 0; repeat < 300; repeat++) {
      int k = 2 + random.nextInt(8);
      float[][] vectors = Samples.withOutliers(random, k + 2, random.nextInt(3), 1 + random.nextInt(10));
      int[] set = IntStream.range(0, k + 2).boxed().sorted(Comparator.comparing(i -> vectors[i][0])).mapToInt(i -> i).limit(k).toArray();
      double largest = scatter(vectors, set);
      assertTrue(SpectralSearch.isBelow(squared(vectors), set, largest * (1 + 1e-6)));
      assertFalse(SpectralSearch.isBelow(squared(vectors), set, largest * (1 - 1e-6)));
      assertFalse(SpectralSearch.isBelow(squared(vectors), set, 0));
    }
  }

  private static void assertCannotBeExchanged(int[] set, int n, ToDoubleFunction<int[]> spread) {
    assertArrayEquals(IntStream.of(set).sorted().distinct().toArray(), set);
    double least = spread.applyAsDouble(set) * (1 - 1e-9) - 1e-9;
    for (int a = 0; a < set.length; a++) {
      for (int v = 0; v < n; v++) {
        int[] other = set.clone();
        other[a] = v;
        assertTrue(contains(set, v) || spread.applyAsDouble(other) >= least);
      }
    }
  }

  /** The branches of the search for the least sum of whole numbers, in which nothing is rounded. */
  private static final class PlainVariance {

    final double[][] squared;
    final int k;
    double limit;
    long visited;

    PlainVariance(double[][] squared, int k) {
      this.squared = squared;
      this.k = k;
      this.limit = sum(squared, MinimumVarianceSearch.nearOptimum(squared, k)) * (1 + 1e-12);
    }

    void decide(int t, int[] taken) {
      visited++;
      if (taken.length == k) {
        limit = sum(squared, taken) * (1 - 1e-12);
        return;
      }
      // What a vector to come adds at least: its distances to the taken ones, and half of those to the nearest others to come.
      double toCome =
          IntStream.range(t, squared.length)
              .mapToDouble(u -> Arrays.stream(taken).mapToDouble(i -> squared[u][i]).sum() + nearest(u, t, k - taken.length - 1) / 2)
              .sorted()
              .limit(k - taken.length)
              .sum();
      if (sum(squared, taken) + toCome < limit) {
        decide(t + 1, with(taken, t));
        if (squared.length - t > k - taken.length) {
          decide(t + 1, taken);
        }
      }
    }

    private double nearest(int u, int t, int count) {
      return IntStream.range(t, squared.length).filter(v -> v != u).mapToDouble(v -> squared[u][v]).sorted().limit(count).sum();
    }
  }

  @Test
  void theSearchForTheLeastVarianceGivesUpWhatItsBoundSays() {
    for (int repeat = 0; repeat < 200; repeat++) {
      int n = 2 + random.nextInt(11);
      int f = 1 + random.nextInt(Math.max(1, (n - 1) / 2));
      float[][] vectors = Samples.lattice(random, n, 1 + random.nextInt(6));
      for (int i = 0; i < f && repeat % 2 == 0; i++) {
        vectors[random.nextInt(n)][0] += 7;
      }
      double[][] squared = squared(vectors);
      PlainVariance plain = new PlainVariance(squared, n - f);
      plain.decide(0, new int[0]);
      MinimumVarianceSearch search = new MinimumVarianceSearch(squared, n - f);
      search.find();
      assertEquals(plain.visited, search.visited(), () -> Arrays.deepToString(vectors));
      assertTrue(search.visited() <= SearchLimit.prefixes(n, f) + 1);
    }
  }

  /** The branches of the search for the least eigenvalue, from eigenvalues. */
  private static final class PlainEigenvalue {

    final float[][] vectors;
    final int k;
    double limit;
    long visited;

    PlainEigenvalue(float[][] vectors, int k) {
      this.vectors = vectors;
      this.k = k;
      this.limit = scatter(vectors, SpectralSearch.nearOptimum(squared(vectors), k)) * (1 + 1e-12);
    }

    private boolean canBeTaken(int[] taken, int... more) {
      return taken.length == 0 || scatter(vectors, with(taken, more)) < limit;
    }

    void decide(int t, int[] taken) {
      visited++;
      if (taken.length == k) {
        limit = Math.min(limit, scatter(vectors, taken) * (1 - 1e-12));
        return;
      }
      if (isLost(t, taken)) {
        return;
      }
      if (canBeTaken(taken, t)) {
        decide(t + 1, with(taken, t));
      }
      // The limit may be lower than on the way here.
      if (leaveOut(t, taken) > 0 && IntStream.rangeClosed(0, t).noneMatch(u -> isLost(u, below(taken, u)))) {
        decide(t + 1, taken);
      }
    }

    private static int[] below(int[] taken, int t) {
      return IntStream.of(taken).filter(i -> i < t).toArray();
    }

    private int leaveOut(int t, int[] taken) {
      return vectors.length - t - (k - taken.length);
    }

    /** More must be left out than may be: those that cannot be taken, and one of each of the pairs that cannot, found one by one. */
    private boolean isLost(int t, int[] taken) {
      int out = 0;
      boolean[] gone = new boolean[vectors.length];
      for (int u = t; u < gone.length; u++) {
        gone[u] = !canBeTaken(taken, u);
        out += gone[u] ? 1 : 0;
      }
      for (int u = t; u < gone.length; u++) {
        for (int v = t; v < u; v++) {
          if (!gone[u] && !gone[v] && !canBeTaken(taken, u, v)) {
            gone[u] = true;
            gone[v] = true;
            out++;
          }
        }
      }
      return out > leaveOut(t, taken);
    }
  }

  @Test
  void theSearchForTheLeastEigenvalueGivesUpWhatItsEliminationSays() {
    for (int repeat = 0; repeat < 100; repeat++) {
      int n = 2 + random.nextInt(8);
      int f = 1 + random.nextInt(Math.max(1, (n - 1) / 2));
      float[][] vectors = Samples.withOutliers(random, n, repeat % 3 == 0 ? f : 0, 1 + random.nextInt(4));
      PlainEigenvalue plain = new PlainEigenvalue(vectors, n - f);
      plain.decide(0, new int[0]);
      SpectralSearch search = new SpectralSearch(squared(vectors), n - f);
      search.find();
      assertEquals(plain.visited, search.visited(), () -> Arrays.deepToString(vectors));
    }
  }

  /** Nothing is below a spread of 0, and of the sets without one the first is known at once. */
  @Test
  void equalVectorsAreNotSearched() {
    double[][] squared = new double[30][30];
    MinimumVarianceSearch variance = new MinimumVarianceSearch(squared, 20);
    assertArrayEquals(IntStream.range(0, 20).toArray(), variance.find());
    assertEquals(1, variance.visited());
    SpectralSearch spectral = new SpectralSearch(squared, 20);
    assertArrayEquals(IntStream.range(0, 20).toArray(), spectral.find());
    // Each of the eleven that may come first, and what is left to decide on after it.
    assertEquals(22, spectral.visited());
  }
}
