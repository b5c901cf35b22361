package org.monna.baselines;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.monna.Aggregator;
import org.monna.Certificate;
import org.monna.Engine;
import org.monna.Geometry;
import org.monna.Geometry.Need;
import org.monna.Plan;

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
 * <p><b>Cost</b>: for one iteration the norms in pass 1 at the speed of memory and n doubles; for more all pairwise
 * distances, 2 n n doubles, and O(n^2) an iteration. Pass 2 over all vectors.
 *
 * <p><b>Non-finite input</b>: clipped to nothing, but counted in n.
 *
 * <p><b>Guarantee</b>: no kappa: from a fixed centre far away the result is far away even if all vectors are equal. An
 * iteration moves v by at most tau, and whatever f vectors hold moves it by at most 2 f tau / n; if no vector is
 * farther than tau from v the iteration gives the mean. In later iterations these are statements on measured distances,
 * which do not hold the direction of a vector millions of times farther away than others: it counts as perpendicular to
 * theirs.
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
    return iterations == 1 ? Need.NORMS : Need.NORMS.and(Need.PAIRWISE);
  }

  /** The zero vector is a vector more, which lends its distances and whose weight says nothing. */
  @Override
  public Plan plan(Geometry geometry) {
    int n = geometry.size();
    double[] fromZero = new double[n + 1];
    boolean[] nonFinite = new boolean[n + 1];
    double[] pairwise = new double[iterations == 1 ? 0 : Geometry.pair(n + 1, 0)];
    for (int i = 1; i <= n; i++) {
      fromZero[i] = geometry.squaredNorm(i - 1);
      nonFinite[i] = !geometry.isFinite(i - 1);
      for (int j = 0; j < i && iterations > 1; j++) {
        pairwise[Geometry.pair(i, j)] = j == 0 ? fromZero[i] : geometry.squaredDistance(i - 1, j - 1);
      }
    }
    Need need = fromFirst();
    Geometry withZero = new Geometry(n + 1, need, new double[0], iterations == 1 ? fromZero : pairwise, nonFinite);
    return Plan.weights(Arrays.copyOfRange(weights(withZero), 1, n + 1));
  }

  /** What the steps from vector 0 as the centre read. */
  private Need fromFirst() {
    return iterations == 1 ? Need.fromPivot(0) : Need.PAIRWISE;
  }

  /** The weights of the result, from vector 0 as the centre, which is not one of the n vectors. */
  private double[] weights(Geometry geometry) {
    ClippedSteps steps = new ClippedSteps(geometry, tau);
    for (int i = 0; i < iterations; i++) {
      steps.step();
    }
    return steps.weights();
  }

  @Override
  public Certificate certificate(int n) {
    return certificate(n, 0);
  }

  @Override
  public Certificate certificate(int n, int f) {
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
    State state = new State(this, requireNonNull(centre, "centre").clone());
    if (centre.length == 0 || !state.isFinite(centre)) {
      throw new IllegalArgumentException(this + ": the centre must be finite and of length 1 or more");
    }
    return state;
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
    public void aggregate(Engine engine, float[][] vectors, float[] out) {
      requireNonNull(engine, "engine");
      requireNonNull(vectors, "vectors");
      float[][] rows = new float[vectors.length + 1][];
      rows[0] = centre;
      for (int i = 0; i < vectors.length; i++) {
        rows[i + 1] = requireNonNull(vectors[i], "vectors[" + i + "]");
        if (vectors[i].length != centre.length) {
          throw new IllegalArgumentException(
              "%s: vectors[%d] has length %d, but the centre has length %d (n = %d)"
                  .formatted(rule, i, vectors[i].length, centre.length, vectors.length));
        }
      }
      if (vectors.length == 0) {
        throw new IllegalArgumentException(rule + ": no vectors (n = 0)");
      }
      engine.apply(Plan.weights(rule.weights(engine.geometry(rule.fromFirst(), rows))), rows, out);
      if (isFinite(out)) {
        System.arraycopy(out, 0, centre, 0, centre.length);
      }
    }

    private boolean isFinite(float[] vector) {
      for (float value : vector) {
        if (!Float.isFinite(value)) {
          return false;
        }
      }
      return true;
    }
  }
}
