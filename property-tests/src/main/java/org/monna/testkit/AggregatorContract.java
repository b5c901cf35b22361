package org.monna.testkit;

import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.monna.Aggregator;
import org.monna.Certificate;

/**
 * What a robust rule must do, as jqwik properties. A test class that implements {@link #rule} has them all:
 *
 * <pre>{@code
 * class MyRuleTest implements AggregatorContract {
 *   public Aggregator rule(int f) {
 *     return new MyRule(f);
 *   }
 * }
 * }</pre>
 *
 * Override {@link #fewest} if it needs more than 2f+1 vectors, {@link #most} if it is slow, and {@link #claims} if it
 * cannot do something, or can do more.
 */
public interface AggregatorContract {

  /** The seed of all properties: a build that passed passes again. {@link AdversarialSearch} is what goes on looking. */
  String SEED = "20261124";

  /** The rule that tolerates f arbitrary vectors. A rule without this parameter ignores it. */
  Aggregator rule(int f);

  /** The least number of vectors for which {@code rule(f)} is defined and has its guarantee. Not decreasing. */
  default int fewest(int f) {
    return 2 * f + 1;
  }

  /** The largest number of vectors to try. */
  default int most() {
    return 25;
  }

  /**
   * What is claimed of the rule; all but {@link Claim#HULL} and {@link Claim#PERMUTATION_BITWISE} unless overridden.
   */
  default Set<Claim> claims() {
    return EnumSet.complementOf(EnumSet.of(Claim.HULL, Claim.PERMUTATION_BITWISE));
  }

  /**
   * True if ties are to be expected even between random vectors, such as those of two vectors that are each other's
   * nearest.
   */
  default boolean tiesAreCommon(int n, int f) {
    return false;
  }

  @Property(tries = 150, seed = SEED)
  default void guaranteesHoldForEverySubset(@ForAll("samples") Sample sample) {
    Aggregator rule = rule(sample.f());
    if (claims().contains(Claim.CERTIFIED)) {
      Certificate certificate = rule.certificate(sample.n(), sample.f());
      ContractChecks.require(
          certificate.kappa().isPresent() || certificate.lambda().isPresent(),
          "%s claims to be certified, but has neither kappa nor lambda: %s", rule, certificate);
    }
    ContractChecks.guarantees(rule, sample.vectors(), sample.f());
  }

  @Property(tries = 40, seed = SEED)
  default void guaranteesForFewerArbitraryVectorsHold(@ForAll("samples") Sample sample) {
    for (int fewer = 0; fewer < sample.f(); fewer++) {
      ContractChecks.guarantees(rule(sample.f()), sample.vectors(), fewer);
    }
  }

  @Property(tries = 30, seed = SEED)
  default void nothingIsGuaranteedForHalf(@ForAll("samples") Sample sample) {
    for (int f = (sample.n() + 1) / 2; f <= sample.n(); f++) {
      Certificate certificate = rule(sample.f()).certificate(sample.n(), f);
      ContractChecks.possible(rule(sample.f()), certificate, sample.n(), f);
    }
  }

  @Property(tries = 100, seed = SEED)
  default void unanimousHonestVectorsAreReturned(@ForAll("samples") Sample sample) {
    Aggregator rule = rule(sample.f());
    if (!rule.certificate(sample.n(), sample.f()).holds()) {
      return;
    }
    float[][] vectors = sample.vectors();
    int[] honest = sample.honestIndices();
    for (int i : honest) {
      vectors[i] = vectors[honest[0]].clone();
    }
    ContractChecks.unanimity(rule, vectors, vectors[honest[0]]);
  }

  @Property(tries = 150, seed = SEED)
  default void hostileValuesAreSurvived(@ForAll("hostileSamples") Sample sample) {
    if (!claims().contains(Claim.SURVIVES)) {
      return;
    }
    ContractChecks.survives(rule(sample.f()), sample.vectors(), sample.honestIndices());
  }

  @Property(tries = 60, seed = SEED)
  default void resultLiesInTheHull(@ForAll("samples") Sample sample) {
    if (!claims().contains(Claim.HULL)) {
      return;
    }
    ContractChecks.hull(rule(sample.f()), sample.vectors(), sample.f());
  }

  @Property(tries = 60, seed = SEED)
  default void translationMovesTheResult(@ForAll("samples") Sample sample) {
    if (!claims().contains(Claim.TRANSLATION)) {
      return;
    }
    RandomGenerator random = new SplittableRandom(sample.seed());
    float[] shift = new float[sample.d()];
    for (int c = 0; c < shift.length; c++) {
      shift[c] = random.nextInt(-1 << 18, 1 << 18) / 256f;
    }
    ContractChecks.translation(rule(sample.f()), sample.dyadic(), shift);
  }

