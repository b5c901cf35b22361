package org.monna.kernel;

/**
 * The working memory of one worker in pass 2: m rows of a tile of coordinates, and a block of doubles.
 *
 * <p>Whatever d is, the rows of a tile stay in the second-level cache, and those of a part of it in the first-level cache. The tile is
 * as long as a page of memory, if m allows: the processor fetches ahead within a page, and waits at the beginning of each. The rows
 * are compact, so rows of the inputs that fall on the same cache sets (d a power of two) do no harm here.
 */
public final class Scratch {

  private static final int LARGEST_TILE = 1024;
  private static final int SMALLEST_TILE = 64;
  private static final int TILE_FLOATS = 128 * LARGEST_TILE;
  private static final int PART_FLOATS = 6 * LARGEST_TILE;

  /** The number of coordinates of a tile, a multiple of 16. */
  public final int tile;

  /** The number of coordinates of a part of a tile, a multiple of 16. */
  public final int part;

  /** m rows of {@link #tile} floats. */
  public final float[][] rows;

  /** {@link #tile} doubles. */
  public final double[] sums;

  /** Room for the indices of rows. */
  public int[] selected = new int[0];

  /** Working memory for m rows; 0 if no rows are kept. */
  public Scratch(int m) {
    tile = length(TILE_FLOATS, m);
    part = length(PART_FLOATS, m);
    rows = new float[m][tile];
    sums = new double[tile];
  }

  /** Lists the rows with a weight in {@link #selected} and returns their number. */
  public int select(double[] weights) {
    if (selected.length < weights.length) {
      selected = new int[weights.length];
    }
    int count = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] != 0) {
        selected[count++] = i;
      }
    }
    return count;
  }

  private static int length(int floats, int m) {
    return Math.max(SMALLEST_TILE, Math.min(LARGEST_TILE, floats / Math.max(m, 1) / 16 * 16));
  }
}
