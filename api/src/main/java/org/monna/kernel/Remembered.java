package org.monna.kernel;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The networks that were made first, so that small aggregations do not make theirs at every call. Threads may share it. */
final class Remembered<N> {

  private static final int MOST = 256;

  private final ConcurrentHashMap<List<Integer>, N> networks = new ConcurrentHashMap<>();

  /** The network with this key, if it is remembered. */
  @Nullable N get(List<Integer> key) {
    return networks.get(key);
  }

  /** Remembers a network, if there is room, and returns it. */
  N put(List<Integer> key, N network) {
    if (networks.size() < MOST) {
      networks.put(key, network);
    }
    return network;
  }
}
