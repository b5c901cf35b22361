package org.monna.jmh;

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
import org.openjdk.jmh.annotations.Warmup;

/**
 * One aggregation on one thread: by this library with SIMD and with scalar kernels, and by straightforward loops. Compare with the
 * rule "mean" of the same run.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RuleBenchmark {

  private static final String VECTOR_API = "--add-modules=jdk.incubator.vector";
  private static final String HEAP = "-Xms4g";
  private static final String SCALAR = "-Dorg.monna.kernels=scalar";

  @Param({"mean", "nna", "median", "trimmed-mean", "krum", "multi-krum", "nnm-trimmed-mean"})
  public String rule = "";

  @Param("26")
  public int n;

  @Param("5")
  public int f;

  /** The paper's MNIST network has 431,080 parameters. */
  @Param("431080")
  public int d;

  private float[][] vectors = new float[0][];
  private float[] out = new float[0];
  private Aggregator aggregator = Aggregators.parse("mean");

  @Setup
  public void makeVectors() {
    vectors = AttackedVectors.of(n, f, d, 1);
    out = new float[d];
    aggregator = Aggregators.parse(text());
  }

  private String text() {
    return switch (rule) {
      case "mean", "median" -> rule;
      case "nnm-trimmed-mean" -> "nnm(f=%d) | trimmed-mean(f=%d)".formatted(f, f);
      default -> "%s(f=%d)".formatted(rule, f);
    };
  }

  @Benchmark
  @Fork(value = 3, jvmArgsAppend = {VECTOR_API, HEAP})
  public float[] simd() {
    Engine.sequential().aggregate(aggregator, vectors, out);
    return out;
  }

  @Benchmark
  @Fork(value = 3, jvmArgsAppend = {HEAP, SCALAR})
  public float[] scalar() {
    Engine.sequential().aggregate(aggregator, vectors, out);
    return out;
  }

  @Benchmark
  @Fork(value = 3, jvmArgsAppend = {HEAP})
  public float[] straightforward() {
    return Straightforward.aggregate(rule, vectors, f);
  }
}
