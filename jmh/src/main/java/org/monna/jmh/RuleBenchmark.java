package org.monna.jmh;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.Engine;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * One aggregation: by this library on one thread, with SIMD and with scalar kernels, and on two threads; by straightforward loops; by
 * tensor operations of PyTorch on one thread. Compare with the rule "mean" of the same run.
 *
 * <p>Under the name geometric-median, loops and tensors do three smoothed Weiszfeld steps, as ByzFL does: less work for less.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = {RuleBenchmark.HEAP, RuleBenchmark.YOUNG, RuleBenchmark.SIMD})
public class RuleBenchmark {

  static final String HEAP = "-Xms4g";

  /** So small a young generation has been touched all over before anything is measured: the first touch of a page takes microseconds. */
  static final String YOUNG = "-Xmn256m";

  /** From the first call: no scalar kernels while these are being compiled, which takes longer than a warm-up should. */
  static final String SIMD = "-Dorg.monna.kernels=simd";
  static final String SCALAR = "-Dorg.monna.kernels=scalar";

  @Param({"mean", "nna", "median", "trimmed-mean", "krum", "multi-krum", "nnm-trimmed-mean"})
  public String rule = "";

  @Param("26")
  public int n;

  @Param("5")
  public int f;

  /** The paper's MNIST network has 431,080 parameters. */
  @Param("431080")
  public int d;

  /** Or CLUSTERED, or HOSTILE. */
  @Param("ALIE")
  public String data = "";

  private float[][] vectors = new float[0][];
  private float[] out = new float[0];
  private Aggregator aggregator = Aggregators.parse("mean");

  @Setup
  public void makeVectors() {
    vectors = AttackedVectors.valueOf(data).of(n, f, d, 1);
    out = new float[d];
    aggregator = Aggregators.parse(text(rule, f));
  }

  @Setup
  public void checkKernels(BenchmarkParams params) {
    requireKernels(params);
  }

  /** Flags of JMH's command line may take the place of those that choose the kernels, and without a fork there are none. */
  static void requireKernels(BenchmarkParams params) {
    String benchmark = params.getBenchmark();
    String wanted = benchmark.toLowerCase(Locale.ROOT).contains("scalar") ? SCALAR : SIMD;
    if (!wanted.endsWith("=" + System.getProperty("org.monna.kernels", ""))) {
      throw new IllegalStateException(
          "%s is to run with %s, which other flags have replaced: give yours by -jvmArgsPrepend, and at least one fork"
              .formatted(benchmark, wanted));
    }
  }

  /** The text of a rule of the benchmarks. */
  static String text(String rule, int f) {
    return switch (rule) {
      case "mean", "median", "geometric-median" -> rule;
      case "nnm-trimmed-mean" -> "nnm(f=%d) | trimmed-mean(f=%d)".formatted(f, f);
      default -> "%s(f=%d)".formatted(rule, f);
    };
  }

  /** A second thread besides the caller. */
  @State(Scope.Benchmark)
  public static class Pool {
    private final ExecutorService executor = Executors.newFixedThreadPool(1);
    private final Engine engine = Engine.on(executor, 2);

    @TearDown
    public void shutdown() {
      executor.shutdownNow();
    }
  }

  @Benchmark
  public float[] simd() {
    Engine.sequential().aggregate(aggregator, vectors, out);
    return out;
  }

  @Benchmark
  @Fork(value = 3, jvmArgsAppend = {HEAP, YOUNG, SCALAR})
  public float[] scalar() {
    Engine.sequential().aggregate(aggregator, vectors, out);
    return out;
  }

  @Benchmark
  public float[] twoWorkers(Pool pool) {
    pool.engine.aggregate(aggregator, vectors, out);
    return out;
  }

  @Benchmark
  public float[] loops() {
    return Straightforward.aggregate(rule, vectors, f);
  }

  @Benchmark
  public long tensors(VectorsTensor tensor) {
    NDArray x = tensor.of(vectors);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return TensorRules.aggregate(rule, x, f).size();
    }
  }
}
