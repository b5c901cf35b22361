package org.monna.baselines;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.monna.spi.Order;

/**
 * The search for the k of n vectors with the least diameter, and among several such sets for the first in lexicographic
 * order.
 *
 * <p>A set has at most the squared diameter t if it has no pair in the graph of all pairs that are farther apart, so a
 * bisection over the distances asks for {@linkplain IndependentSets independent sets}; so does, at the least t, the
 * question for each vertex in turn whether a set with it and the earlier answers exists. The time grows with the number
 * n - k of vectors to leave out. The first set known is the smallest ball around a vector that holds k of them.
 */
final class MinimumDiameterSearch {

  /** In words of sets that are looked at, from the proved bound: seconds, were it ever reached. */
  static final SearchLimit LIMIT = new SearchLimit(4096, 3e10, MinimumDiameterSearch::words);

  private final double[][] squared;
  private final int n;
  private final int k;
  private final IndependentSets graph;

  private MinimumDiameterSearch(double[][] squared, int k) {
    this.squared = squared;
    this.n = squared.length;
    this.k = k;
    this.graph = new IndependentSets(n);
  }

  private static double words(int n, int f) {
    int questions = n + 2 * (32 - Integer.numberOfLeadingZeros(n));
    double words = Math.ceil(n / 64.0);
    return IndependentSets.worstCase(f) * questions * n * words;
  }

  static int[] find(double[][] squared, int k) {
    return new MinimumDiameterSearch(squared, k).find();
  }

  private int[] find() {
    int[] ball = smallestBall();
    double radius = diameter(new int[] {ball[0], ball[k - 1]});
    double diameter = diameter(ball);
    double[] candidates = distances(radius, diameter);
    long[] best = graph.setOf(ball);
    int low = 0;
    int high = candidates.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      graph.connect(squared, candidates[middle]);
      long[] found = search(graph.setOf(IntStream.range(0, n).toArray()));
      if (found != null) {
        best = found;
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    graph.connect(squared, candidates[high]);
    return first(best);
  }

  /** The k vectors nearest to the one for which the farthest of them is the least far, the nearest first. */
  private int[] smallestBall() {
    int[] best = {};
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      double[] keys = squared[i].clone();
      keys[i] = -1;
      int[] ball = Order.smallest(keys, k);
      double radius = squared[i][ball[k - 1]];
      if (radius < least) {
        least = radius;
        best = ball;
      }
    }
    return best;
  }

  private double diameter(int[] set) {
    double largest = 0;
    for (int i : set) {
      for (int j : set) {
        largest = Math.max(largest, squared[i][j]);
      }
    }
    return largest;
  }

  /** The different squared distances in a range, ascending; its end is one of them. */
  private double[] distances(double from, double to) {
    return IntStream.range(0, n)
        .mapToObj(i -> Arrays.stream(squared[i], 0, i + 1))
        .flatMapToDouble(row -> row)
        .filter(d -> d >= from && d <= to)
        .sorted()
        .distinct()
        .toArray();
  }

  private long @Nullable [] search(long[] set) {
    int removable = IndependentSets.count(set) - k;
    return removable < 0 ? null : graph.find(set, removable);
  }

  /**
   * The first set in lexicographic order, if one is known: those vectors are decided on that are below the current one.
   */
  private int[] first(long[] known) {
    long[] witness = known;
    long[] left = graph.setOf(IntStream.range(0, n).toArray());
    for (int i = 0; i < n; i++) {
      if (IndependentSets.contains(left, i)) {
        long[] with = graph.withoutNeighbors(left, i);
        long[] found = IndependentSets.contains(witness, i) ? witness : search(with);
        witness = found != null ? found : witness;
        left = found != null ? with : IndependentSets.without(left, i);
      }
    }
    long[] set = witness;
    return IntStream.range(0, n).filter(i -> IndependentSets.contains(set, i)).limit(k).toArray();
  }
}
