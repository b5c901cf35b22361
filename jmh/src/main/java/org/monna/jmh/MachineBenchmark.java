package org.monna.jmh;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
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

/** What the machine can do on one thread: copy, read, and subtract, multiply and add in registers. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = {RuleBenchmark.HEAP, RuleBenchmark.YOUNG})
public class MachineBenchmark {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int CHAINS = 12;

  /** The subtractions in one {@link #subtractMultiplyAdd}, as many as multiplications and additions, however wide the vectors are. */
  static final double PEAK_OPERATIONS = 100_000.0 * CHAINS * 16;

  private static final int ROUNDS = (int) (PEAK_OPERATIONS / CHAINS / SPECIES.length());

  @Param("26")
  public int n;

  @Param("431080")
  public int d;

  private float[][] from = new float[0][];
  private float[][] to = new float[0][];
  private float[] out = new float[0];
  private float start = 1;

  @Setup
  public void makeVectors() {
    from = AttackedVectors.ALIE.of(n, 0, d, 1);
    to = new float[n][d];
    out = new float[d];
  }

  /** Copies n d floats: as many are read as are written. */
  @Benchmark
  public float[][] copy() {
    for (int i = 0; i < n; i++) {
      System.arraycopy(from[i], 0, to[i], 0, d);
    }
    return to;
  }

  /** Reads n d floats and does as little with them as is possible. */
  @Benchmark
  public float read() {
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector e = a;
    int step = SPECIES.length();
    for (float[] row : from) {
      for (int k = 0; k + 4 * step <= row.length; k += 4 * step) {
        a = a.add(FloatVector.fromArray(SPECIES, row, k));
        b = b.add(FloatVector.fromArray(SPECIES, row, k + step));
        c = c.add(FloatVector.fromArray(SPECIES, row, k + 2 * step));
        e = e.add(FloatVector.fromArray(SPECIES, row, k + 3 * step));
      }
    }
    return a.add(b).add(c.add(e)).lane(0);
  }

  /** The best plain loop for a mean: tiles that stay in the cache, four rows a pass. */
  @Benchmark
  public float[] plainMean() {
    int tile = 2048;
    for (int first = 0; first < d; first += tile) {
      int end = Math.min(d, first + tile);
      Arrays.fill(out, first, end, 0);
      int i = 0;
      for (; i + 4 <= n; i += 4) {
        addFour(out, from[i], from[i + 1], from[i + 2], from[i + 3], first, end);
      }
      for (; i < n; i++) {
        add(out, from[i], first, end);
      }
      scale(out, 1f / n, first, end);
    }
    return out;
  }

  private static void addFour(float[] sum, float[] x, float[] y, float[] z, float[] w, int start, int end) {
    for (int c = start; c < end; c++) {
      sum[c] += x[c] + y[c] + (z[c] + w[c]);
    }
  }

  private static void add(float[] sum, float[] x, int start, int end) {
    for (int c = start; c < end; c++) {
      sum[c] += x[c];
    }
  }

  private static void scale(float[] sum, float factor, int start, int end) {
    for (int c = start; c < end; c++) {
      sum[c] *= factor;
    }
  }

  /** Chains that do not wait for each other; each is as a squared difference in its operations, and stays finite. */
  @Benchmark
  public float subtractMultiplyAdd() {
    FloatVector s = FloatVector.broadcast(SPECIES, 0.5f * start);
    FloatVector m = FloatVector.broadcast(SPECIES, 0.25f * start);
    FloatVector a = FloatVector.broadcast(SPECIES, 0.75f * start);
    FloatVector x0 = a;
    FloatVector x1 = s;
    FloatVector x2 = m;
    FloatVector x3 = a.add(s);
    FloatVector x4 = a.add(m);
    FloatVector x5 = s.add(m);
    FloatVector x6 = a.mul(s);
    FloatVector x7 = a.mul(m);
    FloatVector x8 = s.mul(m);
    FloatVector x9 = a.sub(m);
    FloatVector x10 = a.mul(a);
    FloatVector x11 = s.mul(s);
    for (int round = 0; round < ROUNDS; round++) {
      x0 = x0.sub(s).mul(m).add(a);
      x1 = x1.sub(s).mul(m).add(a);
      x2 = x2.sub(s).mul(m).add(a);
      x3 = x3.sub(s).mul(m).add(a);
      x4 = x4.sub(s).mul(m).add(a);
      x5 = x5.sub(s).mul(m).add(a);
      x6 = x6.sub(s).mul(m).add(a);
      x7 = x7.sub(s).mul(m).add(a);
      x8 = x8.sub(s).mul(m).add(a);
      x9 = x9.sub(s).mul(m).add(a);
      x10 = x10.sub(s).mul(m).add(a);
      x11 = x11.sub(s).mul(m).add(a);
    }
    FloatVector low = x0.add(x1).add(x2).add(x3).add(x4).add(x5);
    return low.add(x6).add(x7).add(x8).add(x9).add(x10).add(x11).lane(0);
  }
}
