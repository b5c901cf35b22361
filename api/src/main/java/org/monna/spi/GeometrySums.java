package org.monna.spi;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.monna.Geometry;
import org.monna.Geometry.Need;
import org.monna.Mixing;
import org.monna.kernel.KernelSelection;
import org.monna.kernel.Kernels;
import org.monna.kernel.Scratch;
import org.monna.kernel.SumsOfSquares;

/**
 * Pass 1 on a shard of the coordinates: the sums of squares from which a {@link Geometry} is made.
 *
 * <p>Shards are {@link #SHARD} coordinates long, counted from coordinate 0, whatever measures them; the last one is what is left. Their
 * sums are {@linkplain #add added} one by one in ascending order to sums that are new, so that one thread, many threads and many
 * machines end with the same bits. Not thread-safe.
 */
public final class GeometrySums {

  /** The number of coordinates of a shard: fixed, since it decides the order of the additions. */
  public static final int SHARD = 16 * Kernels.BLOCK;

  /** The pieces in which a shard can be measured too are so long, or a multiple, but for the last one. */
  public static final int PIECE = Kernels.BLOCK;

  private final int n;
  private final Need need;
  private final double[] norms;
  private final double[] distances;
  private final boolean[] nonFinite;
  private @Nullable Scratch scratch;

  /**
   * Sums over no coordinates.
   *
   * @param n the number of vectors
   */
  public GeometrySums(Need need, int n) {
    if (need.pivot() >= n) {
      throw new IllegalArgumentException("pivot " + need.pivot() + " of " + n + " vectors");
    }
    this.n = n;
    this.need = need;
    this.norms = new double[need.norms() ? n : 0];
    this.distances = new double[need.countDistances(n)];
    this.nonFinite = new boolean[n];
  }

  /** The sums whose {@link #values} these are. */
  public static GeometrySums of(Need need, int n, double[] values) {
    GeometrySums sums = new GeometrySums(need, n);
    int length = sums.norms.length + sums.distances.length + n;
    if (requireNonNull(values, "values").length != length) {
      throw new IllegalArgumentException(
          "%d values instead of %d for the sums of %d vectors".formatted(values.length, length, n));
    }
    System.arraycopy(values, 0, sums.norms, 0, sums.norms.length);
    System.arraycopy(values, sums.norms.length, sums.distances, 0, sums.distances.length);
    for (int i = 0; i < n; i++) {
      sums.nonFinite[i] = values[length - n + i] != 0;
    }
    return sums;
  }

  /** All there is to these sums, to be sent elsewhere: the squared norms and distances, and for each vector 1 if it is not finite. */
  public double[] values() {
    double[] values = Arrays.copyOf(norms, norms.length + distances.length + n);
    System.arraycopy(distances, 0, values, norms.length, distances.length);
    for (int i = 0; i < n; i++) {
      values[values.length - n + i] = nonFinite[i] ? 1 : 0;
    }
    return values;
  }

  /**
   * Replaces the sums by those of one shard.
   *
   * @param rows n arrays that hold the coordinates of the shard in {@code from <= c < to}; not modified
   */
  public void measure(float[][] rows, int from, int to) {
    clear();
    measureNext(rows, from, to);
  }

  /**
   * Adds the next {@link #PIECE} of a shard, for those who make the rows piece by piece: to new sums the first, to these the others. The
   * bits are those of the whole shard at once.
   *
   * @param rows n arrays that hold the coordinates of the piece in {@code from <= c < to}; not modified
   */
  public void measureNext(float[][] rows, int from, int to) {
    if (need.norms() && need.distances()) {
      // Block by block, in which the kernels add anyway, so that the second finds in the cache what the first has read.
      for (int c = from; c < to; c += Kernels.BLOCK) {
        addSquares(rows, c, Math.min(c + Kernels.BLOCK, to));
      }
    } else {
      addSquares(rows, from, to);
    }
    // A vector at a finite distance from another one is finite. Of those infinitely far from all others, the values must tell.
    for (int i = 0; i < n; i++) {
      nonFinite[i] |= isSuspect(i) && !SumsOfSquares.isFinite(rows[i], from, to);
    }
  }

  /**
   * Replaces the sums by those of one shard of the n vectors that a mixing makes, which are there for a tile of coordinates at a time.
   *
   * @param rows one array for each column of the mixing; not modified
   */
  public void measure(Mixing mixing, float[][] rows, int from, int to) {
    clear();
    if (mixing.isIdentity()) {
      measureNext(rows, from, to);
      return;
    }
    Kernels kernels = KernelSelection.kernels();
    Scratch mixed = scratch == null ? new Scratch(n) : scratch;
    scratch = mixed;
    double[][] weights = mixing.weights();
    for (int c = from; c < to; c += mixed.tile) {
      int end = Math.min(to, c + mixed.tile);
      kernels.mix(rows, weights, c, end, mixed.rows, mixed);
      measureNext(mixed.rows, 0, end - c);
    }
  }

  private void clear() {
    Arrays.fill(norms, 0);
    Arrays.fill(distances, 0);
    Arrays.fill(nonFinite, false);
  }

  private void addSquares(float[][] rows, int from, int to) {
    Kernels kernels = KernelSelection.kernels();
    if (need.norms()) {
      kernels.addSquaredNorms(rows, from, to, norms);
    }
    if (need.pairwise()) {
      kernels.addPairwiseSquaredDistances(rows, from, to, distances);
    } else if (need.pivot() >= 0) {
      kernels.addSquaredDistances(rows, need.pivot(), from, to, distances);
    }
  }

  /** Adds the sums of the next shard. */
  public void add(GeometrySums next) {
    add(norms, next.norms);
    add(distances, next.distances);
    for (int i = 0; i < n; i++) {
      nonFinite[i] |= next.nonFinite[i];
    }
  }

  private static void add(double[] sums, double[] next) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += next[i];
    }
  }

  /** The geometry, once all shards are in. */
  public Geometry geometry() {
    return new Geometry(n, need, norms.clone(), distances.clone(), nonFinite.clone());
  }

  private boolean isSuspect(int i) {
    if (need.norms()) {
      return norms[i] == Double.POSITIVE_INFINITY;
    }
    if (need.pairwise()) {
      for (int j = 0; j < n; j++) {
        if (j != i && distances[Geometry.pair(i, j)] < Double.POSITIVE_INFINITY) {
          return false;
        }
      }
      return true;
    }
    if (need.pivot() >= 0 && i != need.pivot()) {
      return distances[i] == Double.POSITIVE_INFINITY;
    }
    return need.pivot() >= 0 && anyInfinite();
  }

  private boolean anyInfinite() {
    for (double distance : distances) {
      if (distance == Double.POSITIVE_INFINITY) {
        return true;
      }
    }
    return false;
  }
}
