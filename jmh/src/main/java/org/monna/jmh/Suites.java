package org.monna.jmh;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** What is measured together. */
final class Suites {

  private static final String D = "431080";
  private static final String[] SOME = {"mean", "median", "nna", "krum"};
  private static final String[] MOST = {"mean", "median", "trimmed-mean", "mean-around-median", "nna", "krum", "nnm-trimmed-mean"};
  private static final String[] BY_WEIGHTS = {"mean", "nna", "krum", "multi-krum", "geometric-median"};
  private static final String[] BY_COORDINATE = {
    "median", "trimmed-mean", "mean-around-median", "phocas", "bulyan", "nnm-trimmed-mean"
  };
  private static final String[] ALL =
      Stream.of(BY_WEIGHTS, BY_COORDINATE).flatMap(Arrays::stream).toArray(String[]::new);

  private Suites() {}

  /** The f that goes with n: a fifth, about as in the paper's experiments. */
  static int f(int n) {
    return n / 5;
  }

  private static ChainedOptionsBuilder of(String benchmarks) {
    return new OptionsBuilder().include("\\." + benchmarks + "$").shouldFailOnError(true);
  }

  /** The compiler may need seconds for the kernels of a rule by coordinate, during which a call takes a hundred times as long. */
  private static ChainedOptionsBuilder of(String benchmarks, int forks, int warmupSeconds, int millis) {
    return of(benchmarks)
        .forks(forks)
        .warmupIterations(warmupSeconds)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(4)
        .measurementTime(TimeValue.milliseconds(millis));
  }

  private static ChainedOptionsBuilder size(ChainedOptionsBuilder options, int n, String... d) {
    return options.param("n", String.valueOf(n)).param("f", String.valueOf(f(n))).param("d", d);
  }

  /** A little of everything, in less than five minutes. */
  static List<Options> brief() {
    return List.of(
        brief("MachineBenchmark.*").build(),
        brief("KernelBenchmark.(pairwiseDistances|pairwiseDistancesTensorsGram|distancesFromOne)").build(),
        brief("RuleBenchmark.simd").param("rule", BY_WEIGHTS).build(),
        network("RuleBenchmark.simd").param("rule", BY_COORDINATE).build(),
        brief("RuleBenchmark.scalar").param("rule", "mean", "krum").build(),
        brief("RuleBenchmark.twoWorkers").param("rule", "mean", "krum").build(),
        network("RuleBenchmark.twoWorkers").param("rule", "median").build(),
        steady("RuleBenchmark.loops").param("rule", "mean", "median", "krum").build(),
        steady("RuleBenchmark.tensors")
            .param("rule", "mean", "nna", "median", "trimmed-mean", "mean-around-median", "krum", "multi-krum", "geometric-median")
            .build(),
        steady("RuleBenchmark.tensors").param("rule", "nnm-trimmed-mean").build(),
        brief("RuleBenchmark.simd").param("rule", "nna").param("f", "1", "12").build(),
        network("RuleBenchmark.simd").param("rule", "trimmed-mean", "nnm-trimmed-mean").param("f", "1", "12").build(),
        brief("GradientBenchmark.gradient").build(),
        size(brief("RuleBenchmark.simd").param("rule", "mean", "krum"), 11, D).build(),
        size(brief("RuleBenchmark.simd").param("rule", "mean", "krum"), 64, D).build(),
        size(network("RuleBenchmark.simd").param("rule", "mean", "krum"), 26, "1003").build(),
        size(network("RuleBenchmark.simd").param("rule", "median"), 11, D).build(),
        size(network("RuleBenchmark.simd").param("rule", "median"), 64, D).build(),
        size(network("RuleBenchmark.simd").param("rule", "median"), 26, "1003", "262144", "262147").build(),
        size(network("RuleBenchmark.(simd|loops)").param("rule", "mean", "trimmed-mean"), 10, "1000")
            .addProfiler(GCProfiler.class)
            .build(),
        of("FirstCallBenchmark.*").forks(2).param("rule", "median").build(),
        of("OverheadBenchmark.gradients")
            .param("method", "MONNA", "NNA")
            .param("sweep", "FRACTION")
            .param("seeds", "2")
            .build());
  }

