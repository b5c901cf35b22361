package org.monna.spark;

import java.io.Serializable;
import org.monna.Mixing;

/**
 * A mixing on its way to the executors.
 *
 * @param n the number of vectors that are mixed
 * @param weights empty for the identity
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SentMixing(int n, double[][] weights) implements Serializable {

  private static final long serialVersionUID = 1;

  static SentMixing of(Mixing mixing) {
    return new SentMixing(mixing.columns(), mixing.isIdentity() ? new double[0][] : mixing.weights());
  }

  Mixing mixing() {
    return weights.length == 0 ? Mixing.identity(n) : Mixing.of(weights);
  }
}
