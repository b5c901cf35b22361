package org.monna;

import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * An account of one aggregation: which vectors were used with which weight, which were not finite, the geometry that decided, and
 * the certificate of the call. Made only for those who {@linkplain Engine#report ask}.
 *
 * @param rule the rule, as {@link Aggregators#parse} reads it
 * @param n the number of vectors
 * @param d their length
 * @param plan the weights and the function that were applied
 * @param geometry the norms and distances that decided, as far as the rule needed them
 * @param nonFinite the indices of the vectors with a NaN or an infinity
 * @param certificate what is proved of the result, unless {@link #guaranteeIsVoid}
 */
public record Report(
    String rule, int n, long d, Plan plan, Geometry geometry, List<Integer> nonFinite, Certificate certificate) {

  public Report {
    nonFinite = List.copyOf(nonFinite);
    // A report that is kept does not keep the vectors.
    geometry = geometry.with(null);
  }

  /**
   * The account of a call.
   *
   * @param d the length of the vectors
   * @param isFinite tells for each vector whether it has neither NaN nor infinity
   */
  public static Report of(Aggregator rule, long d, Geometry geometry, Plan plan, IntPredicate isFinite) {
    int n = geometry.size();
    List<Integer> nonFinite = IntStream.range(0, n).filter(isFinite.negate()).boxed().toList();
    return new Report(rule.toString(), n, d, plan, geometry, nonFinite, rule.certificate(n));
  }

  /** True if more vectors are not finite than the rule tolerates arbitrary ones: nothing is proved of the result. */
  public boolean guaranteeIsVoid() {
    return !certificate.holds() || nonFinite.size() > certificate.f();
  }

  /** The weight of vector i in the result, if that is a weighted sum; otherwise that in the rows phi was given, added up. */
  public double weight(int i) {
    double sum = 0;
    for (int r = 0; r < plan.mixing().rows(); r++) {
      sum += plan.mixing().weight(r, i);
    }
    return sum;
  }

  /** The report as one JSON object: everything that the text says, with all digits. */
  public String toJson() {
    return ReportJson.of(this);
  }

  /** The report as text, a line for each vector. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(rule).append(": n = ").append(n).append(", d = ").append(d).append('\n');
    for (int i = 0; i < n; i++) {
      text.append(String.format(Locale.ROOT, "  vector %d: weight %.6g", i, weight(i)));
      if (geometry.measured().pivot() >= 0) {
        double distance = Math.sqrt(geometry.squaredDistance(i, geometry.measured().pivot()));
        text.append(String.format(Locale.ROOT, ", distance from the pivot %.6g", distance));
      }
      if (geometry.measured().norms()) {
        text.append(String.format(Locale.ROOT, ", norm %.6g", Math.sqrt(geometry.squaredNorm(i))));
      }
      if (geometry.measured().pairwise()) {
        text.append(", distances");
        for (int j = 0; j < n; j++) {
          text.append(String.format(Locale.ROOT, " %.4g", Math.sqrt(geometry.squaredDistance(i, j))));
        }
      }
      text.append(nonFinite.contains(i) ? ", not finite" : "").append('\n');
    }
    text.append("  guarantee ");
    if (certificate.holds() && guaranteeIsVoid()) {
      text.append("void: ").append(nonFinite.size()).append(" vectors are not finite; ");
    }
    return text.append(certificate).toString();
  }
}
