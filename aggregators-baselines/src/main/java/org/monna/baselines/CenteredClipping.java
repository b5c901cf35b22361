package org.monna.baselines;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.monna.Aggregator;
import org.monna.Certificate;
import org.monna.Engine;
import org.monna.Geometry;
import org.monna.Geometry.Need;
import org.monna.Mixing;
import org.monna.Plan;
import org.monna.spi.Admissible;

/**
 * Centered clipping: from a centre, a step to the mean of the vectors clipped to a distance tau from it.
 *
 * <pre>
 *   v = centre
 *   v = v + (1/n) sum of (x_i - v) min(1, tau / ||x_i - v||)        {@code iterations} times
 *   F = v
 * </pre>
 *
 * <p><b>Conventions</b>: the centre is the zero vector. The last result as the next centre, which the method is meant
 * for, is what a {@link State} remembers: a rule itself never changes. Some implementations remember by themselves, so
 * that the same call gives another result.
 *
 * <p><b>Admissible</b>: every n; it need not be told f.
 *
 * <p><b>Cost</b>: the norms in pass 1, and the distances from v in one more pass of that kind for each further
 * iteration, at the speed of memory; n n doubles if there is one. Pass 2 over all vectors.
 *
 * <p><b>Non-finite input</b>: clipped to nothing, but counted in n.
 *
 * <p><b>Guarantee</b>: no kappa: from a fixed centre far away the result is far away even if all vectors are equal. An
 * iteration moves v by at most tau, and whatever f vectors hold moves it by at most 2 f tau / n; if no vector is
 * farther than tau from v the iteration gives the mean.
 *
 * <p><b>Reference</b>: Karimireddy, He, Jaggi, Learning from History for Byzantine Robust Optimization, ICML 2021,
 * arXiv 2012.10333.
 *
 * @param tau the distance beyond which a vector is clipped
 * @param iterations the number of steps
 */
public record CenteredClipping(double tau, int iterations) implements Aggregator {

  public CenteredClipping {
    if (!(tau > 0 && tau < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("centered-clipping: tau = " + tau + " is not a positive number");
    }
    if (iterations < 1) {
      throw new IllegalArgumentException("centered-clipping: iterations = " + iterations + " is not positive");
    }
  }

  /** One iteration. */
  public CenteredClipping(double tau) {
    this(tau, 1);
  }

  @Override
  public Need need(int n) {
    return Need.NORMS;
  }

  /** The zero vector is the centre, as a row without weights. */
  @Override
  public Plan plan(Geometry geometry) {
    int n = geometry.size();
    double[] squares = new double[n];
    Arrays.setAll(squares, geometry::squaredNorm);
    double[] v = new double[n];
    step(v, 0, squares);
    return Plan.weights(steps(v, 0, geometry));
  }

  /** The weights of the result around vector 0, which is not one of the n vectors. */
  private double[] aroundFirst(Geometry geometry) {
    int n = geometry.size() - 1;
    double[] squares = new double[n];
    Arrays.setAll(squares, i -> geometry.squaredDistance(0, i + 1));
    double[] v = new double[n + 1];
    v[0] = 1;
    step(v, 1, squares);
    return steps(v, 1, geometry);
  }

  /** The steps after the first one: v in the weights of all vectors, of which those from {@code from} on count. */
  private double[] steps(double[] v, int from, Geometry geometry) {
    int n = v.length - from;
    for (int k = 1; k < iterations; k++) {
      double[][] rows = new double[n + 1][v.length];
      rows[n] = v.clone();
      for (int i = 0; i < n; i++) {
        rows[i][from + i] = 1;
      }
      Geometry fromV = geometry.measured(Mixing.of(rows), Need.fromPivot(n));
      double[] squares = new double[n];
      Arrays.setAll(squares, i -> fromV.squaredDistance(n, i));
      step(v, from, squares);
    }
    return v;
  }

  /** One iteration, from the squared distances between v and the vectors. */
  private void step(double[] v, int from, double[] squares) {
    double[] shares = Arrays.stream(squares).map(s -> Math.min(1, tau / Math.sqrt(s)) / squares.length).toArray();
    double moved = Dense.sum(shares);
    for (int i = 0; i < v.length; i++) {
      v[i] = v[i] * (1 - moved) + (i < from ? 0 : shares[i - from]);
    }
  }

  @Override
  public Certificate certificate(int n) {
    return certificate(n, 0);
  }

  @Override
  public Certificate certificate(int n, int f) {
    Admissible.f("centered-clipping", f);
    return Certificate.none(n, f, "a centre far from the vectors keeps the result away from them");
  }

  @Override
  public String toString() {
    return "centered-clipping(tau=" + tau + (iterations == 1 ? ")" : ", iterations=" + iterations + ")");
  }

  /** A memory for vectors of length d, whose first centre is zero. */
  public State newState(int d) {
    if (d < 1) {
      throw new IllegalArgumentException(this + ": d = " + d + ", but at least 1 is needed");
    }
    return new State(this, new float[d]);
  }

  /** A memory with a first centre, which is copied. */
  public State newState(float[] centre) {
    requireNonNull(centre, "centre");
    if (centre.length == 0 || !isFinite(centre)) {
      throw new IllegalArgumentException(this + ": the centre must be finite and of length 1 or more");
    }
    return new State(this, centre.clone());
  }

  private static boolean isFinite(float[] vector) {
    for (float value : vector) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /** The memory of a sequence of aggregations: each result is the centre of the next. Not thread-safe. */
  public static final class State {

    private final CenteredClipping rule;
    private final float[] centre;

    private State(CenteredClipping rule, float[] centre) {
      this.rule = rule;
      this.centre = centre;
    }

    /** A copy of the centre of the next aggregation, from which {@link CenteredClipping#newState(float[])} goes on. */
    public float[] centre() {
      return centre.clone();
    }

    /**
     * Aggregates around the centre and remembers a copy of the result, unless it is not finite.
     *
     * @param vectors n arrays of length d; not modified, none of them kept
     * @param out length d, none of the inputs; wholly overwritten
     */
    @SuppressWarnings("ReferenceEquality") // the same array is what matters
    public void aggregate(Engine engine, float[][] vectors, float[] out) {
      requireNonNull(engine, "engine");
      requireNonNull(vectors, "vectors");
      requireNonNull(out, "out");
      if (out.length != centre.length) {
        throw new IllegalArgumentException(
            "%s: out has length %d, but the centre has length %d".formatted(rule, out.length, centre.length));
      }
      float[][] rows = new float[vectors.length + 1][];
      rows[0] = centre;
      for (int i = 0; i < vectors.length; i++) {
        rows[i + 1] = requireNonNull(vectors[i], "vectors[" + i + "]");
        if (vectors[i].length != centre.length) {
          throw new IllegalArgumentException(
              "%s: vectors[%d] has length %d, but the centre has length %d (n = %d)"
                  .formatted(rule, i, vectors[i].length, centre.length, vectors.length));
        }
        if (vectors[i] == out) {
          throw new IllegalArgumentException(rule + ": out is the same array as vectors[" + i + "]");
        }
      }
      if (vectors.length == 0) {
        throw new IllegalArgumentException(rule + ": no vectors (n = 0)");
      }
      engine.apply(Plan.weights(rule.aroundFirst(engine.geometry(Need.fromPivot(0), rows))), rows, out);
      if (isFinite(out)) {
        System.arraycopy(out, 0, centre, 0, centre.length);
      }
    }
  }
}
