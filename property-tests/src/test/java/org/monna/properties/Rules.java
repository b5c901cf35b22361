package org.monna.properties;

import static org.monna.testkit.Claim.CERTIFIED;
import static org.monna.testkit.Claim.HULL;
import static org.monna.testkit.Claim.PERMUTATION;
import static org.monna.testkit.Claim.PERMUTATION_BITWISE;
import static org.monna.testkit.Claim.SCALING;
import static org.monna.testkit.Claim.SURVIVES;
import static org.monna.testkit.Claim.TRANSLATION;

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
          Rule.of("mean-around-median(f=%d)"),
          Rule.of("phocas(f=%d)"),
          Rule.of("krum(f=%d)").with(PERMUTATION_BITWISE),
          Rule.of("krum(f=%d, neighbors=n-f-2)").needs(f -> Math.max(2 * f + 2, f + 3)).with(PERMUTATION_BITWISE),
          Rule.of("multi-krum(f=%d)"),
          Rule.of("multi-krum(f=%d, m=1)").with(PERMUTATION_BITWISE),
          // The last of the selected are chosen by their one nearest neighbour, whose score is the same.
          Rule.of("bulyan(f=%d)").needs(f -> 4 * f + 3).without(PERMUTATION),
          Rule.of("meanwo(f=%d)"),
          // Two vectors that are each other's farthest neighbours have balls of one radius.
          Rule.of("centerwo(f=%d)").without(PERMUTATION),
          // Sets with a farthest pair in common have the same diameter.
          Rule.of("minimum-diameter-averaging(f=%d)").without(PERMUTATION),
          Rule.of("minimum-variance-averaging(f=%d)"),
          Rule.of("smea(f=%d)").atMost(15),
          Rule.of("caf(f=%d)"),
          Rule.of("geometric-median"),
          // Any point within the tolerance will do, and which one the search meets depends on the order.
          Rule.of("geometric-median(epsilon=0.01)").without(PERMUTATION),
          Rule.of("cge(f=%d)").without(CERTIFIED, SURVIVES, TRANSLATION),
          Rule.of("centered-clipping(tau=2.5)").without(CERTIFIED, SURVIVES, TRANSLATION, SCALING),
          Rule.of("centered-clipping(tau=2.5, iterations=3)").without(CERTIFIED, SURVIVES, TRANSLATION, SCALING),
          Rule.of("nnm(f=%d) | trimmed-mean(f=%d)"),
          Rule.of("nnm(f=%d) | median"),
          // Vectors with the same neighbours are mixed to the same vector: ties without end.
          Rule.of("nnm(f=%d) | krum(f=%d)").without(PERMUTATION),
          Rule.of("nnm(f=%d) | multi-krum(f=%d)").without(PERMUTATION),
          Rule.of("nnm(f=%d) | geometric-median").without(PERMUTATION),
          Rule.of("nnm(f=%d) | minimum-variance-averaging(f=%d)").without(PERMUTATION),
          Rule.of("nnm(f=%d) | caf(f=%d)").without(PERMUTATION),
          Rule.of("nnm(f=%d) | nnm(f=%d) | median"),
          Rule.of("nnm(f=%d) | mean").without(CERTIFIED, SURVIVES, PERMUTATION),
          Rule.of("arc(f=%d) | trimmed-mean(f=%d)").without(TRANSLATION),
          Rule.of("arc(f=%d) | krum(f=%d)").without(TRANSLATION),
          Rule.of("arc(f=%d) | geometric-median").without(TRANSLATION),
          Rule.of("arc(f=%d) | nnm(f=%d) | trimmed-mean(f=%d)").without(TRANSLATION),
          Rule.of("clipping(c=3) | median").without(CERTIFIED, SURVIVES, TRANSLATION, SCALING),
          Rule.of("bucketing(s=2, seed=7, round=0) | trimmed-mean(f=%d)").needs(f -> 4 * f + 1).without(PERMUTATION),
          Rule.of("bucketing(s=2, seed=7, round=3) | krum(f=%d)").needs(f -> 4 * f + 1).without(PERMUTATION),
          Rule.of("bucketing(s=3, seed=1, round=0) | nnm(f=%d) | median")
              .needs(f -> 6 * f + 1)
              .without(PERMUTATION));

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
