package org.monna.kernel;

/**
 * One step of a network: sorts the numbers on 2 to {@value #WIDEST} wires, the smallest goes to the first. A step of a single wire only
 * reads it.
 *
 * <p>Steps instead of single comparators, because a step runs in registers: eight rows are read, sorted by 19 comparators and
 * written back in a third of the time that the comparators take one by one.
 */
public final class Step {

  /** The largest number of wires. */
  public static final int WIDEST = 8;

  /** Comparators that sort k wires (Knuth, The Art of Computer Programming 3, 5.3.4), as pairs: the smaller number goes to the first. */
  private static final int[][] SORT = {
    {},
    {},
    {0, 1},
    {0, 2, 0, 1, 1, 2},
    {0, 2, 1, 3, 0, 1, 2, 3, 1, 2},
    {0, 3, 1, 4, 0, 2, 1, 3, 0, 1, 2, 4, 1, 2, 3, 4, 2, 3},
    {0, 5, 1, 3, 2, 4, 1, 2, 3, 4, 0, 3, 2, 5, 0, 1, 2, 3, 4, 5, 1, 2, 3, 4},
    {0, 6, 2, 3, 4, 5, 0, 2, 1, 4, 3, 6, 0, 1, 2, 5, 3, 4, 1, 2, 4, 6, 2, 3, 4, 5, 1, 2, 3, 4, 5, 6},
    {0, 2, 1, 3, 4, 6, 5, 7, 0, 4, 1, 5, 2, 6, 3, 7, 0, 1, 2, 3, 4, 5, 6, 7, 2, 4, 3, 5, 1, 4, 3, 6, 1, 2, 3, 4, 5, 6}
  };

  /** The same for numbers that fall and then rise (Batcher's bitonic sorter, AFIPS 1968): those of its comparators that have both wires. */
  private static final int[][] MERGE = {
    {},
    {},
    {0, 1},
    {0, 2, 0, 1},
    {0, 2, 1, 3, 0, 1, 2, 3},
    {0, 4, 0, 2, 1, 3, 0, 1, 2, 3},
    {0, 4, 1, 5, 0, 2, 1, 3, 0, 1, 2, 3, 4, 5},
    {0, 4, 1, 5, 2, 6, 0, 2, 1, 3, 4, 6, 0, 1, 2, 3, 4, 5},
    {0, 4, 1, 5, 2, 6, 3, 7, 0, 2, 1, 3, 4, 6, 5, 7, 0, 1, 2, 3, 4, 5, 6, 7}
  };

  /** What it takes to sort k wires, in tenths of a cycle for each eight coordinates (measured; stores decide for small k). */
  private static final int[] SORT_COST = {0, 0, 34, 52, 70, 120, 165, 220, 260};

  /** The same for what a merge meets. */
  private static final int[] MERGE_COST = {0, 0, 34, 52, 70, 85, 106, 138, 165};

  private final int[] wires;
  private final boolean merges;

  /**
   * A step on these wires.
   *
   * @param merges true if their numbers are known to fall and then to rise, up to a rotation: fewer comparators sort these
   */
  Step(boolean merges, int... wires) {
    this.wires = wires;
    this.merges = merges;
  }

  /** The wires. Not to be modified. */
  public int[] wires() {
    return wires;
  }

  /** True if {@link #comparators} sort only what a merge meets. To sort in another way gives the same numbers. */
  public boolean merges() {
    return merges;
  }

  /** Comparators of the places in {@link #wires}, as pairs: the smaller number goes to the first. Not to be modified. */
  public int[] comparators() {
    return (merges ? MERGE : SORT)[wires.length];
  }

  int cost() {
    return (merges ? MERGE_COST : SORT_COST)[wires.length];
  }
}
