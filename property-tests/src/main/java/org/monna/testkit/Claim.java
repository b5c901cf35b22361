package org.monna.testkit;

/** What the author of a rule claims of it beyond its certificate; see {@link AggregatorContract#claims}. */
public enum Claim {

  /** Wherever the rule is admissible it has a {@linkplain org.monna.Certificate certificate} with a bound for its f. */
  CERTIFIED,

  /**
   * With up to f vectors of hostile values (NaN, infinities, 3e38, ...) the result is finite and near the honest
   * mean: see {@link ContractChecks#survives}.
   */
  SURVIVES,

  /** Moving all vectors by t moves the result by t. Rules that read norms do not have it. */
  TRANSLATION,

  /**
   * Doubling all vectors doubles the result, to the bit. Rules with an absolute parameter, such as a radius, do not
   * have it.
   */
  SCALING,

  /** The order of the vectors does not matter, up to rounding, as long as nothing ties. */
  PERMUTATION,

  /** The order of the vectors does not matter for a single bit, as long as nothing ties. */
  PERMUTATION_BITWISE,

  /** In each coordinate the result lies between the least and the largest value of every n-f vectors. */
  HULL
}
