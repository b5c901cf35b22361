package org.monna;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * What is proved of a rule for n vectors of which at most f are arbitrary: its guarantees, or the reason why there is none.
 *
 * <p>A certificate holds in exact arithmetic and for finite honest vectors; results in float differ by rounding. It says
 * nothing once more than f vectors are arbitrary; a {@link Report} tells when the non-finite ones alone are more.
 *
 * @param n the number of vectors
 * @param f the number of arbitrary ones that the guarantees tolerate
 * @param guarantees the proved bounds; empty if there is none
 * @param reason why there is none; empty if there is one
 */
public record Certificate(int n, int f, List<Guarantee> guarantees, String reason) {

  public Certificate {
    guarantees = List.copyOf(guarantees);
    requireNonNull(reason, "reason");
    if (guarantees.isEmpty() == reason.isEmpty()) {
      throw new IllegalArgumentException("a certificate has guarantees or a reason why it has none");
    }
  }

  /** These guarantees, at least one. */
  public static Certificate of(int n, int f, Guarantee... guarantees) {
    return new Certificate(n, f, List.of(guarantees), "");
  }

  /**
   * (f, kappa)-robustness with its source, and the resilience that follows from it: {@code lambda = sqrt(kappa (s - 1) / (2 s))} for s =
   * n - f, because {@code Var_S = sum_ij ||x_i - x_j||^2 / (2 s^2)}.
   */
  public static Certificate robust(int n, int f, double kappa, String source) {
    double s = n - f;
    Guarantee resilience = new Guarantee.Resilience(Math.sqrt(kappa * (s - 1) / (2 * s)), "from kappa; " + source);
    return of(n, f, new Guarantee.Robustness(kappa, source), resilience);
  }

  /** (f, kappa)-robustness with the largest eigenvalue of the covariance in place of its trace, and what follows from it. */
  public static Certificate spectrallyRobust(int n, int f, double kappa, String source) {
    return robust(n, f, kappa, source).with(new Guarantee.Robustness(kappa, true, source));
  }

  /** This certificate with one more guarantee, unless it follows from one that is there; those that follow from it are dropped. */
  public Certificate with(Guarantee guarantee) {
    List<Guarantee> sharpest = new ArrayList<>();
    for (Guarantee other : guarantees) {
      if (other.implies(guarantee)) {
        return this;
      }
      if (!guarantee.implies(other)) {
        sharpest.add(other);
      }
    }
    sharpest.add(guarantee);
    return new Certificate(n, f, sharpest, "");
  }

  /** No finite bound, and why. */
  public static Certificate none(int n, int f, String reason) {
    return new Certificate(n, f, List.of(), reason);
  }

  /** True if there is a guarantee. */
  public boolean holds() {
    return !guarantees.isEmpty();
  }

  /** The smallest kappa with {@code ||F - mean_S||^2 <= kappa Var_S} that is proved; a spectral one is one of these. */
  public OptionalDouble kappa() {
    return smallest(Guarantee.Robustness.class);
  }

  /** The smallest lambda with {@code ||F - mean_S|| <= lambda diameter(S)} that is proved. */
  public OptionalDouble lambda() {
    return smallest(Guarantee.Resilience.class);
  }

  private OptionalDouble smallest(Class<? extends Guarantee> kind) {
    return guarantees.stream().filter(kind::isInstance).mapToDouble(Guarantee::constant).min();
  }

  /** This certificate with room for fewer arbitrary vectors only: see {@link Aggregator#certificate(int, int)}. */
  Certificate atMost(Aggregator rule, int fewer) {
    if (fewer > f) {
      return none(n, fewer, rule + " tolerates " + f + " arbitrary vectors of " + n + ", not " + fewer);
    }
    List<Guarantee> averaged = new ArrayList<>();
    for (Guarantee guarantee : guarantees) {
      if (guarantee instanceof Guarantee.Robustness robustness && robustness.spectral()) {
        // A largest eigenvalue is convex: its average over subsets may be above that of the whole, by this factor at the most.
        double factor = (double) (n - fewer) / (n - f);
        averaged.add(new Guarantee.Robustness(robustness.kappa(), robustness.source()));
        averaged.add(new Guarantee.Robustness(robustness.kappa() * factor, true, robustness.source()));
      } else {
        averaged.add(guarantee);
      }
    }
    return new Certificate(n, fewer, averaged, reason);
  }

  @Override
  public String toString() {
    String what =
        holds()
            ? guarantees.stream()
                .map(g -> g.statement() + " [" + g.source() + "]")
                .collect(Collectors.joining("; "))
            : "none: " + reason;
    return "n = " + n + ", f = " + f + ": " + what;
  }
}
