package org.monna.spi;

/** The checks of n and f that rules share, with messages that name the rule, the condition and the offending values. */
public final class Admissible {

  private Admissible() {}

  /** Throws IllegalArgumentException if f is negative. */
  public static int f(String rule, int f) {
    if (f < 0) {
      throw new IllegalArgumentException("%s: f = %d is negative".formatted(rule, f));
    }
    return f;
  }

  /**
   * Throws IllegalArgumentException unless the condition holds.
   *
   * @param rule the rule, whose text names its f
   * @param condition the condition as it is documented, such as "n &gt; 2f"
   */
  public static void require(boolean holds, Object rule, String condition, int n, int f) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s needs %s, but n = %d and f = %d".formatted(rule, condition, n, f));
    }
  }

  /** Throws IllegalArgumentException unless n &gt; 2f: what every robust rule needs. */
  public static void requireMajority(Object rule, int n, int f) {
    // In long, since 2f can be too large for an int.
    require(n > 2L * f, rule, "n > 2f", n, f);
  }
}
