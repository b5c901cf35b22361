package org.monna.kernel;

import java.util.Arrays;

/**
 * The working memory of one worker in pass 2: m rows of a tile of coordinates, and a block of doubles.
 *
 * <p>Whatever d is, the rows of a tile stay in the second-level cache, and a few rows of a part of it in the first-level cache. The
 * tile is as long as that allows: the processor fetches ahead within a page of memory, and waits at the beginning of each. The rows
 * are compact, so rows of the inputs that fall on the same cache sets (d a power of two) do no harm here.
 */
public final class Scratch {

  /** For rows in main memory, which is read the faster, the longer the way along a row. Sums stay in the second-level cache. */
  private static final int LONG_TILE = 16384;

  /** For rows in the cache: to get and clear new memory for a sum for each coordinate would take as long as adding the rows. */
  private static final int SHORT_TILE = 256;

  private static final int LARGEST_TILE = 8192;
  private static final int LARGEST_PART = 512;
  private static final int SMALLEST = 64;
  private static final int TILE_FLOATS = 1 << 16;
  private static final int PART_FLOATS = 1 << 14;

  /** Rows of so many floats together are taken to be in the cache. */
  private static final int CACHED_FLOATS = 1 << 16;

  /** The number of coordinates of a tile, a multiple of 64. */
  public final int tile;

  /** The number of coordinates of a part of a tile, a multiple of 64. */
  public final int part;

  /** m rows of {@link #tile} floats. */
  public final float[][] rows;

  /** {@link #part} doubles, none if no rows are kept. */
  public final double[] sums;

  /** The rows that {@link #select} found. */
  public int[] selected = new int[0];

  /** Whatever has to be stored for its computation not to be left out. */
  public int touched;

  private double[][] compared = {};
  private int[] firstEqual = new int[0];
  private int[] indices = new int[0];
  private float[] floats = new float[0];
  private float[] moreFloats = new float[0];
  private int[] keys = new int[0];
  private int[] moreKeys = new int[0];
  private double[] wide = new double[0];

  /** Working memory for m rows; 0 if no rows are kept. */
  public Scratch(int m) {
    this(m, Integer.MAX_VALUE);
  }

  /** The same for so many coordinates at the most: to fill more takes as long as the work, if these are few. */
  public Scratch(int m, int coordinates) {
    int most = (Math.min(coordinates, LARGEST_TILE) + SMALLEST - 1) / SMALLEST * SMALLEST;
    tile = length(most, TILE_FLOATS, m);
    part = Math.min(tile, length(LARGEST_PART, PART_FLOATS, m));
    rows = new float[m][tile];
    sums = new double[m == 0 ? 0 : part];
  }

  private static int length(int largest, int floats, int m) {
    return Math.max(SMALLEST, Math.min(largest, floats / Math.max(m, 1) / SMALLEST * SMALLEST));
  }

  /** The number of coordinates that a weighted sum of so many rows of this length takes at a time. */
  public static int tileOfSums(int rows, int length) {
    return Math.min(length, (long) rows * length <= CACHED_FLOATS ? SHORT_TILE : LONG_TILE);
  }

  /**
   * For each row of weights the first one that is the same: under a strong attack many nodes see the same neighbours. Found out once for all
   * tiles, and by hashes, since rows may differ in a number or two only.
   */
  @SuppressWarnings("ReferenceEquality") // the same array again is what spares the work
  public int[] firstEqual(double[][] weights) {
    if (compared != weights) {
      compared = weights;
      firstEqual = new int[weights.length];
      int[] hashes = new int[weights.length];
      for (int r = 0; r < weights.length; r++) {
        hashes[r] = Arrays.hashCode(weights[r]);
        int other = 0;
        while (other < r && !(hashes[other] == hashes[r] && Arrays.equals(weights[other], weights[r]))) {
          other++;
        }
        firstEqual[r] = other;
      }
    }
    return firstEqual;
  }

  /** So many integers, with anything in them. */
  public int[] indices(int length) {
    if (indices.length < length) {
      indices = new int[length];
    }
    return indices;
  }

  /** So many floats, with anything in them. */
  public float[] floats(int length) {
    if (floats.length < length) {
      floats = new float[length];
    }
    return floats;
  }

  /** As {@link #floats}, other ones. */
  public float[] moreFloats(int length) {
    if (moreFloats.length < length) {
      moreFloats = new float[length];
    }
    return moreFloats;
  }

  /** So many {@linkplain Keys keys}, with anything in them. */
  public int[] keys(int length) {
    if (keys.length < length) {
      keys = new int[length];
    }
    return keys;
  }

  /** As {@link #keys}, other ones. */
  public int[] moreKeys(int length) {
    if (moreKeys.length < length) {
      moreKeys = new int[length];
    }
    return moreKeys;
  }

  /** So many doubles, with anything in them. */
  public double[] wide(int length) {
    if (wide.length < length) {
      wide = new double[length];
    }
    return wide;
  }

  /** Lists the indices of the rows with a weight in {@link #selected} and returns their number. */
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
}
