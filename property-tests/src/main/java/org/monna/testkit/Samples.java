package org.monna.testkit;

import java.util.function.IntUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Arbitrary samples for a rule. */
final class Samples {

  static final Arbitrary<Integer> UP_TO_50 = Arbitraries.integers().between(1, 50);

  private Samples() {}

  /**
   * Samples with {@code fewest(f) <= n <= most}.
   *
   * @param fewest the least n for an f, not decreasing
   */
  static Arbitrary<Sample> of(
      IntUnaryOperator fewest,
      int most,
      Arbitrary<Honest> honest,
      Arbitrary<Byzantine> byzantine,
      Arbitrary<Integer> d) {
    int largest = 0;
    while (fewest.applyAsInt(largest + 1) <= most) {
      largest++;
    }
    return Arbitraries.integers()
        .between(0, largest)
        .flatMap(
            f ->
                Combinators.combine(
                        Arbitraries.integers().between(Math.max(f + 1, fewest.applyAsInt(f)), most),
                        d,
                        honest,
                        byzantine,
                        Arbitraries.longs())
                    .as((n, length, good, bad, seed) -> new Sample(n, f, length, good, bad, seed)));
  }
}
