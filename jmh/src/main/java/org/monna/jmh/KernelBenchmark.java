package org.monna.jmh;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.concurrent.TimeUnit;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.Engine;
import org.monna.Geometry;
import org.monna.Plan;
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
import org.openjdk.jmh.infra.BenchmarkParams;

/** The two passes of an aggregation on their own: measuring a geometry, applying a plan. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = {RuleBenchmark.HEAP, RuleBenchmark.YOUNG, RuleBenchmark.SIMD})
public class KernelBenchmark {

  @Param("26")
  public int n;

  @Param("5")
  public int f;

  @Param("431080")
  public int d;

  private float[][] vectors = new float[0][];
  private float[] out = new float[0];
  private Plan mixedTrimmedMean = Aggregators.parse("mean").plan(Geometry.unmeasured(1));

  @Setup
  public void makeVectors() {
    vectors = AttackedVectors.ALIE.of(n, f, d, 1);
    out = new float[d];
    Aggregator rule = Aggregators.parse(RuleBenchmark.text("nnm-trimmed-mean", f));
    mixedTrimmedMean = rule.plan(Engine.sequential().geometry(rule.need(n), vectors));
  }

  @Setup
  public void checkKernels(BenchmarkParams params) {
    RuleBenchmark.requireKernels(params);
  }

  @Benchmark
  public Geometry norms() {
    return Engine.sequential().geometry(Geometry.Need.NORMS, vectors);
  }

  @Benchmark
  public Geometry distancesFromOne() {
    return Engine.sequential().geometry(Geometry.Need.fromPivot(0), vectors);
  }

  @Benchmark
  public Geometry pairwiseDistances() {
    return Engine.sequential().geometry(Geometry.Need.PAIRWISE, vectors);
  }

  @Benchmark
  @Fork(value = 3, jvmArgsAppend = {RuleBenchmark.HEAP, RuleBenchmark.YOUNG, RuleBenchmark.SCALAR})
  public Geometry pairwiseDistancesScalar() {
    return Engine.sequential().geometry(Geometry.Need.PAIRWISE, vectors);
  }

  @Benchmark
  public double[][] pairwiseDistancesLoops() {
    return Straightforward.squaredDistances(vectors);
  }

  @Benchmark
  public long pairwiseDistancesTensors(VectorsTensor tensor) {
    NDArray x = tensor.of(vectors);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return TensorRules.pairwise(x).size();
    }
  }

  /** Fast, and without a correct digit for vectors that are nearer to each other than to the origin. */
  @Benchmark
  public long pairwiseDistancesTensorsGram(VectorsTensor tensor) {
    NDArray x = tensor.of(vectors);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return TensorRules.gram(x).size();
    }
  }

  /** Pass 2 of nnm | trimmed-mean: n mixed rows, then the trimmed mean. */
  @Benchmark
  public float[] applyMixingAndRanks() {
    Engine.sequential().apply(mixedTrimmedMean, vectors, out);
    return out;
  }
}
