package org.monna.simulation.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.monna.simulation.data.Randomness;

class GraphTest {

  private static Graph graph(String text, int nodes, long seed) {
    return Graph.parse(text, nodes, Randomness.of(seed, "graph", 0));
  }

  @Test
  void neighbours() {
    assertArrayEquals(new int[] {0, 2, 3}, graph("complete", 4, 1).neighbours(1));
    assertArrayEquals(new int[] {1, 5}, graph("ring(1)", 6, 1).neighbours(0));
    assertArrayEquals(new int[] {1, 2, 4, 5}, graph("ring(2)", 6, 1).neighbours(3));
    // 3 rows of 4.
    assertArrayEquals(new int[] {1, 3, 4, 8}, graph("torus(3)", 12, 1).neighbours(0));
    assertArrayEquals(new int[] {1, 4, 6, 9}, graph("torus(3)", 12, 1).neighbours(5));
  }

  @Test
  void randomGraphsAreConnectedAndDiffer() {
    for (int degree : new int[] {2, 3, 4, 7}) {
      Graph graph = graph("random-regular(" + degree + ")", 20, 1);
      assertTrue(graph.connects(i -> true));
      int own = degree;
      IntStream.range(0, 20)
          .forEach(
              i -> {
                assertEquals(own, graph.neighbours(i).length);
                for (int j : graph.neighbours(i)) {
                  assertTrue(j != i && IntStream.of(graph.neighbours(j)).anyMatch(k -> k == i));
                }
              });
    }
    assertFalse(equal(graph("random-regular(4)", 20, 1), graph("random-regular(4)", 20, 2)));
    assertTrue(equal(graph("erdos-renyi(0.3)", 20, 1), graph("erdos-renyi(0.3)", 20, 1)));
    assertFalse(equal(graph("erdos-renyi(0.3)", 20, 1), graph("erdos-renyi(0.3)", 20, 2)));
    Graph sparse = graph("erdos-renyi(0.3)", 40, 1);
    assertTrue(sparse.connects(i -> true));
    assertEquals(0.3 * 39, IntStream.range(0, 40).map(i -> sparse.neighbours(i).length).average().orElseThrow(), 2);
  }

  private static boolean equal(Graph a, Graph b) {
    return IntStream.range(0, a.size()).allMatch(i -> java.util.Arrays.equals(a.neighbours(i), b.neighbours(i)));
  }

  @Test
  void whoIsCutOff() {
    Graph ring = graph("ring(1)", 6, 1);
    assertTrue(ring.connects(i -> i != 2));
    assertTrue(ring.connects(i -> i != 2 && i != 3));
    assertFalse(ring.connects(i -> i != 2 && i != 4));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          star               ~ unknown graph "star"; known are complete, erdos-renyi(p), random-regular(degree), ring(k)
          ring(0)            ~ graph ring(k=0): k must be at least 1
          ring(1.5)          ~ graph ring(k=1.5): k must be a whole number
          torus(5)           ~ graph torus(rows=5): 12 nodes do not make so many equal rows
          random-regular(1)  ~ graph random-regular(degree=1): for 12 nodes the degree must be from 2 to 11
          erdos-renyi(0.01)  ~ graph erdos-renyi(p=0.01): none that connects 12 nodes was found
          erdos-renyi(2)     ~ graph erdos-renyi(p=2): p must be greater than 0 and at most 1
          """)
  void impossibleGraphsAreToldInASentence(String text, String message) {
    String told = assertThrows(IllegalArgumentException.class, () -> graph(text, 12, 1)).getMessage();
    assertTrue(told.startsWith(message), told);
  }
}
