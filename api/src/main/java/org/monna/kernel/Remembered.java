package org.monna.kernel;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The networks that were made first, so that small aggregations do not make theirs at every call. Threads may share it. */
final class Remembered<N> {

  private static final int MOST = 256;

  private final ConcurrentHashMap<List<Integer>, N> networks = new ConcurrentHashMap<>();

  /** The network with this key, made now if it is not remembered. */
  N get(List<Integer> key, Supplier<N> make) {
    N known = networks.get(key);
    if (known == null) {
      known = make.get();
      if (networks.size() < MOST) {
        networks.put(key, known);
      }
    }
    return known;
  }
}
