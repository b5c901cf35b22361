package org.monna.simulation.mixing;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.monna.Geometry;
import org.monna.Geometry.Need;
import org.monna.spi.GeometrySums;

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
   * @param making makes coordinates of the vectors that come after, at most {@link Crew#BLOCK} at a time, right before they are
   *     measured: while those of the vectors that are sent are in the cache
   */
  public Geometry with(Need need, Supplier<? extends Crew.Range> making, float[]... more) {
    Need all = need.and(Need.PAIRWISE);
    float[][] rows = and(more);
    if (known.measured().and(all).equals(known.measured())) {
      return extended(all, making, rows);
    }
    Geometry geometry = measure(making, new Part(all, rows))[0];
    known = Geometries.select(geometry, IntStream.range(0, sent.length).toArray(), all);
    return geometry;
  }

  /** The same with vectors that are there. */
  public Geometry with(Need need, float[]... more) {
    return with(need, () -> (from, to) -> {}, more);
  }

  private Geometry extended(Need need, Supplier<? extends Crew.Range> making, float[][] rows) {
    int n = rows.length;
    int first = sent.length;
    Need norms = need.norms() ? Need.NORMS : Need.NONE;
    // Of each new vector and all before it, the distances from it.
    Geometry[] news =
        measure(
            making,
            IntStream.range(first, n)
                .mapToObj(i -> new Part(norms.and(Need.fromPivot(i)), Arrays.copyOf(rows, i + 1)))
                .toArray(Part[]::new));
    double[] squaredNorms = new double[need.norms() ? n : 0];
    double[] distances = new double[Geometry.pair(n, 0)];
    boolean[] nonFinite = new boolean[n];
    for (int i = 0; i < n; i++) {
      Geometry source = i < first ? known : news[i - first];
      nonFinite[i] = !source.isFinite(i);
      if (need.norms()) {
        squaredNorms[i] = source.squaredNorm(i);
      }
      for (int j = 0; j < i; j++) {
        distances[Geometry.pair(i, j)] = source.squaredDistance(i, j);
      }
    }
    return new Geometry(n, need, squaredNorms, distances, nonFinite);
  }

  /** What is to be measured of some rows. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Part(Need need, float[][] rows) {

    GeometrySums newSums() {
      return new GeometrySums(need, rows.length);
    }
  }

  /** All parts on one shard after another. Sums are added when all are there: in their order, and nobody waits for his turn. */
  private Geometry[] measure(Supplier<? extends Crew.Range> making, Part... parts) {
    int d = sent[0].length;
    GeometrySums[][] shards = new GeometrySums[(d - 1) / GeometrySums.SHARD + 1][];
    crew.forEachRange(
        d,
        GeometrySums.SHARD,
        () -> {
          Crew.Range make = making.get();
          return (from, to) -> {
            GeometrySums[] sums = Arrays.stream(parts).map(Part::newSums).toArray(GeometrySums[]::new);
            for (int c = from; c < to; c += Crew.BLOCK) {
              int end = Math.min(c + Crew.BLOCK, to);
              make.run(c, end);
              for (int k = 0; k < parts.length; k++) {
                sums[k].measureNext(parts[k].rows, c, end);
              }
            }
            shards[from / GeometrySums.SHARD] = sums;
          };
        });
    Geometry[] measured = new Geometry[parts.length];
    for (int k = 0; k < parts.length; k++) {
      GeometrySums sums = parts[k].newSums();
      for (GeometrySums[] shard : shards) {
        sums.add(shard[k]);
      }
      measured[k] = sums.geometry();
    }
    return measured;
  }
}
