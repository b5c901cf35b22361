package org.monna;

/**
 * A step before a rule: m new vectors, each a weighted sum of the n given ones, with weights made from the geometry.
 *
 * <p>The new vectors are never computed on their own: the weights are multiplied into those of the rule that follows,
 * and the geometry of the new vectors {@linkplain Geometry#mixed follows} from that of the old ones. A pipeline of any
 * length reads the data at most twice.
 */
public interface PreAggregator {

  /** The number m of vectors that come out when n go in. */
  default int rows(int n) {
    return n;
  }

  /**
   * What the weights read of the geometry of n vectors.
   *
   * @throws IllegalArgumentException if the step is not defined for n vectors; the message names step, n and condition
   */
  Geometry.Need need(int n);

  /**
   * What must be measured of n vectors so that the weights can be made and {@code wanted} follows for the new vectors. A step
   * that only scales vectors can do with less than all distances for the norms, and overrides this; so does one whose rows of weights do
   * not all have the same sum, which needs the norms for distances.
   */
  default Geometry.Need need(int n, Geometry.Need wanted) {
    Geometry.Need need = need(n);
    if (wanted.distances() || wanted.norms()) {
      need = need.and(Geometry.Need.PAIRWISE);
    }
    return wanted.norms() ? need.and(Geometry.Need.NORMS) : need;
  }

  /** The m x n weights, from at least the {@linkplain #need needed} geometry. */
  Mixing mixing(Geometry geometry);

  /**
   * What the vectors that come out need from the rule so that the whole has a guarantee: the most vectors among the
   * {@link #rows rows(n)} that may be arbitrary, and how the rule's guarantee for those carries over to the n inputs.
   *
   * @param rule the rule, or the rest of the pipeline, that is given the new vectors
   */
  Certificate certificate(int n, Aggregator rule);

  /** This step followed by a rule (or by the rest of a pipeline). */
  default Aggregator then(Aggregator rule) {
    return new Pipeline(this, rule);
  }
}
