package org.monna.simulation.protocol;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.monna.simulation.data.Dataset;
import org.monna.simulation.mixing.Crew;
import org.monna.simulation.model.ModelPool;

/**
 * One training, step by step. It depends on its configuration and on the examples only, not on the threads; every random
 * choice depends on the seed, its use, the node and the step, so that what is saved is all there is. Not thread-safe.
 */
public interface Protocol {

  /** One step of all nodes. */
  void step();

  /** The steps taken. */
  long steps();

  /** The mean loss of the batches of the last step, before it. */
  double loss();

  /** The models of the honest nodes, or the server's: views, which the next step overwrites. */
  float[][] models();

  /** Writes all that {@link #restore} needs. */
  void save(DataOutput output) throws IOException;

  /**
   * Takes back what {@link #save} wrote, exactly: the steps that follow give the same bits.
   *
   * @throws IOException if it is not the state of such a training; this one is then of no use
   */
  void restore(DataInput input) throws IOException;

  /**
   * A training before its first step.
   *
   * @param configuration {@linkplain Configuration#check checked}
   * @param shares the examples of each honest node
   * @param models compute the gradients
   * @param crew shares out the work
   * @param clock is told what takes how long
   */
  static Protocol of(
      Configuration configuration, List<Dataset> shares, ModelPool models, Crew crew, Stopwatch clock) {
    if (shares.size() != configuration.honest()) {
      throw new IllegalArgumentException(
          "%d shares for %d honest nodes".formatted(shares.size(), configuration.honest()));
    }
    Gradients gradients = new Gradients(configuration, shares, models, crew);
    return configuration.protocol().equals("server")
        ? new Server(configuration, gradients, crew, clock)
        : new PeerToPeer(configuration, gradients, crew, clock);
  }
}
