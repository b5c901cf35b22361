package org.monna.config.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Names that somebody has written, held against those that are known. */
public final class Names {

  private Names() {}

  /**
   * Refuses what is not known.
   *
   * @param kind what is named
   * @param known in the order in which they are listed if none of them is near
   * @throws IllegalArgumentException if the name is not among them; the message says which was probably meant
   */
  public static void requireKnown(String kind, String name, Collection<String> known) {
    if (!known.contains(name)) {
      throw new IllegalArgumentException(
          nearest(name, known)
              .map(meant -> "unknown %s \"%s\": did you mean \"%s\"?".formatted(kind, name, meant))
              .orElseGet(
                  () -> "unknown %s \"%s\"; known are %s".formatted(kind, name, known.isEmpty() ? "none" : String.join(", ", known))));
    }
  }

  /** The known name with the least number of edits, if these are at most a third of its letters and one; the first in order of equals. */
  private static Optional<String> nearest(String name, Collection<String> known) {
    // A sender of a megabyte is not answered with a table of a megabyte.
    if (name.length() > 100) {
      return Optional.empty();
    }
    return known.stream()
        .filter(k -> edits(name, k) <= 1 + k.length() / 3)
        .min(Comparator.<String>comparingInt(k -> edits(name, k)).thenComparing(Comparator.naturalOrder()));
  }

  /** Letters to insert, remove or replace (Levenshtein). */
  static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
