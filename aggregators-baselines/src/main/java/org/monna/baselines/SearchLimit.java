package org.monna.baselines;

import org.monna.spi.Admissible;

/**
 * The sizes for which the best set of n-f vectors is searched for: those for which the search ends in time whatever the
 * vectors. Which sizes the caller controls, and the vectors a sender: a search that is too long must be refused by the
 * one, before it can be caused by the other.
 *
 * @param vectors the largest n for f &gt; 0
 * @param steps the most steps that a search may need
 * @param needed the steps that a search needs at the most
 */
record SearchLimit(int vectors, double steps, Steps needed) {

  /** A number of steps that no search for n-f of n vectors, or of fewer, exceeds. */
  interface Steps {
    double of(int n, int f);
  }

  /** Throws IllegalArgumentException unless n &gt; 2f and the search is within the limit. */
  void require(Object rule, int n, int f) {
    Admissible.requireMajority(rule, n, f);
    if (!admits(n, f)) {
      int most = 0;
      while (admits(n, most + 1)) {
        most++;
      }
      Admissible.require(
          false, rule, "f <= %d for n = %d (its exact search could take minutes beyond)".formatted(most, n), n, f);
    }
  }

  private boolean admits(int n, int f) {
    return f == 0 || (n <= vectors && needed.of(n, f) <= steps);
  }

  /**
   * The prefixes of all choices that leave out f of n vectors, {@code C(n, 1) + ... + C(n, f + 1)}: t decisions of which
   * j were to leave one out, for t &lt; n and j &lt;= f.
   */
  static double prefixes(int n, int f) {
    double sum = 0;
    double choices = 1;
    for (int i = 1; i <= f + 1; i++) {
      choices *= (double) (n + 1 - i) / i;
      sum += choices;
    }
    return sum;
  }
}
