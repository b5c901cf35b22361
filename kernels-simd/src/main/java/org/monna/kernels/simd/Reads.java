package org.monna.kernels.simd;

/** Brings rows from main memory into the second-level cache: the processor waits less if it reads many rows at a time. */
final class Reads {

  private static final int LINE = 16;

  private Reads() {}

  /**
   * Reads a number of every cache line of {@code count} rows, whose indices are in {@code which} from {@code at} on. Returns what it makes of
   * them, to be stored where the compiler cannot leave it out.
   */
  static int ahead(float[][] rows, int[] which, int at, int count, int from, int to) {
    int sum = 0;
    int last = at + count - 1;
    for (int i = at; i <= last; i += 8) {
      sum +=
          lines(
              rows[which[i]],
              rows[which[Math.min(i + 1, last)]],
              rows[which[Math.min(i + 2, last)]],
              rows[which[Math.min(i + 3, last)]],
              rows[which[Math.min(i + 4, last)]],
              rows[which[Math.min(i + 5, last)]],
              rows[which[Math.min(i + 6, last)]],
              rows[which[Math.min(i + 7, last)]],
              from,
              to);
    }
    return sum;
  }

  private static int lines(
      float[] x0,
      float[] x1,
      float[] x2,
      float[] x3,
      float[] x4,
      float[] x5,
      float[] x6,
      float[] x7,
      int from,
      int to) {
    int sum = 0;
    for (int c = from; c < to; c += LINE) {
      sum += Float.floatToRawIntBits(x0[c]) ^ Float.floatToRawIntBits(x1[c]);
      sum += Float.floatToRawIntBits(x2[c]) ^ Float.floatToRawIntBits(x3[c]);
      sum += Float.floatToRawIntBits(x4[c]) ^ Float.floatToRawIntBits(x5[c]);
      sum += Float.floatToRawIntBits(x6[c]) ^ Float.floatToRawIntBits(x7[c]);
    }
    return sum;
  }
}
