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

/** The first call in a fresh virtual machine, with the loading of classes and nothing compiled, and the same call when it has settled. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 10, jvmArgsAppend = {RuleBenchmark.HEAP, RuleBenchmark.YOUNG})
@Measurement(iterations = 1)
public class FirstCallBenchmark {

  @Param({"mean", "median", "nna", "krum"})
  public String rule = "";

  @Param("26")
  public int n;

  @Param("5")
  public int f;

  @Param("1000003")
  public int d;

  private float[][] vectors = new float[0][];
  private float[] out = new float[0];

  @Setup
  public void makeVectors() {
    vectors = AttackedVectors.ALIE.of(n, f, d, 1);
    out = new float[d];
  }

  @Benchmark
  @Warmup(iterations = 0)
  public float[] first() {
    return aggregate();
  }

  @Benchmark
  @Warmup(iterations = 30)
  public float[] settled() {
    return aggregate();
  }

  private float[] aggregate() {
    Aggregator aggregator = Aggregators.parse(RuleBenchmark.text(rule, f));
    Engine.sequential().aggregate(aggregator, vectors, out);
    return out;
  }
}
