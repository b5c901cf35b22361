package org.monna;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.monna.spi.Order;

/**
 * What a rule may know of n vectors: their squared norms and squared distances, as far as they were {@linkplain Need
 * needed} and measured. Distances come from differences, in double: finite vectors of any magnitude have finite
 * distances with correct digits. A vector with a NaN or an infinity has an infinite norm and is infinitely far from every
 * other vector; every vector is at distance 0 from itself.
 */
public final class Geometry {

  /**
   * The part of a geometry that a rule reads.
   *
   * @param norms the squared norms
   * @param pairwise all squared distances
   * @param pivot the vector from which distances are needed, or -1; distances from two pivots are {@code pairwise}
   */
  public record Need(boolean norms, boolean pairwise, int pivot) {

    /** The largest n for which n (n - 1), twice the number of pairs, is an int. */
    private static final int MOST_IN_PAIRS = 46_341;

    /** Nothing but the number of vectors. */
    public static final Need NONE = new Need(false, false, -1);

    /** The squared norms. */
    public static final Need NORMS = new Need(true, false, -1);

    /** The squared distances between all pairs. */
    public static final Need PAIRWISE = new Need(false, true, -1);

    public Need {
      if (pivot < -1) {
        throw new IllegalArgumentException("pivot " + pivot + " is no vector");
      }
      pivot = pairwise ? -1 : pivot;
    }

    /** The squared distances from one vector. */
    public static Need fromPivot(int pivot) {
      if (pivot < 0) {
        throw new IllegalArgumentException("pivot " + pivot + " is no vector");
      }
      return new Need(false, false, pivot);
    }

    /** What both need. */
    public Need and(Need other) {
      boolean twoPivots = pivot >= 0 && other.pivot >= 0 && pivot != other.pivot;
      return new Need(
          norms || other.norms, pairwise || other.pairwise || twoPivots, Math.max(pivot, other.pivot));
    }

    /** What gives this for vectors that are each scaled: distances follow from distances and norms, norms from norms. */
    public Need ofScaled() {
      return distances() ? and(NORMS) : this;
    }

    /** True if nothing is needed: equal to {@link #NONE}. */
    public boolean isNone() {
      return !norms && !distances();
    }

    /** True if some distances are needed. */
    public boolean distances() {
      return pairwise || pivot >= 0;
    }

    /**
     * How many distances of n vectors are held: one for each {@linkplain Geometry#pair pair}, or for each vector that from the pivot.
     *
     * @throws IllegalArgumentException if all pairs are needed and are more than the largest array holds
     */
    public int countDistances(int n) {
      if (pairwise && n > MOST_IN_PAIRS) {
        throw new IllegalArgumentException(
            "the distances of all pairs can be held of at most %d vectors, but n = %d".formatted(MOST_IN_PAIRS, n));
      }
      return pairwise ? pair(n, 0) : pivot >= 0 ? n : 0;
    }
  }

  /** The relative error of measured norms and distances, whose block sums are in float. */
  static final double MEASURED = 0x1p-20;

  private final int size;
  private final Need need;
  private final double[] norms;
  private final double[] distances;
  private final boolean[] nonFinite;
  private final @Nullable Measurement again;

  /** Another look at the vectors of a geometry. */
  @FunctionalInterface
  public interface Measurement {

    /** The geometry of the vectors that a mixing makes of those of the geometry, measured in one pass over the data. */
    Geometry of(Mixing mixing, Need need);
  }

  /**
   * A measured geometry, made by engines and tests. The arrays are given away.
   *
   * @param size the number n of vectors
   * @param norms n squared norms if needed, else empty. NaN counts as infinite.
   * @param distances if pairwise, the squared distance of i and j at {@link #pair pair(i, j)}; if from a pivot,
   *     that of i at i; else empty. NaN counts as infinite.
   * @param nonFinite true for the vectors that hold a NaN or an infinity, as far as norms or distances were needed
   */
  public Geometry(int size, Need need, double[] norms, double[] distances, boolean[] nonFinite) {
    this.size = size;
    this.need = requireNonNull(need, "need");
    this.norms = requireNonNull(norms, "norms");
    this.distances = requireNonNull(distances, "distances");
    this.nonFinite = requireNonNull(nonFinite, "nonFinite");
    this.again = null;
    checkLength("norms", norms.length, need.norms() ? size : 0);
    checkLength("distances", distances.length, need.countDistances(size));
    checkLength("nonFinite", nonFinite.length, size);
    for (int i = 0; i < size; i++) {
      if (nonFinite[i]) {
        setInfinite(i);
      }
    }
    replaceNaN(norms);
    replaceNaN(distances);
  }

  private static void replaceNaN(double[] values) {
    for (int k = 0; k < values.length; k++) {
      values[k] = Double.isNaN(values[k]) ? Double.POSITIVE_INFINITY : values[k];
    }
  }

  private Geometry(Geometry same, @Nullable Measurement again) {
    this.size = same.size;
    this.need = same.need;
    this.norms = same.norms;
    this.distances = same.distances;
    this.nonFinite = same.nonFinite;
    this.again = again;
  }

  /** This geometry, whose vectors can be {@linkplain #measured measured} again; with null they cannot any more. For engines. */
  @SuppressWarnings("exports") // of @Nullable: users can do without the module of the annotations
  public Geometry with(@Nullable Measurement again) {
    return new Geometry(this, again);
  }

  private static void checkLength(String name, int length, int expected) {
    if (length != expected) {
      throw new IllegalArgumentException(name + " has length " + length + " instead of " + expected);
    }
  }

