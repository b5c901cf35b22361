package org.monna.kernel;

/**
 * The working memory of one worker in pass 2: m rows of a tile of coordinates, and a block of doubles.
 *
 * <p>A tile is small enough that its rows stay in the first-level cache (second-level for m beyond about 100), whatever d is; the
 * rows are compact, so rows of the inputs that fall on the same cache sets (d a power of two) do no harm here.
 */
public final class Scratch {

  private static final int TILE_FLOATS = 8192;
  private static final int LARGEST_TILE = 1024;
  private static final int SMALLEST_TILE = 64;

  /** The number of coordinates of a tile, a multiple of 16. */
  public final int tile;

  /** m rows of {@link #tile} floats. */
  public final float[][] rows;

  /** {@link #tile} doubles. */
  public final double[] sums;

  /** Working memory for m rows; 0 if no rows are kept. */
  public Scratch(int m) {
    tile = Math.max(SMALLEST_TILE, Math.min(LARGEST_TILE, TILE_FLOATS / Math.max(m, 1) / 16 * 16));
    rows = new float[m][tile];
    sums = new double[tile];
  }
}
