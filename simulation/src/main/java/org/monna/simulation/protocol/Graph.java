package org.monna.simulation.protocol;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.monna.simulation.data.Choice;

/**
 * Who hears whom: both ways, and never itself.
 *
 * <pre>
 *   complete               everybody everybody
 *   ring(k)                the k nodes before and after
 *   torus(rows)            on a grid of so many rows, closed both ways: the four next to it
 *   random-regular(degree) so many others
 *   erdos-renyi(p)         each pair with probability p
 * </pre>
 *
 * <p>Random ones are drawn anew until all nodes are connected.
 */
final class Graph {

  private static final int TRIES = 1000;
  private static final Map<String, String> KNOWN =
      Map.of("complete", "", "ring", "k", "torus", "rows", "random-regular", "degree", "erdos-renyi", "p");

  private final BitSet[] neighbours;

  private Graph(int nodes) {
    neighbours = new BitSet[nodes];
    for (int i = 0; i < nodes; i++) {
      neighbours[i] = new BitSet(nodes);
    }
  }

  /**
   * Reads a graph, for so many nodes.
   *
   * @throws IllegalArgumentException if there is none such
   */
  static Graph parse(String text, int nodes, RandomGenerator random) {
    Choice choice = Choice.parse("graph", text, KNOWN);
    int number = (int) choice.number();
    if (number != choice.number() && !choice.name().equals("erdos-renyi")) {
      throw new IllegalArgumentException("graph %s: %s must be a whole number".formatted(choice, choice.parameter()));
    }
    return switch (choice.name()) {
      case "complete" -> ring(nodes, nodes);
      case "ring" -> ring(choice, nodes, number);
      case "torus" -> torus(choice, nodes, number);
      case "random-regular" -> randomRegular(choice, nodes, number, random);
      default -> erdosRenyi(choice, nodes, choice.number(), random);
    };
  }

  private void connect(int i, int j) {
    if (i != j) {
      neighbours[i].set(j);
      neighbours[j].set(i);
    }
  }

  private static Graph ring(Choice text, int nodes, int k) {
    if (k < 1) {
      throw new IllegalArgumentException("graph %s: k must be at least 1".formatted(text));
    }
    return ring(nodes, k);
  }

  private static Graph ring(int nodes, int k) {
    Graph graph = new Graph(nodes);
    for (int i = 0; i < nodes; i++) {
      for (int step = 1; step <= Math.min(k, nodes); step++) {
        graph.connect(i, (i + step) % nodes);
      }
    }
    return graph;
  }

  private static Graph torus(Choice text, int nodes, int rows) {
    if (rows < 1 || nodes % rows != 0) {
      throw new IllegalArgumentException("graph %s: %d nodes do not make so many equal rows".formatted(text, nodes));
    }
    int columns = nodes / rows;
    Graph graph = new Graph(nodes);
    for (int i = 0; i < nodes; i++) {
      int row = i / columns;
      int column = i % columns;
      graph.connect(i, row * columns + (column + 1) % columns);
      graph.connect(i, (row + 1) % rows * columns + column);
    }
    return graph;
  }

  /**
   * A ring of the given degree whose edges have been exchanged at random many times: i-j and k-l become i-l and k-j.
   */
  private static Graph randomRegular(Choice text, int nodes, int degree, RandomGenerator random) {
    if (degree < 2 || degree >= nodes || nodes * (long) degree % 2 != 0) {
      throw new IllegalArgumentException(
          "graph %s: for %d nodes the degree must be from 2 to %d, and one of the two numbers even"
              .formatted(text, nodes, nodes - 1));
    }
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Graph graph = ring(nodes, degree / 2);
      for (int i = 0; i < nodes / 2 && degree % 2 != 0; i++) {
        graph.connect(i, i + nodes / 2);
      }
      for (int exchange = 0; exchange < 20 * nodes * degree; exchange++) {
        graph.exchange(random);
      }
      if (graph.connects(i -> true)) {
        return graph;
      }
    }
    throw new IllegalArgumentException("graph %s: none that connects %d nodes was found".formatted(text, nodes));
  }

  private void exchange(RandomGenerator random) {
    int i = random.nextInt(neighbours.length);
    int k = random.nextInt(neighbours.length);
    int j = neighbour(i, random);
    int l = neighbour(k, random);
    boolean possible = i != k && i != l && j != k && j != l && !neighbours[i].get(l) && !neighbours[k].get(j);
    if (possible) {
      neighbours[i].clear(j);
      neighbours[j].clear(i);
      neighbours[k].clear(l);
      neighbours[l].clear(k);
      connect(i, l);
      connect(k, j);
    }
  }

  private int neighbour(int i, RandomGenerator random) {
    int[] all = neighbours(i);
    return all[random.nextInt(all.length)];
  }

  private static Graph erdosRenyi(Choice text, int nodes, double p, RandomGenerator random) {
    if (!(p > 0 && p <= 1)) {
      throw new IllegalArgumentException("graph %s: p must be greater than 0 and at most 1".formatted(text));
    }
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Graph graph = new Graph(nodes);
      for (int i = 0; i < nodes; i++) {
        for (int j = 0; j < i; j++) {
          if (random.nextDouble() < p) {
            graph.connect(i, j);
          }
        }
      }
      if (graph.connects(i -> true)) {
        return graph;
      }
    }
    throw new IllegalArgumentException("graph %s: none that connects %d nodes was found".formatted(text, nodes));
  }

  /** The number of nodes. */
  int size() {
    return neighbours.length;
  }

  /** The nodes that node i hears, ascending. */
  int[] neighbours(int i) {
    return neighbours[i].stream().toArray();
  }

  /** True if the nodes for which this holds are connected with each other without the others. */
  boolean connects(IntPredicate some) {
    int[] members = IntStream.range(0, size()).filter(some).toArray();
    BitSet reached = new BitSet(size());
    Deque<Integer> next = new ArrayDeque<>();
    if (members.length > 0) {
      reached.set(members[0]);
      next.add(members[0]);
    }
    while (!next.isEmpty()) {
      for (int j : neighbours(next.remove())) {
        if (some.test(j) && !reached.get(j)) {
          reached.set(j);
          next.add(j);
        }
      }
    }
    return reached.cardinality() == members.length;
  }
}
