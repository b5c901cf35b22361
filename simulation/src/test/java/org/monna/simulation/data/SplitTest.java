package org.monna.simulation.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {

  private static final Dataset DIGITS = Digits.load().training();

  /** Sizes and labels of every kind, rows that nobody looks at. */
  private static Dataset data(int size, int classes, long seed) {
    return new Dataset(
        new float[size][1], Randomness.of(seed, "labels", 0).ints(size, 0, classes).toArray(), classes);
  }

  private static int[][] shares(String split, Dataset data, int nodes, long seed) {
    return Split.parse(split).shares(data, nodes, Randomness.of(seed, "test", 0));
  }

  @Provide
  Arbitrary<String> splits() {
    return Arbitraries.of(
        "iid", "by-label", "gamma(0)", "gamma(0.3)", "gamma(1)", "dirichlet(0.01)", "dirichlet(1)", "dirichlet(1e6)",
        "paper-dirichlet(0.01)", "paper-dirichlet(1)", "paper-dirichlet(1e6)");
  }

  @Property(tries = 400, seed = "20261124")
  void noNodeHasAnExampleTwiceAndAllHaveSome(
      @ForAll("splits") String split,
      @ForAll @IntRange(min = 1, max = 300) int size,
      @ForAll @IntRange(min = 1, max = 12) int classes,
      @ForAll @IntRange(min = 1, max = 40) int nodes,
      @ForAll long seed) {
    boolean overlapping = split.startsWith("paper");
    Assume.that(nodes <= size && (!overlapping || size / nodes >= classes));
    Dataset data = data(size, classes, seed);
    int[][] shares = shares(split, data, nodes, seed);
    assertEquals(nodes, shares.length);
    for (int[] share : shares) {
      assertTrue(share.length >= 1 || overlapping, split);
      assertTrue(share.length <= (size + nodes - 1) / nodes);
      assertEquals(share.length, Arrays.stream(share).distinct().count());
      assertTrue(Arrays.stream(share).allMatch(i -> i >= 0 && i < size));
    }
    if (!overlapping) {
      int given = Arrays.stream(shares).mapToInt(s -> s.length).sum();
      assertEquals(given, Arrays.stream(shares).flatMapToInt(Arrays::stream).distinct().count());
      assertEquals(split.startsWith("dirichlet") ? size / nodes * nodes : size, given);
      assertTrue(Arrays.stream(shares).allMatch(s -> s.length >= size / nodes));
    }
    assertArrayEquals(shares, shares(split, data, nodes, seed));
  }

  @Property(tries = 100, seed = "20261124")
  void gammaSharesTheFractionAtRandomAndSortsTheRest(
      @ForAll @DoubleRange(min = 0, max = 1) double g, @ForAll @IntRange(min = 1, max = 30) int nodes) {
    Dataset data = data(1000, 10, 1);
    int[][] shares = shares("gamma(" + g + ")", data, nodes, 7);
    int common = (int) (g * 1000);
    int[] ends = new int[nodes];
    int commonGiven = 0;
    for (int node = 0; node < nodes; node++) {
      int length = common * (node + 1) / nodes - common * node / nodes;
      commonGiven += length;
      int[] labels = Arrays.stream(shares[node]).skip(length).map(i -> data.labels()[i]).toArray();
      assertArrayEquals(Arrays.stream(labels).sorted().toArray(), labels);
      if (labels.length > 0) {
        assertTrue(node == 0 || ends[node - 1] <= labels[0]);
      }
      ends[node] = labels.length > 0 ? labels[labels.length - 1] : node == 0 ? 0 : ends[node - 1];
    }
    assertEquals(common, commonGiven);
  }

  /** With fewer examples to be sorted than nodes, what one node was given too much of cannot be taken back from the next. */
  @Test
  void gammaNearOneGivesAllToo() {
    for (int size : new int[] {100, 1000, 1437}) {
      Dataset data = data(size, 10, 1);
      for (int nodes = 1; nodes <= 60; nodes++) {
        for (int sorted = 0; sorted <= 2 * nodes && sorted <= size; sorted++) {
          int[][] shares = shares("gamma(" + Math.min(1, (size - sorted + 0.5) / size) + ")", data, nodes, 7);
          assertEquals(size, Arrays.stream(shares).flatMapToInt(Arrays::stream).distinct().count());
          for (int[] share : shares) {
            assertTrue(share.length >= size / nodes && share.length <= (size + nodes - 1) / nodes, size + " " + nodes + " " + sorted);
          }
        }
      }
    }
  }

  @Test
  void byLabelGivesFewClassesAndIidAll() {
    for (int[] share : shares("by-label", DIGITS, 20, 1)) {
      assertTrue(Arrays.stream(share).map(i -> DIGITS.labels()[i]).distinct().count() <= 2);
    }
    for (int[] share : shares("iid", DIGITS, 20, 1)) {
      assertTrue(Arrays.stream(share).map(i -> DIGITS.labels()[i]).distinct().count() >= 9);
    }
    assertArrayEquals(shares("by-label", DIGITS, 10, 1), shares("gamma(0)", DIGITS, 10, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"iid", "by-label", "gamma(0.5)", "dirichlet(1)", "paper-dirichlet(1)"})
  void aSeedDecides(String split) {
    assertFalse(Arrays.deepEquals(shares(split, DIGITS, 21, 5), shares(split, DIGITS, 21, 6)));
  }

  /** A node of the paper draws from all examples: 10 nodes of a thousand each, out of two classes of 5,000. */
  @Test
  void nodesOfThePaperOverlap() {
    Dataset data = data(10_000, 2, 1);
    int[][] shares = shares("paper-dirichlet(1e6)", data, 10, 1);
    Map<Integer, Integer> times = new HashMap<>();
    for (int[] share : shares) {
      assertEquals(1000, share.length, 2);
      assertEquals(500, Arrays.stream(share).filter(i -> data.labels()[i] == 0).count(), 5);
      Arrays.stream(share).forEach(i -> times.merge(i, 1, Integer::sum));
    }
    // Each example is in a share with probability 0.1, independently: 10,000 (1 - 0.9^10) = 6513 are given.
    assertEquals(6513, times.size(), 150);
  }

  /** The proportions of a node of the paper are those of the distribution: the counts are multiples of them. */
  @Test
  void nodesOfThePaperHaveDirichletProportions() {
    Dataset data =
        new Dataset(new float[40_000][1], IntStream.range(0, 40_000).map(i -> i % 4).toArray(), 4);
    double[] squares = new double[1];
    int draws = 400;
    for (int seed = 0; seed < draws; seed++) {
      int[] share = shares("paper-dirichlet(2)", data, 40, seed)[0];
      double p = Arrays.stream(share).filter(i -> data.labels()[i] == 0).count() / 1000.0;
      squares[0] += (p - 0.25) * (p - 0.25) / draws;
    }
    // p (1 - p) / (4 alpha + 1)
    assertEquals(0.25 * 0.75 / 9, squares[0], 0.004);
  }

  @Test
  void whatIsImpossibleIsSaid() {
    assertSays("unknown split \"zipf\"; known are by-label, dirichlet(alpha), gamma(g), iid, paper-dirichlet(alpha)",
        () -> Split.parse("zipf"));
    assertSays("the split dirichlet: alpha is 0.0, but must be a number greater than 0",
        () -> Split.parse("dirichlet(0)"));
    assertSays("the split paper-dirichlet: alpha is Infinity, but must be a number greater than 0",
        () -> Split.parse("paper-dirichlet(1e999)"));
    assertSays("the split gamma: g is 1.5, but must be between 0 and 1", () -> Split.parse("gamma(1.5)"));
    assertSays("1437 examples cannot be shared by 1438 nodes", () -> shares("iid", DIGITS, 1438, 1));
    assertSays(
        "1437 examples of 10 classes are too few for 150 nodes: each needs as many as there are classes",
        () -> shares("paper-dirichlet(1)", DIGITS, 150, 1));
  }

  private static void assertSays(String message, Executable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
  }

  @Test
  void theSummaryCountsTheClassesOfEachNode() {
    Dataset data = new Dataset(new float[5][1], new int[] {0, 1, 1, 2, 1}, 3);
    assertEquals(
        """
        examples of each class
        node     0    1    2   all
           0     1    2    0     3
           1     0    1    1     2
        """,
        Split.summary(data, new int[][] {{0, 1, 2}, {3, 4}}));
  }

  @Test
  void aSplitIsPrintedAsItIsRead() {
    assertEquals("dirichlet(alpha=0.5)", Split.parse("Dirichlet(0.5)").toString());
    assertEquals("iid", Split.parse(" iid").toString());
  }
}
