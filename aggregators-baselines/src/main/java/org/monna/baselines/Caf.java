package org.monna.baselines;

import java.util.Arrays;
import org.monna.Aggregator;
import org.monna.Certificate;
import org.monna.Geometry;
import org.monna.Plan;
import org.monna.spi.Admissible;

/**
 * The covariance-bound-agnostic filter (CAF): vectors lose weight by how far they stick out along the direction of the
 * largest spread, and the weighted mean with the least such spread is kept.
 *
 * <pre>
 *   c_i = 1
 *   while sum of c_i &gt; n - 2f:
 *     mu = weighted mean
 *     lambda, v = the largest eigenvalue of the weighted covariance around mu, and its unit eigenvector
 *     F = mu if lambda is the least so far
 *     c_i = c_i (1 - t_i / max t), t_i = &lt;v, x_i - mu&gt;^2
 * </pre>
 *
 * <p><b>Conventions</b>: the exact eigenvector, not a power iteration from a random vector, so the same vectors give
 * the same result. For f = 0 the result is the mean. Without spread, lambda = 0, the filter ends.
 *
 * <p><b>Admissible</b>: n &gt; 2f.
 *
 * <p><b>Cost</b>: all pairwise distances in pass 1, 4 n n doubles and up to 300 n; pass 2 over the vectors that have a
 * weight. Between them a round costs O(n^2) for each step of the method of Lanczos, and takes away the weight of at
 * least one vector: at most n rounds, mostly far fewer.
 *
 * <p><b>Non-finite input</b>: starts with weight 0.
 *
 * <p><b>Guarantee</b>: with rho = f/(n-2f), (f, kappa)-robust with kappa = rho (1 + (sqrt(2) + 2 sqrt(1 + rho))^2), in
 * the stronger sense in which Var_S is replaced by the largest eigenvalue of the covariance of S; for n &gt; 3f also
 * with 2f/(n-3f) (1 + sqrt(1 + rho))^2, which is smaller for small f/n.
 *
 * <p><b>References</b>: Allouah, Guerraoui, Stephan, Towards Trustworthy Federated Learning with Untrusted
 * Participants, ICML 2025, arXiv 2505.01874; the constants are proved in docs/proofs.md.
 *
 * @param f the number of arbitrary vectors
 */
public record Caf(int f) implements Aggregator {

  public Caf {
    Admissible.f("caf", f);
  }

  @Override
  public Geometry.Need need(int n) {
    Admissible.requireMajority(this, n, f);
    return Geometry.Need.PAIRWISE;
  }

  @Override
  public Plan plan(Geometry geometry) {
    FiniteVectors finite = FiniteVectors.of(geometry);
    int core = geometry.size() - 2 * f;
    return finite.size() <= core || f == 0
        ? finite.meanOfAll()
        : finite.weights(filter(finite.squaredDistances(), core));
  }

  private static double[] filter(double[][] squared, int core) {
    int n = squared.length;
    double[] c = new double[n];
    Arrays.fill(c, 1);
    double[] result = c;
    double least = Double.POSITIVE_INFINITY;
    for (double total = n; total > core; total = Dense.sum(c)) {
      WeightedCovariance covariance = new WeightedCovariance(squared, c);
      SymmetricEigen top = covariance.top();
      if (top.value() < least) {
        least = top.value();
        double sum = total;
        result = Arrays.stream(c).map(weight -> weight / sum).toArray();
      }
      double[] t = covariance.squaresAlong(top.vector(), n);
      double most = Arrays.stream(t).max().orElse(0);
      if (most == 0) {
        break;
      }
      for (int i = 0; i < n; i++) {
        c[i] *= 1 - t[i] / most;
      }
    }
    return result;
  }

  @Override
  public Certificate certificate(int n) {
    need(n);
    double rho = (double) f / (n - 2 * f);
    double root = Math.sqrt(1 + rho);
    double far = Math.sqrt(2) + 2 * root;
    double any = rho * (1 + far * far);
    double few = n > 3 * (long) f ? 2.0 * f / (n - 3 * f) * ((1 + root) * (1 + root)) : any;
    return Certificate.spectrallyRobust(n, f, Math.min(any, few), "docs/proofs.md, CAF");
  }

  @Override
  public String toString() {
    return "caf(f=" + f + ")";
  }
}
