package org.monna.properties;

import static org.monna.testkit.Claim.CERTIFIED;
import static org.monna.testkit.Claim.HULL;
import static org.monna.testkit.Claim.PERMUTATION;
import static org.monna.testkit.Claim.PERMUTATION_BITWISE;
import static org.monna.testkit.Claim.SURVIVES;

import java.util.List;
import java.util.NoSuchElementException;

/**
 * The rules of this library under test: a rule joins with one line here and, for the contract, one in
 * RuleContractsTest.
 */
final class Rules {

  private static final List<Rule> ALL =
      List.of(
          Rule.of("mean").without(CERTIFIED, SURVIVES),
          Rule.of("median").with(HULL).with(PERMUTATION_BITWISE),
          Rule.of("trimmed-mean(f=%d)").with(HULL),
          Rule.of("krum(f=%d)").with(PERMUTATION_BITWISE),
          Rule.of("krum(f=%d, neighbors=n-f-2)").needs(f -> Math.max(2 * f + 2, f + 3)).with(PERMUTATION_BITWISE),
          Rule.of("multi-krum(f=%d)"),
          Rule.of("multi-krum(f=%d, m=1)").with(PERMUTATION_BITWISE),
          Rule.of("nnm(f=%d) | trimmed-mean(f=%d)"),
          Rule.of("nnm(f=%d) | median"),
          // Vectors with the same neighbours are mixed to the same vector: ties without end.
          Rule.of("nnm(f=%d) | krum(f=%d)").without(PERMUTATION),
          Rule.of("nnm(f=%d) | multi-krum(f=%d)").without(PERMUTATION),
          // Nothing is proved of mixing twice but by the lemma applied twice, which this is.
          Rule.of("nnm(f=%d) | nnm(f=%d) | median"),
          Rule.of("nnm(f=%d) | mean").without(CERTIFIED, SURVIVES, PERMUTATION));

  private Rules() {}

  static List<Rule> all() {
    return ALL;
  }

  /** The row with this text. */
  static Rule named(String text) {
    return ALL.stream()
        .filter(rule -> rule.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException(text));
  }
}
