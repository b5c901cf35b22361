package org.monna.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A sequence of {@linkplain Step steps} while it is made. Networks are made in an aggregation's first call, which streams would make longer
 * by milliseconds, so there are none here.
 */
final class Steps {

  private static final int WIDEST = Step.WIDEST;

  private final List<Step> list = new ArrayList<>();
  private int cost;

  /** What all steps take, in units that mean nothing but can be compared. */
  int cost() {
    return cost;
  }

  void append(Steps next) {
    list.addAll(next.list);
    cost += next.cost;
  }

  private void append(Step step) {
    if (step.wires().length > 1) {
      list.add(step);
      cost += step.cost();
    }
  }

  /** Appends what sorts any number of wires, at least one, and returns these in the order of their numbers. */
  int[] sort(int... wires) {
    List<int[]> runs = new ArrayList<>();
    for (int i = 0; i < wires.length; i += WIDEST) {
      int[] run = Arrays.copyOfRange(wires, i, Math.min(i + WIDEST, wires.length));
      append(new Step(false, run));
      runs.add(run);
    }
    return merge(runs);
  }

  /** Appends what merges lists of wires, at least one, each of which is sorted, and returns the wires in the order of their numbers. */
  int[] merge(List<int[]> runs) {
    if (runs.size() == 1) {
      return runs.get(0);
    }
    // A power of two of them on one side, since merges of powers of two fill their steps.
    int half = Integer.highestOneBit(runs.size() - 1);
    return merge(merge(runs.subList(0, half)), merge(runs.subList(half, runs.size())));
  }

  /**
   * Batcher's bitonic merge (AFIPS 1968). The first list is reversed, so that the numbers fall and then rise, and what is missing to a power
   * of two may be thought of as infinite. A layer of comparators at a distance k splits each block of 2k into one of smaller and one of
   * greater numbers, of the same kind. Three layers, k to k / 4, are eight wires to a step.
   */
  private int[] merge(int[] falling, int[] rising) {
    int m = falling.length + rising.length;
    int[] wires = new int[m];
    for (int k = 0; k < m; k++) {
      wires[k] = k < falling.length ? falling[falling.length - 1 - k] : rising[k - falling.length];
    }
    int layers = 32 - Integer.numberOfLeadingZeros(m - 1);
    while (layers > 0) {
      int block = 1 << layers;
      // Two and two are cheaper than three and one.
      int taken = layers == 4 ? 2 : Math.min(layers, 3);
      layers -= taken;
      int distance = 1 << layers;
      for (int first = 0; first < m; first += block) {
        for (int i = first; i < Math.min(first + distance, m); i++) {
          int[] step = new int[1 << taken];
          int size = 0;
          for (int k = i; k < Math.min(first + block, m); k += distance) {
            step[size++] = wires[k];
          }
          append(new Step(true, Arrays.copyOf(step, size)));
        }
      }
    }
    return wires;
  }

  /**
   * Leaves out the steps that come last on all their wires and only order within a set.
   *
   * @param sets for each wire the set it is in at the end
   */
  void prune(int[] sets) {
    boolean[] touched = new boolean[sets.length];
    for (int s = list.size() - 1; s >= 0; s--) {
      Step step = list.get(s);
      if (matters(step.wires(), sets, touched)) {
        touch(step, touched);
      } else {
        list.remove(s);
        cost -= step.cost();
      }
    }
  }

  private static boolean matters(int[] wires, int[] sets, boolean[] touched) {
    for (int wire : wires) {
      if (touched[wire] || sets[wire] != sets[wires[0]]) {
        return true;
      }
    }
    return false;
  }

  /** The steps before which no other one touches their wires, and one of a single wire for each that no step touches. */
  Step[] first(int m) {
    List<Step> first = new ArrayList<>();
    boolean[] touched = new boolean[m];
    boolean[] read = new boolean[m];
    for (Step step : list) {
      if (touch(step, touched)) {
        first.add(step);
        touch(step, read);
      }
    }
    for (int wire = 0; wire < m; wire++) {
      if (!read[wire]) {
        first.add(new Step(false, wire));
      }
    }
    return first.toArray(new Step[0]);
  }

  /** The other steps. */
  Step[] others(int m) {
    List<Step> others = new ArrayList<>();
    boolean[] touched = new boolean[m];
    for (Step step : list) {
      if (!touch(step, touched)) {
        others.add(step);
      }
    }
    return others.toArray(new Step[0]);
  }

  /** Touches the wires; true if none was touched before. */
  private static boolean touch(Step step, boolean[] touched) {
    boolean first = true;
    for (int wire : step.wires()) {
      first &= !touched[wire];
      touched[wire] = true;
    }
    return first;
  }
}
