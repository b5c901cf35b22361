package org.monna.jmh;

import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;

/**
 * One benchmark's result.
 *
 * @param group the simple name of the benchmark's class
 * @param variant the name of its method
 * @param parameters the values of its parameters by name
 * @param score the median over all iterations of all forks
 * @param unit of the score
 * @param more other numbers by name: counters, and what a profiler adds
 */
record Measurement(
    String group, String variant, Map<String, String> parameters, double score, String unit, Map<String, Double> more) {

  static Measurement of(RunResult result) {
    BenchmarkParams params = result.getParams();
    Map<String, String> parameters = new TreeMap<>();
    params.getParamsKeys().forEach(key -> parameters.put(key, params.getParam(key)));
    Map<String, Double> more = new TreeMap<>();
    result.getSecondaryResults().forEach((name, value) -> more.put(name, value.getScore()));
    String name = params.getBenchmark();
    String type = name.substring(0, name.lastIndexOf('.'));
    return new Measurement(
        type.substring(type.lastIndexOf('.') + 1),
        name.substring(name.lastIndexOf('.') + 1),
        parameters,
        result.getPrimaryResult().getStatistics().getPercentile(50),
        result.getPrimaryResult().getScoreUnit(),
        more);
  }

  /** A parameter's value, empty if it has none of that name. */
  String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  int integer(String name) {
    return Integer.parseInt(parameters.get(name));
  }

  boolean is(String group, String variant) {
    return this.group.equals(group) && this.variant.equals(variant);
  }

  /** The allocation of a call in bytes, NaN if no profiler has measured it. */
  double allocated() {
    return more.entrySet().stream()
        .filter(e -> e.getKey().endsWith("gc.alloc.rate.norm"))
        .mapToDouble(Map.Entry::getValue)
        .findFirst()
        .orElse(Double.NaN);
  }

  double counter(String name) {
    return more.getOrDefault(name, Double.NaN);
  }
}
