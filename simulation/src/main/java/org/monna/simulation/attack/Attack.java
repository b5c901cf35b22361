package org.monna.simulation.attack;

/**
 * What the Byzantine nodes send. They act as one, and before they send they know everything that is in the {@link Scene}:
 * what all honest nodes send, and the rule by which each aggregates.
 *
 * <p>Implementations are immutable and thread-safe, records wherever they can be; {@link Object#toString} gives the text
 * from which {@link Attacks#parse} makes an equal attack. What an attack remembers from one step to the next is in
 * {@link Scene#memory}.
 */
public interface Attack {

  /**
   * The vectors that the Byzantine nodes send.
   *
   * @return one vector, which every Byzantine node sends to everybody, or for each of {@link Scene#views} the vector that
   *     its Byzantine senders send to it; of the length of the honest vectors
   */
  float[][] forge(Scene scene);

  /**
   * Checks that this can be done where so many nodes are honest.
   *
   * @throws IllegalArgumentException with a sentence, if not
   */
  default void check(int honest) {}

  /** How many floats are remembered, for vectors of length d: the length of {@link Scene#memory}. */
  default int memory(int d) {
    return 0;
  }

  /** True if {@link Scene#mislabelled} is wanted, which costs a second gradient for each honest node. */
  default boolean mislabels() {
    return false;
  }
}
