package org.monna;

import org.monna.spi.Admissible;

/**
 * A rule that turns n vectors of length d, up to f of them arbitrary, into one vector close to the mean of the others.
 *
 * <p>Every rule has the form {@code out[c] = phi(M X[:, c])} for each coordinate c, where X is the n x d matrix of the
 * vectors, M a matrix of weights made from the {@linkplain Geometry geometry} of the vectors only, and phi one function
 * for all coordinates. A rule therefore says {@linkplain #need what it reads of the geometry} and makes a {@linkplain
 * #plan plan}; an {@link Engine} measures the one and applies the other. A rule knows nothing of SIMD, threads or files.
 *
 * <p>Implementations are immutable and thread-safe, records wherever they can be, and {@link Object#toString toString}
 * gives the text from which {@link Aggregators#parse} makes an equal rule. The number of tolerated vectors f belongs to
 * the rule, the number of vectors n to the input.
 */
public interface Aggregator {

  /**
   * What the plan reads of the geometry of n vectors.
   *
   * @throws IllegalArgumentException if the rule is not defined for n vectors; the message names rule, n and condition
   */
  Geometry.Need need(int n);

  /**
   * The whole of the rule: the weights M and the function phi, from at least the {@linkplain #need needed} geometry.
   * Whatever values the vectors hold, a plan is made: NaN and infinities are data. A rule that can tell that digits were lost may
   * have vectors {@linkplain Geometry#measured measured} again.
   */
  Plan plan(Geometry geometry);

  /**
   * The guarantee for n vectors of which at most the rule's own f are arbitrary, with its source; or {@linkplain
   * Certificate#none none}, with the reason. A rule without a parameter f answers for the largest f it tolerates.
   *
   * @throws IllegalArgumentException if the rule is not defined for n vectors
   */
  Certificate certificate(int n);

  /**
   * The guarantee for n vectors of which at most f are arbitrary: the same constants as for the rule's own f when f is
   * smaller (averaging the bound over the subsets shows it), none when f is larger. A rule whose constants are sharper
   * for a smaller f overrides this.
   *
   * @throws IllegalArgumentException if the rule is not defined for n vectors, or f is negative
   */
  default Certificate certificate(int n, int f) {
    return certificate(n).atMost(this, Admissible.f(toString(), f));
  }

  /** Aggregates on {@link Engine#sequential}: the result is a new array; the inputs are not modified. */
  default float[] aggregate(float[][] vectors) {
    return Engine.sequential().aggregate(this, vectors);
  }

  /**
   * Aggregates on {@link Engine#sequential} into an array of the caller.
   *
   * @param vectors n arrays of the same length d, at least 1; not modified
   * @param out length d, none of the inputs; wholly overwritten
   */
  default void aggregate(float[][] vectors, float[] out) {
    Engine.sequential().aggregate(this, vectors, out);
  }
}
