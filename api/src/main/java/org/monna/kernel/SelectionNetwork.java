package org.monna.kernel;

import java.util.List;

/**
 * A way to find the order statistics {@code from <= k < to} of m numbers that does the same whatever the numbers are: a sequence of
 * {@linkplain Step steps}, each of which sorts the numbers on a few of m wires.
 *
 * <p>The order of the outputs among each other is left open: a mean does not need it.
 *
 * <p>For more than {@value #LARGEST} numbers this is but the ranks that are wanted: there are no steps.
 */
public final class SelectionNetwork {

  /** The largest m for which there are steps. */
  public static final int LARGEST = 256;

  private static final Remembered<SelectionNetwork> NETWORKS = new Remembered<>();

  private final int size;
  private final int from;
  private final int to;
  private final Step[] firstSteps;
  private final Step[] steps;
  private final int[] outputs;

  private SelectionNetwork(int size, int from, int to, Steps steps, int[] outputs) {
    this.size = size;
    this.from = from;
    this.to = to;
    this.firstSteps = steps.first(isCounted() ? 0 : size);
    this.steps = steps.others(size);
    this.outputs = outputs;
  }

  /** The network for the ranks {@code from <= k < to} of m numbers. */
  public static SelectionNetwork of(int m, int from, int to) {
    List<Integer> key = List.of(m, from, to);
    SelectionNetwork known = NETWORKS.get(key);
    return known != null ? known : NETWORKS.put(key, make(m, from, to));
  }

  private static SelectionNetwork make(int m, int from, int to) {
    if (m > LARGEST) {
      return new SelectionNetwork(m, from, to, new Steps(), new int[0]);
    }
    Split split = Split.of(m, from, to);
    return new SelectionNetwork(m, from, to, split.steps, split.wires(1));
  }

  /** True if there are no steps: ranks of many numbers are found sooner by counting, in a time proportional to m. */
  public boolean isCounted() {
    return size > LARGEST;
  }

  /** The smallest rank. */
  public int from() {
    return from;
  }

  /** One more than the largest rank. */
  public int to() {
    return to;
  }

  /** The first steps, which together have every wire once: they can read the inputs. Not to be modified. */
  public Step[] firstSteps() {
    return firstSteps;
  }

  /** The steps that follow, in order. Not to be modified. */
  public Step[] steps() {
    return steps;
  }

  /** The wires that have the wanted ranks in the end, in the order in which they are added. Not to be modified. */
  public int[] outputs() {
    return outputs;
  }
}
