package org.monna.simulation.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.monna.Aggregator;
import org.monna.simulation.attack.Scene.View;
import org.monna.simulation.data.Randomness;
import org.monna.simulation.mixing.RuleText;

/**
 * From whom the honest nodes of a network without a server obtain vectors. On a sparse graph the Byzantine nodes sit at
 * random places, but not so that the honest ones are cut off from each other.
 */
final class Network {

  private static final int TRIES = 1000;

  private final Configuration configuration;
  private final RuleText rule;
  private final int honest;

  /** For each honest node: the honest nodes that it can hear, itself first; null if everybody hears everybody. */
  private final int @Nullable [][] heard;

  /** For each honest node: the Byzantine nodes that it hears, or would hear under an attack. */
  private final int[] suspects;

  /** The complete network. */
  private Network(Configuration configuration) {
    this.configuration = configuration;
    this.rule = configuration.ruleText();
    this.honest = configuration.honest();
    this.heard = null;
    this.suspects = new int[honest];
    Arrays.fill(suspects, configuration.byzantine());
  }

  private Network(Configuration configuration, Graph graph, BitSet byzantine) {
    this.configuration = configuration;
    this.rule = configuration.ruleText();
    this.honest = configuration.honest();
    boolean attacked = configuration.harmful() > 0;
    int[] nodes = IntStream.range(0, graph.size()).filter(i -> !attacked || !byzantine.get(i)).toArray();
    int[] place = new int[graph.size()];
    for (int h = 0; h < nodes.length; h++) {
      place[nodes[h]] = h;
    }
    heard = new int[honest][];
    suspects = new int[honest];
    for (int h = 0; h < honest; h++) {
      int[] neighbours = graph.neighbours(nodes[h]);
      suspects[h] = (int) Arrays.stream(neighbours).filter(byzantine::get).count();
      IntStream others = Arrays.stream(neighbours).filter(j -> !attacked || !byzantine.get(j)).map(j -> place[j]);
      heard[h] = IntStream.concat(IntStream.of(h), others).toArray();
    }
  }

  static Network of(Configuration configuration) {
    int n = configuration.nodes();
    if (configuration.graph().equals("complete")) {
      return new Network(configuration);
    }
    if (!configuration.protocol().equals("synchronous")) {
      throw new IllegalArgumentException(
          "on the graph %s nodes wait for all neighbours: the protocol must be synchronous, not %s"
              .formatted(configuration.graph(), configuration.protocol()));
    }
    Graph graph = Graph.parse(configuration.graph(), n, Randomness.of(configuration.seed(), "graph", 0));
    int[] nodes = IntStream.range(0, n).toArray();
    var random = Randomness.of(configuration.seed(), "places", 0);
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Randomness.drawToFront(nodes, configuration.byzantine(), random);
      BitSet byzantine = new BitSet();
      Arrays.stream(nodes, 0, configuration.byzantine()).forEach(byzantine::set);
      if (graph.connects(i -> !byzantine.get(i))) {
        return new Network(configuration, graph, byzantine);
      }
    }
    throw new IllegalArgumentException(
        "no places for %d Byzantine nodes were found on the graph %s of %d nodes that leave the honest ones connected"
            .formatted(configuration.byzantine(), configuration.graph(), n));
  }

  /** True if everybody can hear everybody. */
  boolean isComplete() {
    return heard == null;
  }

  /** The honest nodes that node h can hear, itself first. */
  private int[] heard(int h) {
    return heard == null
        ? IntStream.concat(IntStream.of(h), IntStream.range(0, honest).filter(i -> i != h)).toArray()
        : heard[h];
  }

  /** How many Byzantine vectors node h obtains. */
  private int harmful(int h) {
    return configuration.harmful() > 0 ? suspects[h] : 0;
  }

  /** With how many Byzantine vectors node h reckons. */
  private int reckonsWith(int h) {
    return heard != null && configuration.localByzantine() >= 0 ? configuration.localByzantine() : suspects[h];
  }

  /** The number of honest vectors that a node obtains, its own included. */
  private int obtained(int h) {
    boolean waits = !configuration.protocol().equals("synchronous");
    return (heard == null ? honest : heard[h].length) - (waits ? configuration.byzantine() : 0);
  }

  /** The rules say themselves if they are given too few vectors: now, and not when others have been trained. */
  void checkRules() {
    // On a complete network all nodes are alike.
    for (int h = 0; h < (heard == null ? 1 : honest); h++) {
      if (obtained(h) < 1) {
        throw new IllegalArgumentException(
            "every node waits for n-f = %d vectors, and f = %d of them may be Byzantine ones: its own is none of them"
                .formatted(configuration.nodes() - configuration.byzantine(), configuration.byzantine()));
      }
      int n = obtained(h) + harmful(h);
      Aggregator aggregator = rule.forNode(reckonsWith(h), 0);
      try {
        aggregator.need(n);
        if (configuration.harmful() > 0) {
          aggregator.need((heard == null ? honest : heard[h].length) + harmful(h));
        }
      } catch (IllegalArgumentException e) {
        String who = heard == null ? "every node" : "a node";
        throw new IllegalArgumentException(
            "%s; here %s obtains %d vectors".formatted(e.getMessage(), who, n), e);
      }
    }
  }

  /** What each honest node may obtain in a step. */
  List<View> views(long step) {
    List<View> views = new ArrayList<>();
    for (int h = 0; h < honest; h++) {
      views.add(new View(heard(h), harmful(h), rule.forNode(reckonsWith(h), step)));
    }
    return views;
  }

  /**
   * The honest nodes whose vectors node h obtains in an exchange, itself first: of all that it can hear, or as many as are
   * sure to come, drawn anew.
   *
   * @param exchange counts the exchanges of vectors from the first step on
   */
  int[] senders(int h, long exchange) {
    int[] all = heard(h);
    int count = obtained(h);
    if (count == all.length) {
      return all;
    }
    int[] others = Arrays.copyOfRange(all, 1, all.length);
    Randomness.drawToFront(others, count - 1, Randomness.of(configuration.seed(), "senders", h, exchange));
    int[] senders = new int[count];
    senders[0] = h;
    System.arraycopy(others, 0, senders, 1, count - 1);
    return senders;
  }
}
