package org.monna.testkit;

import java.util.List;
import org.monna.Aggregator;
import org.monna.Certificate;
import org.monna.Engine;

/**
 * One bound of one rule for one n, f and d, to be attacked: vectors go in, and how much of what the bound allows the error takes
 * comes out. Above 1 the bound is violated.
 */
abstract class Game {

  final int n;
  final int f;
  final int d;

  private long evaluations;

  Game(int n, int f, int d) {
    this.n = n;
    this.f = f;
    this.d = d;
  }

  /** How many vectors the attacker moves. */
  abstract int rows();

  /** The vectors of a game from n vectors of which the last f are the arbitrary ones. */
  abstract float[][] start(float[][] vectors);

  /** The largest error/bound; 0 if no set of honest vectors is wide enough for its error to be more than rounding. */
  abstract double play(float[][] vectors);

  final double ratio(float[][] vectors) {
    evaluations++;
    double ratio = play(vectors);
    // An error that is not a number is no small one.
    return Double.isNaN(ratio) ? Double.POSITIVE_INFINITY : ratio;
  }

  final long evaluations() {
    return evaluations;
  }

  static double largestMagnitude(float[][] vectors, int[] indices) {
    double largest = 0;
    for (int i : indices) {
      for (float value : vectors[i]) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return largest;
  }

  /** One result, held against every set of n-f vectors that may be the honest ones. */
  static final class OneResult extends Game {

    private final Aggregator rule;
    private final Bound bound;
    private final double contrast;
    private final boolean contrastToAll;
    private final List<int[]> subsets;
    private final int[] all;
    private final float[] out;

    /**
     * @param contrast the largest magnitude of a coordinate in units of the spread of the honest vectors that is tried: the
     *     rounding of the result is 6e-8 of the former and must be small beside the latter
     * @param contrastToAll if the magnitudes of all vectors count, not those of the honest ones only
     */
    OneResult(Aggregator rule, Bound bound, int n, int f, int d, double contrast, boolean contrastToAll) {
      super(n, f, d);
      this.rule = rule;
      this.bound = bound;
      this.contrast = contrast;
      this.contrastToAll = contrastToAll;
      all = Exact.all(n);
      subsets = Subsets.all(all, n - f);
      out = new float[d];
    }

    @Override
    int rows() {
      return n;
    }

    @Override
    float[][] start(float[][] vectors) {
      return vectors;
    }

    @Override
    double play(float[][] vectors) {
      Engine.sequential().aggregate(rule, vectors, out);
      double worst = 0;
      double size = contrastToAll ? largestMagnitude(vectors, all) : 0;
      for (int[] subset : subsets) {
        double[] mean = Exact.mean(vectors, subset);
        double spread = bound.kind().spread(vectors, subset, mean);
        double least = Math.max(size, largestMagnitude(vectors, subset)) / contrast;
        if (spread > least * least) {
          worst = Math.max(worst, Exact.squaredDistance(out, mean) / (bound.squared() * spread));
        }
      }
      return bound.kind().ratio(worst);
    }
  }

  /**
   * Every honest node mixes; the honest vectors come first, then f vectors for each of the nodes, who need not be told the same.
   * A node is given the arbitrary vectors before the honest ones, so that they win ties by index.
   */
  static final class Mixed extends Game {

    private final Aggregator[] rules;
    private final Bound bound;
    private final double contrast;
    private final int[] honest;

    Mixed(Aggregator[] rules, Bound bound, int n, int f, int d, double contrast) {
      super(n, f, d);
      this.rules = rules;
      this.bound = bound;
      this.contrast = contrast;
      honest = Exact.all(n - f);
    }

    @Override
    int rows() {
      return honest.length * (f + 1);
    }

    @Override
    float[][] start(float[][] vectors) {
      float[][] start = new float[rows()][];
      for (int i = 0; i < start.length; i++) {
        start[i] = i < honest.length ? vectors[i] : vectors[honest.length + (i - honest.length) % f].clone();
      }
      return start;
    }

    @Override
    double play(float[][] vectors) {
      double[] mean = Exact.mean(vectors, honest);
      double before = Exact.variance(vectors, honest, mean);
      double least = largestMagnitude(vectors, honest) / contrast;
      if (before <= least * least) {
        return 0;
      }
      float[][] mixed = new float[honest.length][d];
      float[][] received = new float[n][];
      System.arraycopy(vectors, 0, received, f, honest.length);
      for (int i : honest) {
        System.arraycopy(vectors, honest.length + i * f, received, 0, f);
        Engine.sequential().aggregate(rules[i], received, mixed[i]);
      }
      double[] mixedMean = Exact.mean(mixed, honest);
      double after = Exact.variance(mixed, honest, mixedMean);
      double drift = 0;
      for (int c = 0; c < d; c++) {
        drift += (mixedMean[c] - mean[c]) * (mixedMean[c] - mean[c]);
      }
      return bound.kind().left(after, drift) / (bound.squared() * before);
    }
  }

  /** A number of a certificate, without its source. */
  record Bound(BoundKind kind, double constant) {

    /** As it stands before squares. */
    double squared() {
      return kind == BoundKind.LAMBDA ? constant * constant : constant;
    }

    /** What a certificate promises, one kind each. */
    static List<Bound> of(Certificate certificate) {
      return certificate.guarantees().stream().flatMap(BoundKind::bounds).toList();
    }
  }
}
