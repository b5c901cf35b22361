package org.monna.jmh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The measurements of one run, and what tables and charts ask of them. */
record Results(List<Measurement> all) {

  static final String RULES = "RuleBenchmark";
  static final String KERNELS = "KernelBenchmark";
  static final String MACHINE = "MachineBenchmark";
  static final String SIMD = "simd";

  Results {
    all = List.copyOf(all);
  }

  Stream<Measurement> of(String group) {
    return all.stream().filter(m -> m.group().equals(group));
  }

  /** The score of the first that is asked for, NaN if it was not measured. */
  static double score(Collection<Measurement> measurements, Predicate<Measurement> which) {
    return measurements.stream().filter(which).mapToDouble(Measurement::score).findFirst().orElse(Double.NaN);
  }

  double score(Predicate<Measurement> which) {
    return score(all, which);
  }

  static List<String> distinct(Collection<Measurement> group, Function<Measurement, String> name) {
    return group.stream().map(name).distinct().toList();
  }

  static boolean same(Measurement one, Measurement other, String... names) {
    return Arrays.stream(names).allMatch(name -> one.parameter(name).equals(other.parameter(name)));
  }

  /** Rules by name, and for each the measurements that vary in one parameter, in its order. */
  Map<String, List<Measurement>> varying(String parameter, Predicate<Measurement> which) {
    Map<String, List<Measurement>> lines = new LinkedHashMap<>();
    of(RULES)
        .filter(m -> m.variant().equals(SIMD) && m.parameter("data").equals("ALIE"))
        .filter(which)
        .sorted(Comparator.comparingInt(m -> m.integer(parameter)))
        .forEach(m -> lines.computeIfAbsent(m.parameter("rule"), key -> new ArrayList<>()).add(m));
    lines.values().removeIf(line -> distinct(line, m -> m.parameter(parameter)).size() < 2);
    return lines;
  }

  Map<String, List<Measurement>> varyingF() {
    return varying("f", Results::networkSize);
  }

  /** The nodes and parameters of the paper's experiment. */
  static boolean networkSize(Measurement m) {
    return m.parameter("n").equals("26") && m.parameter("d").equals("431080");
  }

  /** The time of one gradient of the paper's network. */
  double gradient() {
    return score(m -> m.is("GradientBenchmark", "gradient"));
  }

  /** The plain mean of the same n and d; its f is of no importance. */
  double meanLike(Measurement m) {
    return score(
        o -> o.is(RULES, SIMD) && o.parameter("rule").equals("mean") && same(m, o, "n", "d", "data"));
  }

  /** The name of what the nodes do in a measurement of the overhead in gradients. */
  static String method(Measurement m) {
    return GradientOverhead.Method.valueOf(m.parameter("method")).label;
  }
}
