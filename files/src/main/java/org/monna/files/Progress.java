package org.monna.files;

/** Is told how an aggregation gets on. */
@FunctionalInterface
public interface Progress {

  /** Nothing. */
  Progress NONE = (bytes, total) -> {};

  /**
   * Called after each block, by one thread at a time, with growing numbers. What it throws ends the aggregation.
   *
   * @param bytes of the inputs that have been read, or passed over since the rule does not need them
   * @param total of these bytes: those of the inputs, twice if the rule reads them twice
   */
  void done(long bytes, long total);
}
