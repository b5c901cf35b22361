package org.monna.spi;

/**
 * A number of vectors that a rule is set to: fixed, or counted down from n or from n - f, since n is known only when vectors arrive.
 * Written {@code 7}, {@code n-2} or {@code n-f-2}.
 *
 * @param ofN 1 if n is added, else 0
 * @param ofF 1 if f is subtracted, else 0
 * @param constant what is added; not positive if ofN is 1
 */
public record Count(int ofN, int ofF, int constant) {

  public Count {
    if ((ofN != 0 && ofN != 1) || (ofF != 0 && ofF != ofN) || (ofN == 1 && constant > 0)) {
      throw new IllegalArgumentException("a count is a number, n - number or n - f - number");
    }
  }

  /** The count n - f - {@code less}. */
  public static Count honestMinus(int less) {
    return new Count(1, 1, -less);
  }

  /** Reads what {@link #toString} writes. Throws NumberFormatException otherwise. */
  public static Count parse(String text) {
    String compact = text.replace(" ", "");
    if (compact.equals("n") || compact.equals("n-f")) {
      return new Count(1, compact.length() > 1 ? 1 : 0, 0);
    }
    if (compact.startsWith("n-f-")) {
      return new Count(1, 1, -digits(compact.substring(4)));
    }
    if (compact.startsWith("n-")) {
      return new Count(1, 0, -digits(compact.substring(2)));
    }
    return new Count(0, 0, Integer.parseInt(compact));
  }

  private static int digits(String text) {
    if (text.startsWith("-") || text.startsWith("+")) {
      throw new NumberFormatException("\"" + text + "\" has a sign of its own");
    }
    return Integer.parseInt(text);
  }

  /** The number for n vectors, f of them arbitrary. */
  public int of(int n, int f) {
    return ofN * n - ofF * f + constant;
  }

  @Override
  public String toString() {
    if (ofN == 0) {
      return Integer.toString(constant);
    }
    return (ofF == 0 ? "n" : "n-f") + (constant == 0 ? "" : Integer.toString(constant));
  }
}
