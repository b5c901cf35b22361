package org.monna.simulation.attack;

/**
 * The vector of one honest node, which then counts for many.
 *
 * <p>Karimireddy, He, Jaggi, Byzantine-Robust Learning on Heterogeneous Datasets via Bucketing, ICLR 2022, arXiv
 * 2006.09365.
 *
 * @param node the honest node, counted from 0
 */
record Mimic(int node) implements Attack {

  Mimic {
    if (node < 0) {
      throw new IllegalArgumentException("mimic: there is no honest node " + node);
    }
  }

  @Override
  public void check(int honest) {
    if (node >= honest) {
      throw new IllegalArgumentException("mimic: there is no honest node %d among %d".formatted(node, honest));
    }
  }

  @Override
  public float[][] forge(Scene scene) {
    check(scene.honest().length);
    return new float[][] {scene.honest()[node].clone()};
  }

  @Override
  public String toString() {
    return "mimic(node=" + node + ")";
  }
}