  private static ChainedOptionsBuilder brief(String benchmarks) {
    return of(benchmarks, 1, 2, 150);
  }

  private static ChainedOptionsBuilder network(String benchmarks) {
    return of(benchmarks, 1, 6, 150);
  }

  /** For what runs at its speed from the first call, or nearly so. */
  private static ChainedOptionsBuilder steady(String benchmarks) {
    return of(benchmarks, 1, 1, 150).warmupTime(TimeValue.milliseconds(300)).measurementIterations(2);
  }

  /** All times: two forks for what everything else is compared with, one elsewhere. */
  static List<Options> full() {
    String[] linear = {"mean", "median", "trimmed-mean", "mean-around-median", "nna", "krum"};
    return Stream.of(
            Stream.of(full("MachineBenchmark.*", 3).build(), full("KernelBenchmark.*", 3).build()),
            rules("RuleBenchmark.(simd|twoWorkers)", ALL, options -> options.forks(2)),
            rules("RuleBenchmark.(scalar|loops)", ALL, UnaryOperator.identity()),
            Stream.of(full("RuleBenchmark.tensors", 1).param("rule", without("bulyan")).build()),
            rules(
                "RuleBenchmark.simd",
                new String[] {"nna", "trimmed-mean", "krum", "nnm-trimmed-mean"},
                options -> options.param("f", "0", "1", "2", "8", "12")),
            Stream.of(full("GradientBenchmark.gradient", 3).build()),
            rules("RuleBenchmark.simd", MOST, options -> size(options, 11, "1003", D, "9090909")),
            rules("RuleBenchmark.simd", MOST, options -> size(options, 64, D)),
            rules("RuleBenchmark.simd", MOST, options -> size(options, 128, D)),
            rules("RuleBenchmark.simd", SOME, options -> size(options, 128, "1003", "781250")),
            rules("RuleBenchmark.simd", linear, options -> size(options, 257, "100000")),
            rules("RuleBenchmark.simd", linear, options -> size(options, 1000, "1003", "100000")),
            rules("RuleBenchmark.simd", MOST, options -> size(options, 26, "1003", "10007", "100003", "3846153")),
            rules("RuleBenchmark.simd", MOST, options -> options.param("data", "CLUSTERED", "HOSTILE")),
            rules("RuleBenchmark.simd", SOME, options -> size(options, 26, "262144", "262147", "1048576", "1048583")),
            rules(
                "RuleBenchmark.(simd|loops)",
                without("bulyan"),
                options -> size(options, 10, "1000").addProfiler(GCProfiler.class)),
            Stream.of(of("FirstCallBenchmark.*").build()))
        .flatMap(options -> options)
        .toList();
  }

  /** The linear gradient overhead, counted in gradients. */
  static List<Options> overhead() {
    return List.of(
        of("OverheadBenchmark.gradients").param("sweep", "FRACTION").build(),
        of("OverheadBenchmark.gradients")
            .param("method", "MONNA", "NNA", "TRIMMED_MEAN_MOMENTUM")
            .param("sweep", "SMALL_FRACTION")
            .build(),
        of("OverheadBenchmark.gradients").param("method", "MONNA", "NNA").param("sweep", "NODES").build(),
        of("OverheadBenchmark.gradients").param("method", "MONNA").param("sweep", "HONEST_NODES").build());
  }

  private static ChainedOptionsBuilder full(String benchmarks, int warmupSeconds) {
    return of(benchmarks, 1, warmupSeconds, 300);
  }

  /** Rules by weights and rules by coordinate, each with the warm-up that they need. */
  private static Stream<Options> rules(String benchmarks, String[] rules, UnaryOperator<ChainedOptionsBuilder> more) {
    List<String> slow = List.of(BY_COORDINATE);
    String[] byWeights = Arrays.stream(rules).filter(rule -> !slow.contains(rule)).toArray(String[]::new);
    String[] byCoordinate = Arrays.stream(rules).filter(slow::contains).toArray(String[]::new);
    return Stream.of(
        more.apply(full(benchmarks, 3).param("rule", byWeights)).build(),
        more.apply(full(benchmarks, 7).param("rule", byCoordinate)).build());
  }

  private static String[] without(String rule) {
    return Arrays.stream(ALL).filter(r -> !r.equals(rule)).toArray(String[]::new);
  }
}
