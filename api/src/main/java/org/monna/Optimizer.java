package org.monna;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A way to change parameters by gradients. The optimizer is immutable; what it remembers between steps is a {@link State}.
 */
public interface Optimizer {

  /** The state before the first step, for d parameters. */
  State newState(int d);

  /**
   * The state that {@link State#save} wrote, exactly: the steps that follow give the same bits.
   *
   * @param d the number of parameters
   * @throws IOException if the input ends early, or holds the state of another optimizer or of another number of parameters
   */
  State restore(DataInput input, int d) throws IOException;

  /** What an optimizer remembers of d parameters. Not thread-safe. */
  interface State {

    /**
     * Changes the parameters by one step.
     *
     * @param parameters length d; changed in place
     * @param gradient length d; not modified
     */
    void step(float[] parameters, float[] gradient);

    /** The number of steps taken. */
    long steps();

    /** Writes everything that {@link Optimizer#restore} needs: a few numbers and, with momentum, d floats. */
    void save(DataOutput output) throws IOException;
  }
}
