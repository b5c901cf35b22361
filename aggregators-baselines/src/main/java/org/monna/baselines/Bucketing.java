package org.monna.baselines;

import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.monna.Aggregator;
import org.monna.Certificate;
import org.monna.Geometry;
import org.monna.Mixing;
import org.monna.PreAggregator;

/**
 * Bucketing: the vectors are shuffled and every s of them replaced by their mean.
 *
 * <pre>
 *   p = a random permutation of the n vectors
 *   y_b = mean of x_p(bs), ..., x_p(bs+s-1)      for b = 0, ..., ceil(n/s) - 1; the last one of what is left
 * </pre>
 *
 * <p><b>Conventions</b>: the permutation is a Fisher-Yates shuffle by {@link SplittableRandom} from the seed and the round. The round is
 * the number of earlier calls of this object, so that every call has a permutation of its own; or always the given one. f of the rule that
 * follows counts arbitrary vectors, each of which spoils one bucket.
 *
 * <p>This is the one step with a memory: a counter. It is safe in several threads, each call with its own round, but which call has which
 * round is then a matter of timing; give the round where a result must be repeated.
 *
 * <p><b>Admissible</b>: every n, s &gt;= 1; the rule must be defined for ceil(n/s) vectors.
 *
 * <p><b>Cost</b>: nothing of its own before a rule that ends in one row of weights and needs neither norms nor distances; otherwise those of the
 * buckets follow from all pairwise ones, n n doubles.
 *
 * <p><b>Non-finite input</b>: makes its bucket so, which the rule sees.
 *
 * <p><b>Guarantee</b>: before a rule that is (f, kappa)-robust for m = ceil(n/s) vectors, {@code kappa' = q (kappa + 1) - 1} with q = (n-f) /
 * ((m-f) r), r = s, or the size of the last bucket if that is smaller. It is the worst case over permutations; what bucketing is made for, a
 * smaller spread on average, is not in it.
 *
 * <p><b>References</b>: Karimireddy, He, Jaggi, Byzantine-Robust Learning on Heterogeneous Datasets via Bucketing, ICLR 2022, arXiv
 * 2006.09365; the bound is proved in docs/proofs.md.
 */
public final class Bucketing implements PreAggregator {

  /** In place of a round: every call has the next one. */
  public static final long EVERY_CALL = -1;

  private final int s;
  private final long seed;
  private final long round;
  private final AtomicLong calls = new AtomicLong();

  /**
   * @param s the number of vectors of a bucket
   * @param seed of the permutations
   * @param round which permutation, or {@link #EVERY_CALL}
   */
  public Bucketing(int s, long seed, long round) {
    if (s < 1) {
      throw new IllegalArgumentException("bucketing: s = " + s + " is less than 1");
    }
    if (round < EVERY_CALL) {
      throw new IllegalArgumentException("bucketing: round = " + round + " is negative");
    }
    this.s = s;
    this.seed = seed;
    this.round = round;
  }

  /** With a permutation of its own for every call. */
  public Bucketing(int s, long seed) {
    this(s, seed, EVERY_CALL);
  }

  @Override
  public int rows(int n) {
    return (n - 1) / s + 1;
  }

  @Override
  public Geometry.Need need(int n) {
    return Geometry.Need.NONE;
  }

  @Override
  public Mixing mixing(Geometry geometry) {
    int n = geometry.size();
    int[] order = permutation(n, round == EVERY_CALL ? calls.getAndIncrement() : round);
    double[][] weights = new double[rows(n)][n];
    for (int k = 0; k < n; k++) {
      int bucket = k / s;
      weights[bucket][order[k]] = 1.0 / Math.min(s, n - bucket * s);
    }
    return Mixing.of(weights);
  }

  private int[] permutation(int n, long number) {
    // The round is scrambled: generators whose seeds differ by little would otherwise be those of another seed and round.
    SplittableRandom random = new SplittableRandom(seed ^ new SplittableRandom(number).nextLong());
    int[] order = new int[n];
    Arrays.setAll(order, i -> i);
    for (int k = n - 1; k > 0; k--) {
      int j = random.nextInt(k + 1);
      int swap = order[k];
      order[k] = order[j];
      order[j] = swap;
    }
    return order;
  }

  @Override
  public Certificate certificate(int n, Aggregator rule) {
    int m = rows(n);
    Certificate after = rule.certificate(m);
    int f = after.f();
    if (after.kappa().isEmpty()) {
      return Certificate.none(n, f, "bucketing needs a rule with a kappa for " + m + " buckets after it; " + after);
    }
    int smallest = n % s == 0 ? s : n % s;
    double q = (n - f) / ((double) (m - f) * smallest);
    double kappa = q * (after.kappa().getAsDouble() + 1) - 1;
    return Certificate.robust(n, f, kappa, "docs/proofs.md, bucketing, of " + rule);
  }

  /** True if every call has the next permutation, false if all have the same. */
  public boolean countsCalls() {
    return round == EVERY_CALL;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bucketing b && b.s == s && b.seed == seed && b.round == round;
  }

  @Override
  public int hashCode() {
    return Objects.hash(s, seed, round);
  }

  @Override
  public String toString() {
    String fixed = round == EVERY_CALL ? "" : ", round=" + round;
    return "bucketing(s=" + s + ", seed=" + seed + fixed + ")";
  }
}
