package org.monna;

import java.util.Locale;

/**
 * A proved bound on the error of a rule F on x_1..x_n, for <em>every</em> subset S of n-f vectors (the honest ones are one of
 * them), with mean_S the mean of S and Var_S = (1/|S|) sum over S of ||x_i - mean_S||^2.
 */
public sealed interface Guarantee {

  /** The number by which the bound is compared: smaller is better. */
  double constant();

  /** True if the other bound follows from this one. */
  default boolean implies(Guarantee other) {
    return other.getClass() == getClass() && constant() <= other.constant();
  }

  /** The bound as a formula, with its number. */
  String statement();

  /** Paper and theorem, or the proof's place in docs/proofs.md. */
  String source();

  /**
   * (f, kappa)-robustness: {@code ||F - mean_S||^2 <= kappa Var_S} (Allouah et al., AISTATS 2023). If spectral, with the largest
   * eigenvalue of the covariance of S instead of its trace Var_S, which is stronger.
   *
   * @param kappa at least f/(n-2f), which no rule can be below
   * @param spectral with the largest eigenvalue
   */
  record Robustness(double kappa, boolean spectral, String source) implements Guarantee {

    /** With Var_S. */
    public Robustness(double kappa, String source) {
      this(kappa, false, source);
    }

    @Override
    public double constant() {
      return kappa;
    }

    @Override
    public boolean implies(Guarantee other) {
      return other instanceof Robustness weaker && kappa <= weaker.kappa && (spectral || !weaker.spectral);
    }

    @Override
    public String statement() {
      String spread = spectral ? "lambda_max(Cov_S)" : "Var_S";
      return String.format(Locale.ROOT, "||F - mean_S||^2 <= %.6g %s", kappa, spread);
    }
  }

  /** (f, lambda)-resilient averaging: {@code ||F - mean_S|| <= lambda diameter(S)} (Farhadkhani et al., ICML 2022). */
  record Resilience(double lambda, String source) implements Guarantee {

    @Override
    public double constant() {
      return lambda;
    }

    @Override
    public String statement() {
      return String.format(Locale.ROOT, "||F - mean_S|| <= %.6g max ||x_i - x_j|| over S", lambda);
    }
  }

  /**
   * (alpha, lambda)-reduction, of a mixing in which every honest node i forms y_i (Farhadkhani et al., ICML 2023, arXiv
   * 2209.10931): {@code Var(y) <= alpha Var(x)} and {@code ||mean(y) - mean(x)||^2 <= lambda Var(x)} over the honest nodes.
   *
   * @param joint if true, the sum of the two left sides is at most {@code alpha Var(x)}, which is stronger; then alpha = lambda
   */
  record Reduction(double alpha, double lambda, boolean joint, String source) implements Guarantee {

    @Override
    public double constant() {
      return Math.max(alpha, lambda);
    }

    @Override
    public boolean implies(Guarantee other) {
      return other instanceof Reduction weaker
          && alpha <= weaker.alpha
          && lambda <= weaker.lambda
          && (joint || !weaker.joint);
    }

    @Override
    public String statement() {
      return joint
          ? String.format(Locale.ROOT, "Var(y) + ||mean(y) - mean(x)||^2 <= %.6g Var(x)", alpha)
          : String.format(
              Locale.ROOT, "Var(y) <= %.6g Var(x), ||mean(y) - mean(x)||^2 <= %.6g Var(x)", alpha, lambda);
    }
  }
}
