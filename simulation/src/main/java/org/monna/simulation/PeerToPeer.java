package org.monna.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.monna.simulation.data.Dataset;
import org.monna.simulation.data.Randomness;
import org.monna.simulation.model.GradientModel;

/**
 * Learning without a server, step by step as in the experiments of MoNNA (arXiv 2209.10931):
 *
 * <ol>
 *   <li>every honest node computes the gradient of a batch of its own examples, at its own model, and changes its model
 *       by it;
 *   <li>the Byzantine nodes see all these models and make one vector;
 *   <li>every honest node obtains n-f vectors: its own model, those of n-2f-1 other honest nodes drawn anew, and f
 *       times the vector of the Byzantine nodes, which are never late;
 *   <li>it mixes them by the rule, and has its next model.
 * </ol>
 *
 * <p>All nodes start from equal models, each with a copy of its own. Nothing is shared but what is sent.
 */
final class PeerToPeer {

  private final GradientModel model;
  private final Method method;
  private final @Nullable Attack attack;
  private final int f;
  private final int batch;
  private final List<Honest> honest;
  private final float[][] sent;
  private final float[] gradient;

  /** An honest node with its examples and its own luck. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Honest(
      Node node, Dataset share, int[] examples, RandomGenerator batches, int[] peers, RandomGenerator senders) {}

  /**
   * @param shares the examples of each honest node; there are n-f of them
   * @param f the number of Byzantine nodes
   * @param attack what they send; needed if there are any
   */
  PeerToPeer(
      GradientModel model, Method method, List<Dataset> shares, int f, @Nullable Attack attack, int batch, long seed) {
    if (f > 0 && attack == null) {
      throw new IllegalArgumentException("an attack is needed for f = " + f + " Byzantine nodes");
    }
    this.model = model;
    this.method = method;
    this.attack = attack;
    this.f = f;
    this.batch = batch;
    float[] initial = model.initialParameters(seed);
    this.honest =
        IntStream.range(0, shares.size())
            .mapToObj(
                i ->
                    new Honest(
                        method.newNode(initial),
                        shares.get(i),
                        IntStream.range(0, shares.get(i).size()).toArray(),
                        Randomness.of(seed, "batches", i),
                        IntStream.range(0, shares.size()).filter(k -> k != i).toArray(),
                        Randomness.of(seed, "senders", i)))
            .toList();
    this.sent = new float[shares.size()][initial.length];
    this.gradient = new float[initial.length];
  }

  /** The models of the honest nodes: views. */
  float[][] models() {
    return honest.stream().map(h -> h.node.model()).toArray(float[][]::new);
  }

  /** One step of all nodes. */
  void step() {
    for (int i = 0; i < sent.length; i++) {
      Honest h = honest.get(i);
      model.gradient(h.node.model(), nextBatch(h), gradient);
      float[] vector = h.node.localStep(gradient);
      // A copy, since the node's own is overwritten when it mixes, before others have mixed.
      System.arraycopy(vector, 0, sent[i], 0, vector.length);
    }
    float[] forged = attack == null || f == 0 ? null : attack.forge(sent, f, method.rule());
    for (Honest h : honest) {
      h.node.mix(received(h, forged));
    }
  }

  private Dataset nextBatch(Honest h) {
    int size = Math.min(batch, h.examples.length);
    Randomness.drawToFront(h.examples, size, h.batches);
    return h.share.select(Arrays.copyOf(h.examples, size));
  }

  private float[][] received(Honest h, float @Nullable [] forged) {
    int senders = sent.length - f - 1;
    Randomness.drawToFront(h.peers, senders, h.senders);
    float[][] received = new float[senders + f][];
    for (int k = 0; k < senders; k++) {
      received[k] = sent[h.peers[k]];
    }
    Arrays.fill(received, senders, received.length, forged);
    return received;
  }
}
