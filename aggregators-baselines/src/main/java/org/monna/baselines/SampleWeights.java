package org.monna.baselines;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.monna.Aggregator;
import org.monna.Certificate;
import org.monna.Geometry;
import org.monna.Mixing;
import org.monna.PreAggregator;

/**
 * Weights by sample count: vector i counts in proportion to the number w_i of samples its sender declares, but never more than twice the
 * median of these numbers.
 *
 * <pre>
 *   v_i = min(w_i, 2 median(w))
 *   y_i = n v_i / (sum of v_j) x_i
 * </pre>
 *
 * so that the plain mean of the y_i is the mean of the x_i weighted with v_i. Counts are declared, not measured: without the cap one sender
 * who declares 1e12 samples is the mean. With it, f of n senders have at most the share 2f / (ceil(n/2) + f) of the weight.
 *
 * <p><b>Conventions</b>: the median of an even number is the mid-point.
 *
 * <p><b>Admissible</b>: as many weights as vectors; weights positive and finite.
 *
 * <p><b>Cost</b>: none of its own; if the rule needs distances, also the norms in pass 1.
 *
 * <p><b>Non-finite input</b>: is left for the rule to see. Factors are at most 4, so finite values beyond 8e37 can overflow before a
 * coordinate-wise rule and are then treated as infinite.
 *
 * <p><b>Guarantee</b>: with equal capped weights that of the rule. Otherwise none in terms of the vectors: a rule that is (f,
 * kappa)-robust is so for y, {@code ||F - mean_S(y)||^2 <= kappa Var_S(y)}, and {@code sqrt(Var_S(y)) <= 4 sqrt(Var_S(x)) + ||mean_S(x)||
 * std_S(factors)}: vectors that agree are spread by unequal weights, as a coordinate-wise or distance-based rule is bound to see them.
 * mean_S(y) is the weighted mean of S times a number between n (ceil(n/2) - f) / ((n-f) (ceil(n/2) + f)) and n/(n-f).
 *
 * <p><b>References</b>: Portnoy, Tirosh, Hendler, Towards Federated Learning with Byzantine-Robust Client Weighting, 2020, arXiv 2004.04986
 * (another cap, the same purpose); the statements are proved in docs/proofs.md.
 *
 * @param weights the declared numbers of samples
 */
public record SampleWeights(List<Double> weights) implements PreAggregator {

  public SampleWeights {
    weights = List.copyOf(weights);
    if (weights.isEmpty()) {
      throw new IllegalArgumentException("weights: none are given");
    }
    for (int i = 0; i < weights.size(); i++) {
      double weight = weights.get(i);
      if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("weights: weight " + i + " = " + weight + " is not positive and finite");
      }
    }
  }

  public SampleWeights(double... weights) {
    this(Arrays.stream(weights).boxed().collect(Collectors.toList()));
  }

  @Override
  public Geometry.Need need(int n) {
    if (n != weights.size()) {
      throw new IllegalArgumentException("weights: %d weights for n = %d vectors".formatted(weights.size(), n));
    }
    return Geometry.Need.NONE;
  }

  @Override
  public Geometry.Need need(int n, Geometry.Need wanted) {
    return need(n).and(wanted.ofScaled());
  }

  @Override
  public Mixing mixing(Geometry geometry) {
    need(geometry.size());
    return Mixing.diagonal(factors());
  }

  /** The numbers by which the vectors are multiplied; 1 each if the capped weights are equal. */
  private double[] factors() {
    double[] capped = weights.stream().mapToDouble(w -> w).sorted().toArray();
    int n = capped.length;
    double low = capped[(n - 1) / 2];
    double median = low + (capped[n / 2] - low) / 2;
    double total = 0;
    for (int i = 0; i < n; i++) {
      // In units of the median: sums of huge weights would overflow.
      capped[i] = Math.min(weights.get(i) / median, 2);
      total += capped[i];
    }
    for (int i = 0; i < n; i++) {
      capped[i] = n * capped[i] / total;
    }
    return capped;
  }

  @Override
  public Certificate certificate(int n, Aggregator rule) {
    need(n);
    Certificate after = rule.certificate(n);
    double[] factors = factors();
    if (!after.holds() || Arrays.stream(factors).allMatch(factor -> factor == 1)) {
      return after;
    }
    return Certificate.none(
        n, after.f(), "unequal weights spread vectors that agree; of the weighted vectors holds " + after);
  }

  @Override
  public String toString() {
    return weights.stream().map(SampleWeights::text).collect(Collectors.joining(", ", "weights(", ")"));
  }

  private static String text(double weight) {
    return weight == Math.rint(weight) && weight < 1e15 ? Long.toString((long) weight) : Double.toString(weight);
  }
}
