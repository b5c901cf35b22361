package org.monna.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Steps that move m numbers to their ranks, as far as {@link Kernels#meanAround} needs it: in any order within each of three sets, the
 * ranks {@code from <= k < to} of the centre, and those below and above it, as far as they are in the core {@code m - keep <= k <
 * keep}, which is averaged whatever the centre.
 *
 * <p>Steps as those of a {@link SelectionNetwork}, which sort; those that only order within a set are left out. For more than
 * {@value SelectionNetwork#LARGEST} numbers there are no steps.
 */
public final class WindowNetwork {

  private static final int REMEMBERED = 256;
  private static final ConcurrentHashMap<List<Integer>, WindowNetwork> NETWORKS = new ConcurrentHashMap<>();

  private final int size;
  private final int from;
  private final int to;
  private final int keep;
  private final int[][] firstSteps;
  private final int[][] steps;

  private WindowNetwork(int size, int from, int to, int keep, Steps steps) {
    this.size = size;
    this.from = from;
    this.to = to;
    this.keep = keep;
    this.firstSteps = steps.first(isCounted() ? 0 : size);
    this.steps = steps.others(size);
  }

  /** The network for the {@code keep} of m numbers nearest to the mean of the ranks {@code from <= k < to}. */
  public static WindowNetwork of(int m, int from, int to, int keep) {
    List<Integer> key = List.of(m, from, to, keep);
    WindowNetwork known = NETWORKS.get(key);
    if (known == null) {
      known = make(m, from, to, keep);
      if (NETWORKS.size() < REMEMBERED) {
        NETWORKS.put(key, known);
      }
    }
    return known;
  }

  private static WindowNetwork make(int m, int from, int to, int keep) {
    if (SelectionNetwork.isCounted(m)) {
      return new WindowNetwork(m, from, to, keep, new Steps());
    }
    int[] wires = new int[m];
    int[] sets = new int[m];
    Arrays.setAll(wires, k -> k);
    for (int k = 0; k < m; k++) {
      boolean core = k >= m - keep && k < keep;
      int centre = k < from ? m : k < to ? m + 1 : m + 2;
      sets[k] = core ? centre : k;
    }
    Steps steps = new Steps();
    steps.sort(wires);
    steps.prune(sets);
    return new WindowNetwork(m, from, to, keep, steps);
  }

  /** True if there are no steps; see {@link SelectionNetwork#isCounted}. */
  public boolean isCounted() {
    return SelectionNetwork.isCounted(size);
  }

  /** The number m of inputs. */
  public int size() {
    return size;
  }

  /** The first wire of the centre. */
  public int from() {
    return from;
  }

  /** One more than the last wire of the centre. */
  public int to() {
    return to;
  }

  /** How many numbers are averaged. */
  public int keep() {
    return keep;
  }

  /** The first steps, which together have every wire once; see {@link SelectionNetwork#firstSteps}. */
  public int[][] firstSteps() {
    return firstSteps;
  }

  /** The steps that follow, in order. Not to be modified. */
  public int[][] steps() {
    return steps;
  }
}
