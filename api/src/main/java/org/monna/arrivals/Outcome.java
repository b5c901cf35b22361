package org.monna.arrivals;

/**
 * What became of a vector that a sender offered. Nothing that a sender does throws.
 *
 * @param round the number of the round it was offered to
 * @param message one sentence that names the sender and the round, and says why the vector was not taken
 */
public record Outcome(Status status, long round, String sender, String message) {

  /** The reason in one word. */
  public enum Status {
    /** A copy is held. */
    ACCEPTED,
    /** It was made for another round. */
    WRONG_ROUND,
    /** Its sender is not one of the round's. */
    UNKNOWN_SENDER,
    /** Its sender's vector is here already, or on its way. The first one stays. */
    DUPLICATE,
    /** It has another length than d. */
    WRONG_LENGTH,
    /** All places are taken, or kept for senders that must come, but the round is not over: it may be offered again. */
    FULL,
    /** The round is over. */
    LATE
  }

  /** True if a copy of the vector is held. */
  public boolean accepted() {
    return status == Status.ACCEPTED;
  }
}
