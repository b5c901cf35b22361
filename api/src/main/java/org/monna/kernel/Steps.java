package org.monna.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A sequence of steps, each of which sorts the numbers on up to {@link SelectionNetwork#WIDEST} wires, while it is made. */
final class Steps {

  /** What it takes to sort k wires, in tenths of a cycle for each eight coordinates (measured; stores decide for small k). */
  private static final int[] COST = {0, 0, 34, 52, 70, 120, 165, 220, 260};

  private final List<int[]> list = new ArrayList<>();
  private int cost;

  /** What all steps take, in units that mean nothing but can be compared. */
  int cost() {
    return cost;
  }

  void append(Steps next) {
    list.addAll(next.list);
    cost += next.cost;
  }

  /** Appends what sorts any number of wires. */
  void sort(int... wires) {
    if (wires.length > SelectionNetwork.WIDEST) {
      merge(wires);
    } else if (wires.length > 1) {
      list.add(wires);
      cost += COST[wires.length];
    }
  }

  /**
   * Batcher's odd-even merge sort (AFIPS 1968), beginning with sorted blocks. Its layers of comparators at distances k and k / 2 are
   * taken together, four wires at a time, which leaves some comparators of the second layer.
   */
  private void merge(int[] wires) {
    for (int i = 0; i < wires.length; i += SelectionNetwork.WIDEST) {
      sort(Arrays.copyOfRange(wires, i, Math.min(i + SelectionNetwork.WIDEST, wires.length)));
    }
    for (int p = SelectionNetwork.WIDEST; p < wires.length; p *= 2) {
      for (int k = p; k >= 1; k /= 4) {
        for (int pair = 0; pair < wires.length; pair += 2 * p) {
          for (int u = pair + k % p; u + k < pair + 2 * p; u += 2 * k) {
            sortFours(wires, u, k);
          }
          for (int u = pair + k / 2; k > 1 && k < p && u < pair + 2 * p - k; u += 2 * k) {
            sortPairs(wires, u, k / 2);
          }
        }
      }
    }
  }

  private void sortFours(int[] wires, int first, int k) {
    int distance = Math.max(k / 2, 1);
    for (int i = first; i < first + distance && i < wires.length; i++) {
      int[] four = new int[4];
      int size = 0;
      for (int next = i; next <= i + k + k / 2 && next < wires.length; next += distance) {
        four[size++] = wires[next];
      }
      sort(Arrays.copyOf(four, size));
    }
  }

  private void sortPairs(int[] wires, int first, int distance) {
    for (int i = first; i < first + distance && i + distance < wires.length; i++) {
      sort(wires[i], wires[i + distance]);
    }
  }

  /**
   * Leaves out the steps that come last on all their wires and only order within a set.
   *
   * @param sets for each wire the set it is in at the end
   */
  void prune(int[] sets) {
    boolean[] touched = new boolean[sets.length];
    for (int s = list.size() - 1; s >= 0; s--) {
      int[] step = list.get(s);
      if (!matters(step, sets, touched)) {
        list.remove(s);
        cost -= COST[step.length];
        continue;
      }
      for (int wire : step) {
        touched[wire] = true;
      }
    }
  }

  private static boolean matters(int[] step, int[] sets, boolean[] touched) {
    for (int wire : step) {
      if (touched[wire] || sets[wire] != sets[step[0]]) {
        return true;
      }
    }
    return false;
  }

  /** The steps before which no other one touches their wires, and one of a single wire for each that no step touches. */
  int[][] first(int m) {
    List<int[]> first = new ArrayList<>();
    boolean[] touched = new boolean[m];
    boolean[] read = new boolean[m];
    for (int[] step : list) {
      if (touch(step, touched)) {
        first.add(step);
        touch(step, read);
      }
    }
    for (int wire = 0; wire < m; wire++) {
      if (!read[wire]) {
        first.add(new int[] {wire});
      }
    }
    return first.toArray(int[][]::new);
  }

  /** The other steps. */
  int[][] others(int m) {
    boolean[] touched = new boolean[m];
    return list.stream().filter(step -> !touch(step, touched)).toArray(int[][]::new);
  }

  /** Touches the wires; true if none was touched before. */
  private static boolean touch(int[] step, boolean[] touched) {
    boolean first = true;
    for (int wire : step) {
      first &= !touched[wire];
      touched[wire] = true;
    }
    return first;
  }
}
