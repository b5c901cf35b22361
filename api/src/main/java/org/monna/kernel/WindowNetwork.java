package org.monna.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Steps that find the ranks of m numbers, as far as {@link Kernels#meanAround} needs it: in any order within each of three sets, the
 * ranks {@code from <= k < to} of the centre, and those below and above it, as far as they are in the core {@code m - keep <= k <
 * keep}, which is averaged whatever the centre. The tails below and above the core are sorted: any of their numbers may be where the window
 * ends.
 *
 * <p>Steps as those of a {@link SelectionNetwork}. For more than {@value #LARGEST} numbers there are none.
 */
public final class WindowNetwork {

  /** The largest m for which there are steps. More than for a selection, since counting has more to do. */
  public static final int LARGEST = 448;

  private static final Remembered<WindowNetwork> NETWORKS = new Remembered<>();

  private final int size;
  private final int from;
  private final int to;
  private final int keep;
  private final Step[] firstSteps;
  private final Step[] steps;
  private final int[] order;

  private WindowNetwork(int size, int from, int to, int keep, Steps steps, int[] order) {
    this.size = size;
    this.from = from;
    this.to = to;
    this.keep = keep;
    this.firstSteps = steps.first(isCounted() ? 0 : size);
    this.steps = steps.others(size);
    this.order = order;
  }

  /** The network for the {@code keep} of m numbers nearest to the mean of the ranks {@code from <= k < to}. */
  public static WindowNetwork of(int m, int from, int to, int keep) {
    List<Integer> key = List.of(m, from, to, keep);
    WindowNetwork known = NETWORKS.get(key);
    return known != null ? known : NETWORKS.put(key, make(m, from, to, keep));
  }

  private static WindowNetwork make(int m, int from, int to, int keep) {
    if (m > LARGEST) {
      return new WindowNetwork(m, from, to, keep, new Steps(), new int[0]);
    }
    // Without a core, all is tail. Each rank of a tail is a set of its own.
    int core = m - keep < keep ? m - keep : m;
    int[] borders = IntStream.range(1, m).filter(k -> k <= core || k >= keep || k == from || k == to).toArray();
    Split split = Split.of(m, borders);
    int[] order = IntStream.rangeClosed(0, borders.length).flatMap(set -> Arrays.stream(split.wires(set))).toArray();
    return new WindowNetwork(m, from, to, keep, split.steps, order);
  }

  /** True if there are no steps; see {@link SelectionNetwork#isCounted}. */
  public boolean isCounted() {
    return size > LARGEST;
  }

  /** The first rank of the centre. */
  public int from() {
    return from;
  }

  /** One more than the last rank of the centre. */
  public int to() {
    return to;
  }

  /** How many numbers are averaged. */
  public int keep() {
    return keep;
  }

  /** The first steps, which together have every wire once; see {@link SelectionNetwork#firstSteps}. */
  public Step[] firstSteps() {
    return firstSteps;
  }

  /** The steps that follow, in order. Not to be modified. */
  public Step[] steps() {
    return steps;
  }

  /** The wires in the order of their ranks, in the end. Not to be modified. */
  public int[] order() {
    return order;
  }
}
