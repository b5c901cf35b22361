package org.monna.jmh;

import java.util.Arrays;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.monna.Aggregator;
import org.monna.Aggregators;

/**
 * How many gradients a node computes to bring an {@link Objective} to an accuracy, under the strongest of the attacks, with the best
 * rate for that.
 *
 * <p>Accurate is ||grad Q||^2 at most {@value #ACCURACY} on top of (f/n) zeta^2, the order of what no method gets below. For a
 * rate, the number of gradients is that of the attack with the largest mean over the seeds; the rate is the one of a grid with the
 * smallest such number, for each method, n and f. Momentum goes with the rate, 1 - beta = 4 L rate, as the theory wants.
 */
final class GradientOverhead {

  static final int DIMENSION = 64;
  static final double ACCURACY = 0.1;

  /** A run that has taken so many steps is given up. */
  static final int MOST = 3000;

  private static final double SPREAD = 0.03;
  private static final double LARGEST_RATE = 0.045;
  private static final double SMALLEST_RATE = 0.002;
  private static final double GRID = Math.pow(2, -0.25);

  /** So many rates in a row that are no better end the search. */
  private static final int PATIENCE = 3;

  private GradientOverhead() {}

  /** What the nodes do. */
  enum Method {
    D_SGD("mean with momentum (D-SGD)", "mean", true),
    MONNA("NNA with momentum (MoNNA)", "nna(f=%d)", true),
    NNA("NNA", "nna(f=%d)", false),
    TRIMMED_MEAN_MOMENTUM("trimmed mean with momentum", "trimmed-mean(f=%d)", true),
    TRIMMED_MEAN("trimmed mean", "trimmed-mean(f=%d)", false),
    GEOMETRIC_MEDIAN_MOMENTUM("geometric median with momentum", "geometric-median", true),
    GEOMETRIC_MEDIAN("geometric median", "geometric-median", false);

    /** For people. */
    final String label;

    private final String rule;
    private final boolean momentum;

    Method(String label, String rule, boolean momentum) {
      this.label = label;
      this.rule = rule;
      this.momentum = momentum;
    }

    private Aggregator rule(int f) {
      return Aggregators.parse(rule.formatted(f));
    }

    private double beta(double rate) {
      return momentum ? Math.max(0, 1 - 4 * Objective.SMOOTHNESS * rate) : 0;
    }
  }

  /**
   * The number of gradients a node computes.
   *
   * @param mean over the seeds, under the strongest attack; NaN if no rate reaches the accuracy within {@link #MOST} steps under all
   *     attacks with all seeds
   * @param deviation the standard deviation over the seeds
   * @param rate the best one
   */
  record Count(double mean, double deviation, double rate) {

    static final Count NEVER = new Count(Double.NaN, Double.NaN, Double.NaN);

    static Count of(int[] counts, double rate) {
      double mean = Arrays.stream(counts).average().orElseThrow();
      double squares = Arrays.stream(counts).mapToDouble(c -> (c - mean) * (c - mean)).sum();
      return new Count(mean, Math.sqrt(squares / Math.max(1, counts.length - 1)), rate);
    }
  }

  /** The count with the best rate. Smaller rates get nearer but take longer, so the search begins with the largest. */
  static Count best(Method method, int n, int f, int seeds) {
    Count best = Count.NEVER;
    int worse = 0;
    for (double rate = LARGEST_RATE; rate > SMALLEST_RATE && worse < PATIENCE; rate *= GRID) {
      Count count = worst(method, n, f, seeds, rate, Double.isNaN(best.mean) ? MOST : best.mean);
      if (!Double.isNaN(count.mean)) {
        best = count;
        worse = 0;
      } else if (!Double.isNaN(best.mean)) {
        worse++;
      }
    }
    return best;
  }

  /** The count under the strongest attack, or never if its mean is not below a bound. */
  private static Count worst(Method method, int n, int f, int seeds, double rate, double bound) {
    ForgedModel[] attacks = f == 0 ? new ForgedModel[] {ForgedModel.SIGN_FLIP} : ForgedModel.values();
    Count worst = Count.NEVER;
    for (ForgedModel attack : attacks) {
      int[] counts = new int[seeds];
      long left = (long) (seeds * bound);
      for (int seed = 0; seed < seeds && left > 0; seed++) {
        int most = (int) Math.min(MOST, left);
        counts[seed] = run(method, n, f, rate, attack, seed, most);
        left = counts[seed] > most ? 0 : left - counts[seed];
      }
      if (left <= 0) {
        return Count.NEVER;
      }
      Count count = Count.of(counts, rate);
      if (!(count.mean <= worst.mean)) {
        worst = count;
      }
    }
    return worst;
  }

  private static int run(Method method, int n, int f, double rate, ForgedModel attack, long seed, int most) {
    Objective objective =
        new Objective(n - f, DIMENSION, SPREAD, RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
    double accuracy = ACCURACY + objective.heterogeneity() * f / n;
    return new GradientCount(method.rule(f), objective, n, f, rate, method.beta(rate), attack, ~seed)
        .until(accuracy, most);
  }

  /** The counts of several (n, f), on the common pool. */
  static Count[] best(Method method, int[] n, int[] f, int seeds) {
    return IntStream.range(0, n.length).parallel().mapToObj(i -> best(method, n[i], f[i], seeds)).toArray(Count[]::new);
  }
}
