package org.monna.kernel;

import java.util.Arrays;

/**
 * The numbers of one coordinate, in the order of their rows and sorted: the specification of ranks where there are too many rows for a
 * network.
 */
final class SortedColumn {

  private final int m;

  /** The {@linkplain Keys keys} in the order of the rows, and sorted behind them. */
  private final int[] keys;

  SortedColumn(int m, Scratch scratch) {
    this.m = m;
    this.keys = scratch.indices(2 * m);
  }

  void read(float[][] rows, int c) {
    for (int i = 0; i < m; i++) {
      keys[i] = Keys.of(rows[i][c]);
    }
    System.arraycopy(keys, 0, keys, m, m);
    Arrays.sort(keys, m, 2 * m);
  }

  /** The sum of the ranks {@code from <= k < to} in the order that {@link Kernels#meanOfRanks} says. */
  double sum(int from, int to) {
    int least = keys[m + from];
    int greatest = keys[m + to - 1];
    if (least == greatest) {
      return (double) (to - from) * Keys.value(least);
    }
    double sum = 0;
    for (int i = 0; i < m; i++) {
      if (least < keys[i] && keys[i] < greatest) {
        sum += Keys.value(keys[i]);
      }
    }
    int first = from;
    while (keys[m + first] == least) {
      first++;
    }
    int last = to;
    while (keys[m + last - 1] == greatest) {
      last--;
    }
    return sum + (double) (first - from) * Keys.value(least) + (double) (to - last) * Keys.value(greatest);
  }
}
