package org.monna.jmh;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The gradients that a node computes to reach an accuracy, {@link GradientOverhead}, over six or five values of f and n: counters, not
 * times. NaN where the accuracy is not reached.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(1)
public class OverheadBenchmark {

  /** Which n and f, and the x of the fitted line. */
  @SuppressWarnings("ImmutableEnumChecker") // nobody writes to the arrays
  enum Sweep {
    FRACTION("n = 26, f = 0 to 5", "f/n", new int[] {26, 26, 26, 26, 26, 26}, new int[] {0, 1, 2, 3, 4, 5}),
    /** Where MoNNA's theorem holds, n &gt;= 11f. */
    SMALL_FRACTION("n = 56, f = 0 to 5", "f/n", new int[] {56, 56, 56, 56, 56, 56}, new int[] {0, 1, 2, 3, 4, 5}),
    NODES("n = 15, 20, 30, 45, 60, f = n/5", "1/n", new int[] {15, 20, 30, 45, 60}, new int[] {3, 4, 6, 9, 12}),
    HONEST_NODES("n = 15, 20, 30, 45, 60, f = 0", "1/n", new int[] {15, 20, 30, 45, 60}, new int[] {0, 0, 0, 0, 0});

    /** For people. */
    final String label;

    final String against;
    final int[] n;
    final int[] f;

    Sweep(String label, String against, int[] n, int[] f) {
      this.label = label;
      this.against = against;
      this.n = n;
      this.f = f;
    }

    double[] x() {
      double[] x = new double[n.length];
      Arrays.setAll(x, i -> (against.equals("f/n") ? f[i] : 1) / (double) n[i]);
      return x;
    }

    /** f (n-f) / (n-2f)^2, which the proved bound for averaging the n-2f nearest of n-f vectors is proportional to. */
    double[] mixingBound() {
      double[] x = new double[n.length];
      Arrays.setAll(x, i -> (double) f[i] * (n[i] - f[i]) / ((n[i] - 2 * f[i]) * (n[i] - 2 * f[i])));
      return x;
    }
  }

  @Param({"MONNA", "D_SGD", "NNA", "TRIMMED_MEAN_MOMENTUM", "TRIMMED_MEAN", "GEOMETRIC_MEDIAN_MOMENTUM", "GEOMETRIC_MEDIAN"})
  public String method = "";

  @Param({"FRACTION", "SMALL_FRACTION", "NODES", "HONEST_NODES"})
  public String sweep = "";

  @Param("5")
  public int seeds;

  /** The mean count at each point of the sweep, its standard deviation over the seeds, and the line fitted to the means. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Counters {
    public double gradients0 = Double.NaN;
    public double gradients1 = Double.NaN;
    public double gradients2 = Double.NaN;
    public double gradients3 = Double.NaN;
    public double gradients4 = Double.NaN;
    public double gradients5 = Double.NaN;
    public double spread0 = Double.NaN;
    public double spread1 = Double.NaN;
    public double spread2 = Double.NaN;
    public double spread3 = Double.NaN;
    public double spread4 = Double.NaN;
    public double spread5 = Double.NaN;
    public double slope = Double.NaN;
    public double intercept = Double.NaN;
    public double rSquared = Double.NaN;

    void set(GradientOverhead.Count[] counts, LineFit fit) {
      gradients0 = counts[0].mean();
      gradients1 = counts[1].mean();
      gradients2 = counts[2].mean();
      gradients3 = counts[3].mean();
      gradients4 = counts[4].mean();
      gradients5 = counts.length > 5 ? counts[5].mean() : Double.NaN;
      spread0 = counts[0].deviation();
      spread1 = counts[1].deviation();
      spread2 = counts[2].deviation();
      spread3 = counts[3].deviation();
      spread4 = counts[4].deviation();
      spread5 = counts.length > 5 ? counts[5].deviation() : Double.NaN;
      slope = fit.slope();
      intercept = fit.intercept();
      rSquared = fit.rSquared();
    }
  }

  @Benchmark
  public GradientOverhead.Count[] gradients(Counters counters) {
    Sweep points = Sweep.valueOf(sweep);
    GradientOverhead.Count[] counts =
        GradientOverhead.best(GradientOverhead.Method.valueOf(method), points.n, points.f, seeds);
    counters.set(counts, LineFit.of(points.x(), Arrays.stream(counts).mapToDouble(GradientOverhead.Count::mean).toArray()));
    return counts;
  }
}
