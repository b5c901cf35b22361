package org.monna.jmh;

import java.util.Arrays;
import java.util.List;
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
  private static final String[] ALL = {
    "mean", "nna", "median", "trimmed-mean", "mean-around-median", "phocas", "krum", "multi-krum", "bulyan", "geometric-median",
    "nnm-trimmed-mean"
  };

  private Suites() {}

  /** The f that goes with n: a fifth, about as in the paper's experiments. */
  static int f(int n) {
    return n / 5;
  }

  private static ChainedOptionsBuilder of(String benchmarks) {
    return new OptionsBuilder().include("\\." + benchmarks + "$").shouldFailOnError(true);
  }

  private static ChainedOptionsBuilder of(String benchmarks, int forks, int millis) {
    return of(benchmarks)
        .forks(forks)
        .warmupIterations(4)
        .warmupTime(TimeValue.milliseconds(millis))
        .measurementIterations(5)
        .measurementTime(TimeValue.milliseconds(millis));
  }

  private static ChainedOptionsBuilder size(ChainedOptionsBuilder options, int n, String... d) {
    return options.param("n", String.valueOf(n)).param("f", String.valueOf(f(n))).param("d", d);
  }

  /** A little of everything, in less than five minutes. */
  static List<Options> brief() {
    int ms = 200;
    return List.of(
        of("MachineBenchmark.*", 1, ms).build(),
        of("KernelBenchmark.(pairwiseDistances|pairwiseDistancesTensorsGram|distancesFromOne)", 1, ms).build(),
        of("RuleBenchmark.simd", 1, ms).param("rule", ALL).build(),
        of("RuleBenchmark.(scalar|twoWorkers)", 1, ms).param("rule", "mean", "median", "krum").build(),
        of("RuleBenchmark.loops", 1, ms).param("rule", "mean", "median", "nna", "krum").measurementIterations(2).warmupIterations(1).build(),
        of("RuleBenchmark.tensors", 1, ms)
            .param("rule", "mean", "nna", "median", "trimmed-mean", "krum", "multi-krum", "geometric-median")
            .measurementIterations(2)
            .warmupIterations(1)
            .build(),
        of("RuleBenchmark.tensors", 1, 1)
            .param("rule", "mean-around-median", "nnm-trimmed-mean")
            .measurementIterations(2)
            .warmupIterations(1)
            .build(),
        of("RuleBenchmark.simd", 1, ms).param("rule", "mean", "nna", "trimmed-mean", "nnm-trimmed-mean").param("f", "1", "12").build(),
        of("GradientBenchmark.gradient", 1, ms).build(),
        size(of("RuleBenchmark.simd", 1, ms).param("rule", SOME), 11, D).build(),
        size(of("RuleBenchmark.simd", 1, ms).param("rule", SOME), 64, D).build(),
        size(of("RuleBenchmark.simd", 1, ms).param("rule", SOME), 26, "1003").build(),
        size(of("RuleBenchmark.simd", 1, ms).param("rule", "median", "krum"), 26, "262144", "262147").build(),
        size(of("RuleBenchmark.(simd|loops)", 1, ms).param("rule", "mean", "trimmed-mean", "nna"), 10, "1000")
            .addProfiler(GCProfiler.class)
            .build(),
        of("FirstCallBenchmark.*").forks(2).param("rule", "median").build(),
        of("OverheadBenchmark.gradients")
            .param("method", "MONNA", "NNA", "TRIMMED_MEAN_MOMENTUM")
            .param("sweep", "FRACTION")
            .param("seeds", "2")
            .build());
  }

  /** Everything. */
  static List<Options> full() {
    int ms = 500;
    int forks = 2;
    String[] small = without("bulyan");
    return List.of(
        of("MachineBenchmark.*", forks, ms).build(),
        of("KernelBenchmark.*", forks, ms).build(),
        of("RuleBenchmark.(simd|scalar|twoWorkers|loops)", forks, ms).param("rule", ALL).build(),
        of("RuleBenchmark.tensors", forks, ms).param("rule", small).build(),
        of("RuleBenchmark.simd", forks, ms)
            .param("rule", "nna", "trimmed-mean", "krum", "nnm-trimmed-mean")
            .param("f", "0", "1", "2", "8", "12")
            .build(),
        of("GradientBenchmark.gradient", forks, ms).build(),
        size(of("RuleBenchmark.simd", forks, ms).param("rule", MOST), 11, "1003", D, "9090909").build(),
        size(of("RuleBenchmark.simd", forks, ms).param("rule", MOST), 64, D).build(),
        size(of("RuleBenchmark.simd", forks, ms).param("rule", MOST), 128, D).build(),
        size(of("RuleBenchmark.simd", forks, ms).param("rule", SOME), 128, "1003", "781250").build(),
        size(of("RuleBenchmark.simd", forks, ms).param("rule", SOME), 1000, "1003", "100000").build(),
        size(of("RuleBenchmark.simd", forks, ms).param("rule", MOST), 26, "1003", "10007", "100003", "3846153").build(),
        of("RuleBenchmark.simd", forks, ms).param("rule", MOST).param("data", "CLUSTERED", "HOSTILE").build(),
        size(
                of("RuleBenchmark.simd", forks, ms).param("rule", SOME),
                26,
                "65536",
                "65541",
                "262144",
                "262147",
                "1048576",
                "1048583")
            .build(),
        size(of("RuleBenchmark.(simd|loops)", forks, ms).param("rule", small), 10, "1000")
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

  private static String[] without(String rule) {
    return Arrays.stream(ALL).filter(r -> !r.equals(rule)).toArray(String[]::new);
  }
}
