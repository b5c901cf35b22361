package org.monna.properties;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.testkit.Claim;

/**
 * A rule of this library as a row of the tables of tests.
 *
 * @param text as {@link Aggregators#parse} reads it, with {@code %d} wherever f stands
 * @param perF rule(f) is defined for n &gt;= perF f + plus
 * @param plus see perF
 * @param most the largest n to try
 * @param claims what the contract may rely on
 */
record Rule(String text, int perF, int plus, int most, Set<Claim> claims) {

  /** A rule that is defined for n &gt; 2f and has all properties but hull and permutation to the bit. */
  static Rule of(String text) {
    return new Rule(text, 2, 1, 25, EnumSet.complementOf(EnumSet.of(Claim.HULL, Claim.PERMUTATION_BITWISE)));
  }

  Rule needs(int perF, int plus) {
    return new Rule(text, perF, plus, most, claims);
  }

  /** For rules whose time grows fast with n. */
  Rule atMost(int most) {
    return new Rule(text, perF, plus, most, claims);
  }

  Rule with(Claim claim) {
    EnumSet<Claim> more = EnumSet.copyOf(claims);
    more.add(claim);
    return new Rule(text, perF, plus, most, more);
  }

  Rule without(Claim... missing) {
    EnumSet<Claim> fewer = EnumSet.copyOf(claims);
    Set.of(missing).forEach(fewer::remove);
    return new Rule(text, perF, plus, most, fewer);
  }

  Aggregator make(int f) {
    return Aggregators.parse(text.replace("%d", Integer.toString(f)));
  }

  int fewest(int f) {
    return perF * f + plus;
  }

  boolean has(Claim claim) {
    return claims.contains(claim);
  }

  @Override
  public String toString() {
    return text.replace("%d", "f").toLowerCase(Locale.ROOT);
  }
}
