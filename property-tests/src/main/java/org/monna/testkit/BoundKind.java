package org.monna.testkit;

import java.util.stream.Stream;
import org.monna.Guarantee;

/** The inequalities that certificates promise, one by one. */
public enum BoundKind {

  /** {@code ||F - mean_S||^2 <= kappa Var_S}. */
  KAPPA("kappa"),

  /** {@code ||F - mean_S||^2 <= kappa lambda_max(Cov_S)}. */
  SPECTRAL_KAPPA("kappa, spectral"),

  /** {@code ||F - mean_S|| <= lambda diameter(S)}. */
  LAMBDA("lambda"),

  /** {@code Var(y) <= alpha Var(x)} over the honest nodes. */
  MIXING_ALPHA("alpha of mixing"),

  /** {@code ||mean(y) - mean(x)||^2 <= lambda Var(x)} over the honest nodes. */
  MIXING_LAMBDA("lambda of mixing"),

  /** {@code Var(y) + ||mean(y) - mean(x)||^2 <= alpha Var(x)} over the honest nodes. */
  MIXING_JOINT("alpha of mixing, joint");

  private final String text;

  BoundKind(String text) {
    this.text = text;
  }

  static Stream<Game.Bound> bounds(Guarantee guarantee) {
    if (guarantee instanceof Guarantee.Robustness robustness) {
      BoundKind kind = robustness.spectral() ? SPECTRAL_KAPPA : KAPPA;
      return Stream.of(new Game.Bound(kind, robustness.kappa()));
    }
    if (guarantee instanceof Guarantee.Reduction reduction) {
      Stream<Game.Bound> both =
          Stream.of(
              new Game.Bound(MIXING_ALPHA, reduction.alpha()), new Game.Bound(MIXING_LAMBDA, reduction.lambda()));
      return reduction.joint()
          ? Stream.concat(both, Stream.of(new Game.Bound(MIXING_JOINT, reduction.alpha())))
          : both;
    }
    return Stream.of(new Game.Bound(LAMBDA, guarantee.constant()));
  }

  /** True if the bound is one on the results of all honest nodes together. */
  boolean isOfMixing() {
    return compareTo(MIXING_ALPHA) >= 0;
  }

  /** What the squared error is compared with. */
  double spread(float[][] vectors, int[] subset, double[] mean) {
    return switch (this) {
      case SPECTRAL_KAPPA -> Exact.largestEigenvalue(vectors, subset, mean);
      case LAMBDA -> squared(Exact.diameter(vectors, subset));
      default -> Exact.variance(vectors, subset, mean);
    };
  }

  /** The ratio as the inequality is written, from that of the squares. */
  double ratio(double ofSquares) {
    return this == LAMBDA ? Math.sqrt(ofSquares) : ofSquares;
  }

  /** The left side of a bound on mixing. */
  double left(double after, double drift) {
    return switch (this) {
      case MIXING_ALPHA -> after;
      case MIXING_LAMBDA -> drift;
      default -> after + drift;
    };
  }

  private static double squared(double x) {
    return x * x;
  }

  @Override
  public String toString() {
    return text;
  }
}
