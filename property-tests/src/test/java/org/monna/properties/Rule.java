package org.monna.properties;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.testkit.Claim;

/**
 * A rule of this library as a row of the tables of tests.
 *
 * @param text as {@link Aggregators#parse} reads it, with {@code %d} wherever f stands
 * @param fewest the least n for each f, not decreasing
 * @param most the largest n to try
 * @param claims what the contract may rely on
 */
record Rule(String text, IntUnaryOperator fewest, int most, Set<Claim> claims) {

  /** A rule that is robust for n &gt; 2f and has all properties but hull and permutation to the bit. */
  static Rule of(String text) {
    return new Rule(text, f -> 2 * f + 1, 25, EnumSet.complementOf(EnumSet.of(Claim.HULL, Claim.PERMUTATION_BITWISE)));
  }

  Rule needs(IntUnaryOperator fewest) {
    return new Rule(text, fewest, most, claims);
  }

  /** For rules whose time grows fast with n. */
  Rule atMost(int most) {
    return new Rule(text, fewest, most, claims);
  }

  Rule with(Claim claim) {
    EnumSet<Claim> more = EnumSet.copyOf(claims);
    more.add(claim);
    return new Rule(text, fewest, most, more);
  }

  Rule without(Claim... missing) {
    EnumSet<Claim> fewer = EnumSet.copyOf(claims);
    Set.of(missing).forEach(fewer::remove);
    return new Rule(text, fewest, most, fewer);
  }

  Aggregator make(int f) {
    return Aggregators.parse(text.replace("%d", Integer.toString(f)));
  }

  int fewest(int f) {
    return fewest.applyAsInt(f);
  }

  boolean has(Claim claim) {
    return claims.contains(claim);
  }

  /** True if a rule exists for n vectors. */
  static boolean isDefined(Aggregator rule, int n) {
    try {
      rule.need(n);
      return true;
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  @Override
  public String toString() {
    return text.replace("=%d", "");
  }
}
