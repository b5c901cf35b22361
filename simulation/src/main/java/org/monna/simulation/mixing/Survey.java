package org.monna.simulation.mixing;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.monna.Geometry;
import org.monna.Geometry.Need;
import org.monna.spi.GeometrySums;
import org.monna.spi.Shards;

/**
 * All distances between the vectors that honest nodes send in one exchange, measured once for whoever asks: the attackers, who
 * try vectors of their own beside them, and then all nodes, each of which obtains some of them. If nobody asks, nothing is
 * measured. The bits are those of measuring all at once. Not thread-safe.
 */
public final class Survey {

  private final float[][] sent;
  private final Crew crew;
  private Geometry known;

  /**
   * Of vectors of which nothing is known yet.
   *
   * @param sent at least one, of the same length; not to be modified as long as somebody asks
   * @param crew shares out work
   */
  public Survey(float[][] sent, Crew crew) {
    this.sent = sent;
    this.crew = crew;
    this.known = Geometry.unmeasured(sent.length);
  }

  /** The vectors that are sent, not copied. */
  public float[][] sent() {
    return sent;
  }

  /** The vectors that are sent, and after them some more. */
  float[][] and(float[]... more) {
    float[][] all = Arrays.copyOf(sent, sent.length + more.length);
    System.arraycopy(more, 0, all, sent.length, more.length);
    return all;
  }

  /**
   * The geometry of the vectors that are sent, and after them some more, with all distances: one pass over the data, in which
   * only these are measured if the others have been.
   *
   * @param need for its norms
   */
  public Geometry with(Need need, float[]... more) {
    Need all = need.and(Need.PAIRWISE);
    float[][] rows = and(more);
    if (known.measured().and(all).equals(known.measured())) {
      return extended(all, rows);
    }
    Geometry geometry = crew.engine().geometry(all, rows);
    known = Geometries.select(geometry, IntStream.range(0, sent.length).toArray(), all);
    return geometry;
  }

  private Geometry extended(Need need, float[][] rows) {
    int n = rows.length;
    int first = sent.length;
    GeometrySums[] sums = sums(need, first, n);
    float[][][] upTo = new float[n - first][][];
    Arrays.setAll(upTo, k -> Arrays.copyOf(rows, first + k + 1));
    crew.shards().run(rows[0].length, () -> new Extension(upTo, sums(need, first, n), sums));
    double[] norms = new double[need.norms() ? n : 0];
    double[] distances = new double[Geometry.pair(n, 0)];
    boolean[] nonFinite = new boolean[n];
    for (int i = 0; i < n; i++) {
      Geometry source = i < first ? known : sums[i - first].geometry();
      nonFinite[i] = !source.isFinite(i);
      if (need.norms()) {
        norms[i] = source.squaredNorm(i);
      }
      for (int j = 0; j < i; j++) {
        distances[Geometry.pair(i, j)] = source.squaredDistance(i, j);
      }
    }
    return new Geometry(n, need, norms, distances, nonFinite);
  }

  /** For each new vector: of it and all before it, their distances from it. */
  private static GeometrySums[] sums(Need need, int first, int n) {
    Need norms = need.norms() ? Need.NORMS : Need.NONE;
    return IntStream.range(first, n)
        .mapToObj(i -> new GeometrySums(norms.and(Need.fromPivot(i)), i + 1))
        .toArray(GeometrySums[]::new);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Extension(float[][][] upTo, GeometrySums[] own, GeometrySums[] sums) implements Shards.Work {

    @Override
    public void run(long from, int length) {
      for (int k = 0; k < own.length; k++) {
        own[k].measure(upTo[k], (int) from, (int) from + length);
      }
    }

    @Override
    public void inOrder() {
      for (int k = 0; k < own.length; k++) {
        sums[k].add(own[k]);
      }
    }
  }
}
