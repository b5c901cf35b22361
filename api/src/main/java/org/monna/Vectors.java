package org.monna;

import static java.util.Objects.requireNonNull;

/** The checks of what a caller controls: shapes and aliases. Values are data and are never checked. */
final class Vectors {

  private Vectors() {}

  /** Checks the shape of the inputs and returns their length d. */
  static int check(Object what, float[][] vectors) {
    requireNonNull(what, "rule");
    requireNonNull(vectors, "vectors");
    if (vectors.length == 0) {
      throw new IllegalArgumentException(what + ": no vectors (n = 0)");
    }
    for (int i = 0; i < vectors.length; i++) {
      if (vectors[i] == null) {
        throw new NullPointerException("vectors[" + i + "]");
      }
      if (vectors[i].length != vectors[0].length) {
        throw new IllegalArgumentException(
            "%s: vectors[%d] has length %d, but vectors[0] has length %d (n = %d)"
                .formatted(what, i, vectors[i].length, vectors[0].length, vectors.length));
      }
    }
    if (vectors[0].length == 0) {
      throw new IllegalArgumentException(what + ": vectors of length 0 (n = " + vectors.length + ", d = 0)");
    }
    return vectors[0].length;
  }

  /** Checks the shape of inputs and output and that the output is none of the inputs. */
  @SuppressWarnings("ReferenceEquality") // the same array is what matters
  static void check(Object what, float[][] vectors, float[] out) {
    int d = check(what, vectors);
    requireNonNull(out, "out");
    if (out.length != d) {
      throw new IllegalArgumentException(
          "%s: out has length %d, but the vectors have length %d".formatted(what, out.length, d));
    }
    for (int i = 0; i < vectors.length; i++) {
      if (vectors[i] == out) {
        throw new IllegalArgumentException(what + ": out is the same array as vectors[" + i + "]");
      }
    }
  }
}
