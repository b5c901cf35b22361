package org.monna.nna;

import org.monna.Aggregator;
import org.monna.Certificate;
import org.monna.Geometry;
import org.monna.Guarantee;
import org.monna.Plan;
import org.monna.spi.Admissible;

/**
 * Nearest-neighbour averaging (NNA): the mean of the vectors nearest to one's own, the rule of MoNNA.
 *
 * <pre>
 *   N = the n-f vectors nearest to x_p, x_p itself included; ties by lowest index
 *   F = (1/(n-f)) sum of x_j over j in N
 * </pre>
 *
 * <p>n is the number of vectors given. In MoNNA's asynchronous protocol a node of a system of N receives N-f of them, its own
 * included, and this rule keeps N-2f. In the synchronous form it is given all N and keeps N-f.
 *
 * <p><b>Admissible</b>: n &gt; 2f, pivot &lt; n.
 *
 * <p><b>Cost</b>: two passes over the data at the speed of memory, the second over n-f vectors; n doubles of memory.
 *
 * <p><b>Non-finite input</b>: such vectors are infinitely far from the pivot and used only if fewer than n-f others are left. The pivot
 * is the node's own vector: if that is not finite the node is itself faulty and so is the result.
 *
 * <p><b>Guarantee</b>: if every honest node i of S, |S| = n-f, forms y_i so from the same honest vectors (the others may tell each node
 * something different), {@code Var_S(y) + ||mean(y) - mean(x)||^2 <= M Var_S(x)}, M the least of 8f/(n-f) and (3 + 2 sqrt(2)) f/(n-2f),
 * hence (alpha, lambda)-reduction with alpha = lambda = M. It is a statement on the mixing of all nodes: a single result has no (f, kappa)-bound.
 *
 * <p><b>References</b>: (1) Farhadkhani et al., Robust Collaborative Learning with Linear Gradient Overhead, ICML 2023, arXiv
 * 2209.10931; (2) Allouah et al., Fixing by Mixing, AISTATS 2023, arXiv 2302.01772, whose mixing lemma holds for each node on its own;
 * docs/proofs.md proves it.
 *
 * @param f the number of arbitrary vectors
 * @param pivot the index of the node's own vector
 */
public record NearestNeighborAveraging(int f, int pivot) implements Aggregator {

  public NearestNeighborAveraging {
    Admissible.f("nna", f);
    if (pivot < 0) {
      throw new IllegalArgumentException("nna: pivot = " + pivot + " is negative");
    }
  }

  /** With the node's own vector first. */
  public NearestNeighborAveraging(int f) {
    this(f, 0);
  }

  @Override
  public Geometry.Need need(int n) {
    Admissible.requireMajority(this, n, f);
    Admissible.require(pivot < n, this, "pivot < n", n, f);
    return Geometry.Need.fromPivot(pivot);
  }

  @Override
  public Plan plan(Geometry geometry) {
    int n = geometry.size();
    return Plan.mean(n, geometry.nearest(pivot, n - f));
  }

  @Override
  public Certificate certificate(int n) {
    need(n);
    double constant = NearestNeighborMixing.reduction(n, f);
    return Certificate.of(
        n,
        f,
        new Guarantee.Reduction(
            constant, constant, true, "docs/proofs.md, nearest-neighbour mixing, for synchronous NNA"));
  }

  @Override
  public String toString() {
    return "nna(f=%d, pivot=%d)".formatted(f, pivot);
  }
}
