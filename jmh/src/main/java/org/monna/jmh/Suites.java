package org.monna.jmh;

import java.util.Arrays;
import java.util.List;
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

  /** Everything. */
  static List<Options> full() {
    String[] small = without("bulyan");
    return List.of(
        full("MachineBenchmark.*").build(),
        full("KernelBenchmark.*").build(),
        full("RuleBenchmark.(simd|scalar|twoWorkers|loops)").param("rule", ALL).build(),
        full("RuleBenchmark.tensors").param("rule", small).build(),
        full("RuleBenchmark.simd")
            .param("rule", "nna", "trimmed-mean", "krum", "nnm-trimmed-mean")
            .param("f", "0", "1", "2", "8", "12")
            .build(),
        full("GradientBenchmark.gradient").build(),
        size(full("RuleBenchmark.simd").param("rule", MOST), 11, "1003", D, "9090909").build(),
        size(full("RuleBenchmark.simd").param("rule", MOST), 64, D).build(),
        size(full("RuleBenchmark.simd").param("rule", MOST), 128, D).build(),
        size(full("RuleBenchmark.simd").param("rule", SOME), 128, "1003", "781250").build(),
        size(full("RuleBenchmark.simd").param("rule", SOME), 1000, "1003", "100000").build(),
        size(full("RuleBenchmark.simd").param("rule", MOST), 26, "1003", "10007", "100003", "3846153").build(),
        full("RuleBenchmark.simd").param("rule", MOST).param("data", "CLUSTERED", "HOSTILE").build(),
        size(
                full("RuleBenchmark.simd").param("rule", SOME),
                26,
                "65536",
                "65541",
                "262144",
                "262147",
                "1048576",
                "1048583")
            .build(),
        size(full("RuleBenchmark.(simd|loops)").param("rule", small), 10, "1000")
            .addProfiler(GCProfiler.class)
            .build(),
        of("FirstCallBenchmark.*").build(),
        of("OverheadBenchmark.gradients").param("sweep", "FRACTION").build(),
        of("OverheadBenchmark.gradients")
            .param("method", "MONNA", "NNA", "TRIMMED_MEAN_MOMENTUM")
            .param("sweep", "SMALL_FRACTION", "NODES")
            .build(),
        of("OverheadBenchmark.gradients").param("method", "MONNA").param("sweep", "HONEST_NODES").build());
  }

  private static ChainedOptionsBuilder full(String benchmarks) {
    return of(benchmarks, 2, 8, 500);
  }

  private static String[] without(String rule) {
    return Arrays.stream(ALL).filter(r -> !r.equals(rule)).toArray(String[]::new);
  }
}
