package org.monna.simulation.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirichletSplitTest {

  private static final Dataset DATA = Digits.load().training();

  private static int[][] split(int nodes, double alpha, long seed) {
    return DirichletSplit.split(DATA, nodes, alpha, Randomness.of(seed, "test", 0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 0.1, 1, 5, 1e6})
  void sharesAreEquallyLargeAndDisjoint(double alpha) {
    for (int nodes : new int[] {1, 2, 21, 26, 500, DATA.size()}) {
      int[][] shares = split(nodes, alpha, 3);
      assertEquals(nodes, shares.length);
      for (int[] share : shares) {
        assertEquals(DATA.size() / nodes, share.length);
      }
      int[] all = Arrays.stream(shares).flatMapToInt(Arrays::stream).sorted().toArray();
      assertArrayEquals(Arrays.stream(all).distinct().toArray(), all);
      assertTrue(all[0] >= 0 && all[all.length - 1] < DATA.size());
    }
  }

  @Test
  void aSeedDecidesTheShares() {
    assertTrue(Arrays.deepEquals(split(21, 1, 5), split(21, 1, 5)));
    assertFalse(Arrays.deepEquals(split(21, 1, 5), split(21, 1, 6)));
  }

  @Test
  void aLargeAlphaGivesAllClassesEvenlyAndASmallOneFew() {
    assertTrue(meanShareOfCommonestClass(1e6) < 0.2);
    // Without classes that are used up, (1 + 1/2 + ... + 1/10) / 10.
    assertEquals(0.29, meanShareOfCommonestClass(1), 0.05);
    // And here 1.
    assertTrue(meanShareOfCommonestClass(1e-3) > 0.55);
  }

  private static double meanShareOfCommonestClass(double alpha) {
    int[][] shares = split(21, alpha, 1);
    return Arrays.stream(shares)
        .mapToDouble(share -> IntStream.range(0, 10).mapToLong(c -> count(share, c)).max().orElseThrow())
        .map(count -> count / shares[0].length)
        .average()
        .orElseThrow();
  }

  private static long count(int[] share, int label) {
    return Arrays.stream(share).filter(i -> DATA.labels()[i] == label).count();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-4, 0.3, 1, 7})
  void proportionsHaveTheMomentsOfTheDirichletDistribution(double alpha) {
    int classes = 10;
    int draws = 20_000;
    double sum = 0;
    double squares = 0;
    var random = Randomness.of(1, "moments", 0);
    for (int i = 0; i < draws; i++) {
      double[] proportions = DirichletSplit.dirichlet(classes, alpha, random);
      assertEquals(1, Arrays.stream(proportions).sum(), 1e-12);
      sum += proportions[0];
      squares += (proportions[0] - 0.1) * (proportions[0] - 0.1);
    }
    double variance = 0.1 * 0.9 / (classes * alpha + 1);
    // Five standard errors of the mean, and about as many of the variance.
    assertEquals(0.1, sum / draws, 5 * Math.sqrt(variance / draws));
    assertEquals(variance, squares / draws, variance * 5 * 3.0 / Math.sqrt(draws));
  }
}
