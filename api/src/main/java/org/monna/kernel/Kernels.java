package org.monna.kernel;

/**
 * The loops over coordinates, the only code whose time grows with d. {@link ScalarKernels} is the specification: every other
 * implementation gives the same bits on every machine, at every vector width, before and after compilation.
 *
 * <p>Rows are float arrays read in {@code from <= c < to}. Arguments are not checked: the engine has done that. Nothing is
 * allocated but what {@link Scratch} holds, and some kilobytes a call.
 *
 * <h2>Canonical sums</h2>
 *
 * A sum of squares over coordinates is formed in blocks of {@link #BLOCK} coordinates counted from {@code from}. In a block,
 * virtual lane {@code k} of {@link #LANES} adds, in order, the squares of the coordinates {@code k, k + LANES, ...} in float, with a
 * subtraction, a multiplication and an addition that round each; lanes are folded by halves (lane k takes lane k + 8, then k + 4, ...);
 * what is left of the block, fewer than LANES coordinates, is added one by one. A block sum outside {@link #SMALLEST} to
 * Float.MAX_VALUE may have lost squares to underflow or overflow and is formed again in double, in the same order. Block
 * sums are added in double, in order. No fused multiply-add anywhere.
 *
 * <p>Weighted sums and means of ranks are formed for each coordinate on its own, in double, rows in ascending order, and
 * rounded to float once. A result that is not a number is {@link Float#NaN}: sign and payload of any other depend on the machine and on
 * the compiler.
 */
public interface Kernels {

  /** The number of virtual lanes of a sum of squares. */
  int LANES = 16;

  /** The number of coordinates whose squares are summed in float. */
  int BLOCK = 1024;

  /** Block sums below this may have lost squares to underflow: 1024 halves of the least float are less than 1e-9 of it. */
  float SMALLEST = 0x1p-100f;

  /** The name by which the system property {@code org.monna.kernels} chooses this implementation. */
  String name();

  /** Adds to {@code sums[i]} the squared norm of row i, infinite if a coordinate is not finite. */
  void addSquaredNorms(float[][] rows, int from, int to, double[] sums);

  /** Adds to {@code sums[i]} the squared distance between row i and row pivot, infinite if a coordinate is not finite. */
  void addSquaredDistances(float[][] rows, int pivot, int from, int to, double[] sums);

  /** Adds the squared distance between rows i and j &lt; i to {@code sums[i (i - 1) / 2 + j]}. */
  void addPairwiseSquaredDistances(float[][] rows, int from, int to, double[] sums);

  /**
   * {@code out[outFrom + c - from] = sum_i weights[i] rows[i][c]}, rows of weight 0 not read. If all other weights are equal, the
   * rows are added and the sum is multiplied once.
   */
  void weightedSum(float[][] rows, double[] weights, int from, int to, float[] out, int outFrom, Scratch scratch);

  /**
   * {@code out[r][c - from]} = the weighted sum of the rows with {@code weights[r]}, for every r, in the bits of {@link #weightedSum}. Rows
   * that have no weight in any sum are not read.
   *
   * @param weights not to be changed as long as the scratch is in use, which remembers what it has found out about them
   * @param out rows of the scratch. Up to the next multiple of 64 coordinates, they may be overwritten beyond {@code to - from}
   */
  void mix(float[][] rows, double[][] weights, int from, int to, float[][] out, Scratch scratch);

  /**
   * {@code out[outFrom + c - from]} = the mean of the network's ranks of the numbers {@code rows[i][c]}, with NaN read as positive
   * infinity and -0 as 0. Ranks are added in the order of the network's outputs; if it {@linkplain SelectionNetwork#isCounted() has none}, in
   * the order of the rows, of equal numbers the first ones. The rows may be those of the scratch.
   */
  void meanOfRanks(
      SelectionNetwork network, float[][] rows, int from, int to, float[] out, int outFrom, Scratch scratch);

  /**
   * {@code out[outFrom + c - from]} = the mean of the network's {@code keep} numbers {@code rows[i][c]} nearest to the mean c' of its
   * ranks, with NaN read as positive infinity and -0 as 0. With s the m ordered numbers, for t = 0, 1, ... m-keep-1, {@code s[t mod keep]} is replaced by {@code s[t +
   * keep]} where {@code c' - s[t] > s[t + keep] - c'}; then s[0], ... s[keep-1] are averaged in this order. All in double; c' is a sum in
   * the order of the network's outputs, divided once. The rows may be those of the scratch.
   *
   * <p>For so many numbers that they are {@linkplain WindowNetwork#isCounted() counted}, both sums are formed in the order of the rows, of equal
   * numbers the first ones.
   *
   * <p>Why this is right: the condition is monotone in t, so the kept numbers are a window [w, w + keep) of s, where w counts the t for
   * which it holds; a window holds exactly one number of each residue of its index modulo keep, and this is the last one put there.
   */
  void meanAround(
      WindowNetwork network, float[][] rows, int from, int to, float[] out, int outFrom, Scratch scratch);

  /**
   * One step of Polyak momentum in place: {@code momentum = beta momentum + gain gradient}, then {@code parameters -= rate momentum},
   * each operation rounded to float.
   */
  default void momentumStep(
      float[] parameters, float[] gradient, float[] momentum, float beta, float gain, float rate) {
    for (int c = 0; c < parameters.length; c++) {
      float next = beta * momentum[c] + gain * gradient[c];
      momentum[c] = next;
      parameters[c] -= rate * next;
    }
  }
}
