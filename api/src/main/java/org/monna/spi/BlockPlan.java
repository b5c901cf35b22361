package org.monna.spi;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.monna.Coordinatewise;
import org.monna.Mixing;
import org.monna.Plan;
import org.monna.kernel.KernelSelection;
import org.monna.kernel.Kernels;
import org.monna.kernel.Scratch;
import org.monna.kernel.SelectionNetwork;
import org.monna.kernel.WindowNetwork;

/**
 * Pass 2 on blocks of coordinates: a plan made ready once, to be applied to blocks of any length, each by itself, with the same bits
 * as to the whole. Immutable and thread-safe; each thread applies it through a {@link Worker} of its own.
 */
public final class BlockPlan {

  private final int m;
  private final double[][] weights;
  private final Kernels kernels = KernelSelection.kernels();
  private final @Nullable Phi phi;
  private final int @Nullable [] selection;
  private final boolean[] reads;

  /**
   * @param n the number of vectors that it will be applied to
   * @throws IllegalArgumentException if the plan is for another number: the error of a rule
   */
  public BlockPlan(Plan plan, int n) {
    Mixing mixing = plan.mixing();
    if (mixing.columns() != n) {
      throw new IllegalArgumentException("a plan for %d vectors is applied to %d".formatted(mixing.columns(), n));
    }
    m = mixing.rows();
    phi = phi(plan.phi(), m, kernels);
    reads = new boolean[n];
    if (phi != null && mixing.isIdentity()) {
      weights = new double[0][];
      selection = new int[m];
      Arrays.setAll(selection, i -> i);
      Arrays.fill(reads, true);
      return;
    }
    weights = mixing.weights();
    selection = phi == null ? null : selection(weights);
    for (double[] row : weights) {
      for (int i = 0; i < reads.length; i++) {
        reads[i] |= row[i] != 0;
      }
    }
  }

  /** Which row is which vector, if each is one of them, unchanged, so that nothing has to be mixed; else null. */
  private static int @Nullable [] selection(double[][] weights) {
    int[] selection = new int[weights.length];
    for (int r = 0; r < weights.length; r++) {
      selection[r] = -1;
      for (int i = 0; i < weights[r].length; i++) {
        if (weights[r][i] != 0) {
          if (weights[r][i] != 1 || selection[r] >= 0) {
            return null;
          }
          selection[r] = i;
        }
      }
      if (selection[r] < 0) {
        return null;
      }
    }
    return selection;
  }

  /** The function of the rows; null for the only row, which is a weighted sum. */
  private static @Nullable Phi phi(Coordinatewise function, int m, Kernels kernels) {
    if (function instanceof Coordinatewise.Ranks ranks) {
      SelectionNetwork network = SelectionNetwork.of(m, ranks.from(), ranks.to());
      return (rows, from, to, out, outFrom, scratch) ->
          kernels.meanOfRanks(network, rows, from, to, out, outFrom, scratch);
    }
    if (function instanceof Coordinatewise.MeanAround around) {
      WindowNetwork network = WindowNetwork.of(m, around.from(), around.to(), around.keep());
      return (rows, from, to, out, outFrom, scratch) ->
          kernels.meanAround(network, rows, from, to, out, outFrom, scratch);
    }
    return null;
  }

  /** False if the result does not depend on vector i: it may be anything, and need not be fetched. */
  public boolean reads(int i) {
    return reads[i];
  }

  /**
   * A worker for one thread, with working memory of 65,536 floats at the most, 64 m if that is more, and 16,384 doubles. Ranks that are
   * counted take as much as half a megabyte and 500 bytes a row besides; a mixing of n vectors into m takes m n integers and 64 n + m doubles.
   */
  public Worker worker() {
    return new Worker(new Memory(memoryRows()));
  }

  /** A worker with the working memory of another one of the same thread, perhaps of another plan, if it is of the right size. */
  public Worker worker(Worker other) {
    return other.memory.rows == memoryRows() ? new Worker(other.memory) : worker();
  }

  private int memoryRows() {
    return phi == null ? 0 : m;
  }

  /** Working memory that grows with the blocks: to fill more than they need takes as long as the work, if they are short. */
  private static final class Memory {

    final int rows;
    private Scratch scratch;
    private int longest;

    Memory(int rows) {
      this.rows = rows;
      scratch = new Scratch(0);
    }

    Scratch scratch(int length) {
      if (rows > 0 && length > longest) {
        longest = length;
        scratch = new Scratch(rows, length);
      }
      return scratch;
    }
  }

  /** Applies the plan to one block after another. Not thread-safe. */
  public final class Worker {

    private final Memory memory;
    private final float[][] selected = new float[m][];

    private Worker(Memory memory) {
      this.memory = memory;
    }

    /**
     * {@code out[outFrom + c - from] = phi(M X[:, c])} for {@code from <= c < to}.
     *
     * @param rows n arrays that hold the block in {@code from <= c < to}, none of them {@code out}; not modified
     */
    public void apply(float[][] rows, int from, int to, float[] out, int outFrom) {
      Scratch scratch = memory.scratch(to - from);
      if (phi == null) {
        kernels.weightedSum(rows, weights[0], from, to, out, outFrom, scratch);
      } else if (selection != null) {
        for (int r = 0; r < selected.length; r++) {
          selected[r] = rows[selection[r]];
        }
        phi.run(selected, from, to, out, outFrom, scratch);
      } else {
        for (int c = from; c < to; c += scratch.tile) {
          int end = Math.min(to, c + scratch.tile);
          kernels.mix(rows, weights, c, end, scratch.rows, scratch);
          phi.run(scratch.rows, 0, end - c, out, outFrom + c - from, scratch);
        }
      }
    }
  }

  /** phi on rows that are all there. */
  private interface Phi {
    void run(float[][] rows, int from, int to, float[] out, int outFrom, Scratch scratch);
  }
}