  @Property(tries = 60, seed = SEED)
  default void scalingScalesTheResult(@ForAll("samples") Sample sample) {
    if (!claims().contains(Claim.SCALING)) {
      return;
    }
    int exponent = new SplittableRandom(sample.seed()).nextInt(-20, 21);
    ContractChecks.scaling(rule(sample.f()), sample.dyadic(), exponent);
  }

  @Property(tries = 60, seed = SEED)
  default void orderOfTheVectorsDoesNotMatter(@ForAll("tieFreeSamples") Sample sample) {
    boolean bitwise = claims().contains(Claim.PERMUTATION_BITWISE);
    boolean claimed = bitwise || claims().contains(Claim.PERMUTATION);
    if (!claimed || tiesAreCommon(sample.n(), sample.f())) {
      return;
    }
    RandomGenerator random = new SplittableRandom(sample.seed());
    int[] order = Exact.all(sample.n());
    for (int i = order.length - 1; i > 0; i--) {
      int k = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[k];
      order[k] = swap;
    }
    ContractChecks.permutation(rule(sample.f()), sample.vectors(), order, bitwise);
  }

  @Property(tries = 40, seed = SEED)
  default void callsHaveNoSideEffects(@ForAll("samples") Sample sample) {
    ContractChecks.purity(rule(sample.f()), sample.vectors());
  }

  @Property(tries = 3, seed = SEED)
  default void workersDoNotMatter(@ForAll("wideSamples") Sample sample) {
    ContractChecks.workers(rule(sample.f()), sample.vectors());
  }

  @Property(tries = 10, seed = SEED)
  default void wrongArgumentsAreNamed(@ForAll("samples") Sample sample) {
    if (sample.n() >= 2 && sample.d() >= 2) {
      ContractChecks.arguments(rule(sample.f()), sample.vectors());
    }
  }

  @Property(tries = 10, seed = SEED)
  default void tooFewVectorsAreRefusedOrGuaranteeNothing(@ForAll("samples") Sample sample) {
    int f = sample.f();
    int n = fewest(f) - 1;
    // A rule without the parameter f is defined for every n.
    if (n >= 1 && !rule(f).equals(rule(f + 1))) {
      ContractChecks.inadmissible(rule(f), n, f);
    }
  }

  @Property(tries = 10, seed = SEED)
  default void textMakesAnEqualRule(@ForAll("samples") Sample sample) {
    ContractChecks.text(rule(sample.f()));
  }

  @Provide
  default Arbitrary<Sample> samples() {
    return samples(Arbitraries.of(Honest.class), Arbitraries.of(Byzantine.class), Samples.UP_TO_50);
  }

  /** Samples in which the arbitrary vectors attack the arithmetic. */
  @Provide
  default Arbitrary<Sample> hostileSamples() {
    return samples(Arbitraries.of(Honest.class), Arbitraries.of(Byzantine.hostileValues()), Samples.UP_TO_50);
  }

  /** Samples in which nothing ties but, maybe, equal vectors. */
  @Provide
  default Arbitrary<Sample> tieFreeSamples() {
    return samples(
        Arbitraries.of(Honest.GAUSSIAN, Honest.AGREEING, Honest.TWO_CLUSTERS, Honest.ONE_OUTLIER, Honest.HEAVY_TAILED),
        Arbitraries.of(
            Byzantine.SHIFT,
            Byzantine.SPREAD,
            Byzantine.TOWARDS_FARTHEST,
            Byzantine.ALIE,
            Byzantine.IPM,
            Byzantine.SIGN_FLIP,
            Byzantine.OUTLIERS,
            Byzantine.NAN,
            Byzantine.INFINITE),
        Arbitraries.integers().between(2, 50));
  }

  /** Samples with so many coordinates that several workers have something to do. */
  @Provide
  default Arbitrary<Sample> wideSamples() {
    return samples(
        Arbitraries.of(Honest.GAUSSIAN, Honest.TINY, Honest.HUGE),
        Arbitraries.of(Byzantine.class),
        Arbitraries.integers().between(30_000, 70_000));
  }

  private Arbitrary<Sample> samples(
      Arbitrary<Honest> honest, Arbitrary<Byzantine> byzantine, Arbitrary<Integer> d) {
    return Samples.of(this::fewest, most(), honest, byzantine, d);
  }
}