  private void setInfinite(int i) {
    if (need.norms()) {
      norms[i] = Double.POSITIVE_INFINITY;
    }
    if (need.pairwise()) {
      Arrays.fill(distances, pair(i, 0), pair(i, 0) + i, Double.POSITIVE_INFINITY);
      for (int k = i + 1; k < size; k++) {
        distances[pair(k, i)] = Double.POSITIVE_INFINITY;
      }
    } else if (i == need.pivot()) {
      Arrays.fill(distances, Double.POSITIVE_INFINITY);
      distances[i] = 0;
    } else if (need.pivot() >= 0) {
      distances[i] = Double.POSITIVE_INFINITY;
    }
  }

  /** A geometry of n vectors of which nothing was measured. */
  public static Geometry unmeasured(int n) {
    return new Geometry(n, Need.NONE, new double[0], new double[0], new boolean[n]);
  }

  /** The place of the pair of different i and j, in any order, among the n (n - 1) / 2 pairs. */
  public static int pair(int i, int j) {
    return i > j ? i * (i - 1) / 2 + j : j * (j - 1) / 2 + i;
  }

  /** The number n of vectors. */
  public int size() {
    return size;
  }

  /** What was measured. */
  public Need measured() {
    return need;
  }

  /** True if vector i has no NaN and no infinity. Only known if norms or distances were measured. */
  public boolean isFinite(int i) {
    return !nonFinite[i];
  }

  /** The squared Euclidean norm of vector i; infinite if i is not finite. */
  public double squaredNorm(int i) {
    if (!need.norms()) {
      throw new IllegalStateException("the norms were not measured");
    }
    return norms[i];
  }

  /** The squared Euclidean distance between vectors i and j; 0 if i = j, infinite if another one is not finite. */
  public double squaredDistance(int i, int j) {
    if (i == j) {
      return 0;
    }
    if (need.pairwise()) {
      return distances[pair(i, j)];
    }
    if (i == need.pivot()) {
      return distances[j];
    }
    if (j == need.pivot()) {
      return distances[i];
    }
    throw new IllegalStateException("the distance between " + i + " and " + j + " was not measured");
  }

  /**
   * The {@code count} vectors nearest to vector i, itself first, then by distance; ties by lowest index.
   *
   * @return indices, the nearest first
   * @throws IllegalArgumentException if there are not so many
   */
  public int[] nearest(int i, int count) {
    double[] keys = new double[size];
    for (int j = 0; j < size; j++) {
      keys[j] = i == j ? -1 : squaredDistance(i, j);
    }
    return Order.smallest(keys, count);
  }

  /**
   * The geometry of the vectors that a mixing makes, as far as {@code need} says, with no look at the data. From
   * {@code ||sum_i w_i x_i||^2 = s sum_i w_i ||x_i||^2 - 1/2 w' D w}, {@code s = sum_i w_i}, with w a row of the mixing for a norm
   * and the difference of two rows for a distance, in which what both rows share, far outliers first of all, has dropped out.
   */
  public Geometry mixed(Mixing mixing, Need wanted) {
    if (mixing.isIdentity()) {
      return this;
    }
    double[] factors = mixing.factors();
    Geometry mixed =
        factors == null ? MixedGeometry.of(this, mixing, wanted) : ScaledGeometry.of(this, factors, wanted);
    return again == null ? mixed : mixed.with((more, need) -> again.of(more.after(mixing), need));
  }

  /**
   * The geometry of the vectors that a mixing makes, as {@link #mixed}, but measured on the vectors themselves: one more pass over the
   * data, for those who can tell that they would lose too many digits otherwise. Where the vectors are no longer at hand, in a {@link
   * Report} or in a geometry made of numbers, it follows from what was measured.
   *
   * @param mixing without weight for a vector that is not finite, or the new vector is not
   * @throws IllegalStateException if the vectors are no longer at hand and it does not follow
   */
  public Geometry measured(Mixing mixing, Need wanted) {
    if (again != null) {
      return again.of(mixing, wanted);
    }
    if (wanted.distances() && !need.pairwise() && !mixing.isIdentity()) {
      throw new IllegalStateException("the vectors are not at hand to be measured again, and not all distances are known");
    }
    return mixed(mixing, wanted);
  }

  /** The distance between two different vectors. */
  interface Pairs {
    double squaredDistance(int i, int j);
  }

  /**
   * A geometry that follows from another one, as far as {@code wanted} says.
   *
   * @param nonFinite true for the new vectors that are not finite, of which nothing is asked; given away
   */
  static Geometry derived(boolean[] nonFinite, Need wanted, IntToDoubleFunction norm, Pairs pairs) {
    int size = nonFinite.length;
    double[] norms = new double[wanted.norms() ? size : 0];
    for (int i = 0; i < norms.length; i++) {
      norms[i] = nonFinite[i] ? 0 : norm.applyAsDouble(i);
    }
    double[] distances = new double[wanted.countDistances(size)];
    for (int i = 0; i < size; i++) {
      if (wanted.pivot() >= 0) {
        distances[i] = distance(i, wanted.pivot(), nonFinite, pairs);
      }
      for (int j = 0; j < i && wanted.pairwise(); j++) {
        distances[pair(i, j)] = distance(i, j, nonFinite, pairs);
      }
    }
    return new Geometry(size, wanted, norms, distances, nonFinite);
  }

  private static double distance(int i, int j, boolean[] nonFinite, Pairs pairs) {
    return i == j || nonFinite[i] || nonFinite[j] ? 0 : pairs.squaredDistance(i, j);
  }
}
