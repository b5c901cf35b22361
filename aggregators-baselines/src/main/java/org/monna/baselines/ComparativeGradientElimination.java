package org.monna.baselines;

import org.monna.Aggregator;
import org.monna.Certificate;
import org.monna.Geometry;
import org.monna.Plan;
import org.monna.spi.Admissible;
import org.monna.spi.Order;

/**
 * Comparative gradient elimination (CGE): the mean of the n-f vectors of smallest norm; ties by lowest index.
 *
 * <p><b>Conventions</b>: the mean is formed, as in ByzPy; the paper takes the sum.
 *
 * <p><b>Admissible</b>: n &gt; 2f.
 *
 * <p><b>Cost</b>: two passes over the data at the speed of memory, the second over n-f vectors; n doubles of memory.
 *
 * <p><b>Non-finite input</b>: of infinite norm, so not used as long as there are at most f.
 *
 * <p><b>Guarantee</b>: none for f &gt; 0: a small norm does not make a vector near to the others. With three honest vectors (10, 0) and one
 * at 0 the honest ones agree and the result is off by 10/3. It only keeps the result within the norms of the honest vectors.
 *
 * <p><b>Reference</b>: Gupta, Liu, Vaidya, Byzantine Fault-Tolerant Distributed Machine Learning Using SGD and Norm-Based Comparative
 * Gradient Elimination, 2020, arXiv 2008.04699; convergence is proved there for strongly convex costs that agree on a minimum.
 *
 * @param f the number of arbitrary vectors
 */
public record ComparativeGradientElimination(int f) implements Aggregator {

  public ComparativeGradientElimination {
    Admissible.f("cge", f);
  }

  @Override
  public Geometry.Need need(int n) {
    Admissible.requireMajority(this, n, f);
    return Geometry.Need.NORMS;
  }

  @Override
  public Plan plan(Geometry geometry) {
    int n = geometry.size();
    double[] norms = new double[n];
    for (int i = 0; i < n; i++) {
      norms[i] = geometry.squaredNorm(i);
    }
    return Plan.mean(n, Order.smallest(norms, n - f));
  }

  @Override
  public Certificate certificate(int n) {
    need(n);
    return f == 0
        ? Certificate.robust(n, 0, 0, "the mean of all vectors")
        : Certificate.none(n, f, "vectors of small norm need not be near the others: honest ones that agree can be outvoted by zeros");
  }

  @Override
  public String toString() {
    return "cge(f=" + f + ")";
  }
}
