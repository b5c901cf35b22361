package org.monna.simulation;

/**
 * What all methods of a comparison share.
 *
 * @param nodes n, the Byzantine ones included
 * @param byzantine f
 * @param steps of every node
 * @param batch the number of examples in a gradient
 * @param alpha of the Dirichlet distribution from which the proportions of the classes at a node are drawn
 * @param rate the learning rate of the first step
 * @param decay the number of steps after which the rate is halved: it is {@code rate / (step / decay + 1)}
 * @param momentum beta of the Polyak momentum, and its dampening
 * @param seed of all random choices
 */
record Settings(
    int nodes,
    int byzantine,
    int steps,
    int batch,
    double alpha,
    double rate,
    double decay,
    double momentum,
    long seed) {

  int honest() {
    return nodes - byzantine;
  }
}
