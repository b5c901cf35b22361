package org.monna.baselines;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a graph has a large set of vertices without an edge in it: all but at most {@code most} vertices of
 * it, so that these cover all edges.
 *
 * <p>A search tree in the number of vertices to remove, not in that of all: a vertex of degree 1 goes with its
 * neighbour, one with more neighbours than may be removed must go, cycles lose any vertex; of any other vertex of
 * largest degree, at least 3, either it goes or all its neighbours. So {@code T(most) = 1 + T(most - 1) + T(most - 3)}
 * nodes at the most, below 1.4656^most times 4, and in practice far fewer. Sets of vertices are bits of longs.
 */
final class IndependentSets {

  private final int size;
  private final long[][] neighbors;

  /** The nodes visited by all searches. */
  private long visited;

  IndependentSets(int size) {
    this.size = size;
    this.neighbors = new long[size][(size + 63) / 64];
  }

  /** The number of nodes after which any search has ended. */
  static double worstCase(int most) {
    double[] nodes = new double[most + 1];
    for (int k = 0; k <= most; k++) {
      nodes[k] = 1 + (k >= 1 ? nodes[k - 1] : 0) + (k >= 3 ? nodes[k - 3] : 0);
    }
    return nodes[most];
  }

  /** Makes this the graph of the pairs with more than some squared distance. */
  void connect(double[][] squared, double threshold) {
    for (int i = 0; i < size; i++) {
      Arrays.fill(neighbors[i], 0);
      for (int j = 0; j < size; j++) {
        if (squared[i][j] > threshold) {
          neighbors[i][j >> 6] |= 1L << j;
        }
      }
    }
  }

  static boolean contains(long[] set, int i) {
    return (set[i >> 6] >> i & 1) != 0;
  }

  long[] setOf(int... members) {
    long[] set = new long[(size + 63) / 64];
    for (int i : members) {
      set[i >> 6] |= 1L << i;
    }
    return set;
  }

  static int count(long[] set) {
    int count = 0;
    for (long word : set) {
      count += Long.bitCount(word);
    }
    return count;
  }

  /** The set without a vertex. */
  static long[] without(long[] set, int i) {
    long[] less = set.clone();
    less[i >> 6] &= ~(1L << i);
    return less;
  }

  /** The set without the neighbours of a vertex. */
  long[] withoutNeighbors(long[] set, int i) {
    long[] less = set.clone();
    for (int w = 0; w < less.length; w++) {
      less[w] &= ~neighbors[i][w];
    }
    return less;
  }

  private int degree(long[] set, int i) {
    int degree = 0;
    for (int w = 0; w < set.length; w++) {
      degree += Long.bitCount(set[w] & neighbors[i][w]);
    }
    return degree;
  }

  /** The nodes that all searches together have visited. */
  long visited() {
    return visited;
  }

  /** An independent subset that lacks at most {@code most} vertices of the set, or null if there is none. */
  long @Nullable [] find(long[] set, int most) {
    visited++;
    long[] left = set;
    for (int removable = most; removable >= 0; removable--) {
      int leaf = -1;
      int top = -1;
      int largest = 0;
      int ends = 0;
      for (int i = 0; i < size; i++) {
        int degree = contains(left, i) ? degree(left, i) : 0;
        ends += degree;
        leaf = degree == 1 ? i : leaf;
        if (degree > largest) {
          largest = degree;
          top = i;
        }
      }
      if (largest == 0) {
        return left;
      }
      if (ends > 2L * removable * largest) {
        return null;
      }
      if (leaf >= 0) {
        left = without(left, onlyNeighbor(left, leaf));
      } else if (largest > removable || largest == 2) {
        left = without(left, top);
      } else {
        long[] found = find(without(left, top), removable - 1);
        return found != null ? found : find(withoutNeighbors(left, top), removable - largest);
      }
    }
    return null;
  }

  private int onlyNeighbor(long[] set, int i) {
    int w = 0;
    while ((set[w] & neighbors[i][w]) == 0) {
      w++;
    }
    return 64 * w + Long.numberOfTrailingZeros(set[w] & neighbors[i][w]);
  }
}
