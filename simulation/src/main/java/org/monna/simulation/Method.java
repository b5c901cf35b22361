package org.monna.simulation;

import org.monna.Aggregator;
import org.monna.Optimizer;
import org.monna.nna.MoNNA;
import org.monna.nna.NearestNeighborAveraging;

/**
 * A way to learn together: how a node changes its model by a gradient, and how it mixes its model with those of others.
 *
 * @param name for people
 * @param optimizer the local step
 * @param rule the mixing, given the node's own model as vector 0
 */
record Method(String name, Optimizer optimizer, Aggregator rule) {

  /**
   * A node with this model to start from. Mixing by nearest-neighbour averaging around the own model is {@link MoNNA}.
   */
  Node newNode(float[] initialModel) {
    return rule instanceof NearestNeighborAveraging nna && nna.pivot() == 0
        ? Node.of(new MoNNA(initialModel, nna.f(), optimizer))
        : Node.of(rule, optimizer, initialModel);
  }
}
