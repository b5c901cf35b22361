package org.monna.jmh;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.Engine;
import org.monna.arrivals.Collector;
import org.monna.arrivals.Round;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What is left to do when the last vector arrives, against a call with all vectors: on one thread, and on two. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 40)
@Measurement(iterations = 25)
@Fork(value = 1, jvmArgsAppend = RuleBenchmark.HEAP)
public class CollectorBenchmark {

  /** The vectors and the rule. */
  @State(Scope.Benchmark)
  public static class Input {

    @Param({"krum", "multi-krum", "nnm-trimmed-mean"})
    public String rule = "";

    @Param("64")
    public int n;

    @Param("12")
    public int f;

    /** The paper's MNIST network has 431,080 parameters. */
    @Param("431080")
    public int d;

    @Param({"1", "2"})
    public int threads;

    private float[][] vectors = new float[0][];
    private float[] out = new float[0];
    private List<String> senders = List.of();
    private Aggregator aggregator = Aggregators.parse("mean");
    private Engine engine = Engine.sequential();
    private final ExecutorService pool = Executors.newFixedThreadPool(1);

    @Setup
    public void make() {
      vectors = AttackedVectors.ALIE.of(n, f, d, 1);
      out = new float[d];
      senders = IntStream.range(0, n).mapToObj(i -> "client-" + i).toList();
      aggregator = Aggregators.parse(RuleBenchmark.text(rule, f));
      engine = threads == 1 ? Engine.sequential() : Engine.on(pool, threads);
    }

    @TearDown
    public void shutDown() {
      pool.shutdownNow();
    }

    /** On one thread the last sender's measures; on more the pool and whoever awaits share what there is. */
    private Collector collector() {
      Collector collector = Collector.of(aggregator, d, senders);
      return threads == 1 ? collector : collector.on(pool, threads);
    }
  }

  /** All vectors but the last, measured. */
  @State(Scope.Thread)
  public static class AllButTheLast {

    private Round round = Collector.of(Aggregators.parse("mean"), 1, List.of("nobody")).round(0);

    @Setup(Level.Invocation)
    public void collect(Input input) throws Exception {
      round = input.collector().round(1);
      for (int i = 0; i < input.n - 1; i++) {
        round.offer(1, input.senders.get(i), input.vectors[i]);
      }
      // The pool's only thread has done its tasks when it gets to this one.
      input.pool.submit(() -> {}).get();
    }

    @TearDown(Level.Invocation)
    public void close() {
      round.close();
    }
  }

  @Benchmark
  public float[] everything(Input input) {
    input.engine.aggregate(input.aggregator, input.vectors, input.out);
    return input.out;
  }

  @Benchmark
  public float[] afterTheLast(Input input, AllButTheLast rest) throws Exception {
    rest.round.offer(1, input.senders.get(input.n - 1), input.vectors[input.n - 1]);
    return rest.round.await().vector();
  }
}
