package org.monna.kernels.simd;

import java.util.concurrent.atomic.AtomicLong;
import org.monna.kernel.Kernels;

/**
 * Whether one of the SIMD kernels is compiled. Until then its vectors are objects of the heap, and it is a hundred times slower than plain
 * loops: a first call on large data would take seconds. So the scalar kernel does the work, and as much time as that takes goes into calls
 * of the SIMD kernel on samples, until it is compiled and faster. Both give the same bits.
 *
 * <p>Threads may use this at the same time: what races is only who warms up, and for how long.
 */
final class Warming {

  /** A call on so many coordinates at the most. */
  interface Sample {
    void run(Kernels kernels, int length);
  }

  /** Long enough for loops to be run, short enough for the interpreter: methods become hot by the number of their calls. */
  private static final int SMALL = 64;

  /** Enough to tell whether vectors are in registers. */
  private static final int LARGE = Kernels.BLOCK;

  /** So many large samples in a row must be faster: one may be by accident, when something else runs. */
  private static final int WINS = 3;

  /** Small samples for a large one. */
  private static final int ROUNDS = 128;

  /** Whoever has only a few coordinates at a time may never see SIMD win. */
  private static final int MOST_ROUNDS = 1 << 15;

  /**
   * Nanoseconds of work before the first sample: it loads the classes of the Vector API, which takes a tenth of a second, and should not
   * be a large part of the time of a first call.
   */
  private static final long PATIENCE = 300_000_000;

  private static final AtomicLong WORKED = new AtomicLong();

  private final Kernels scalar;
  private final Kernels simd;
  private volatile boolean done;

  /** Nanoseconds that may be spent. */
  private long credit;

  private int rounds;
  private int wins;

  Warming(Kernels scalar, Kernels simd) {
    this.scalar = scalar;
    this.simd = simd;
  }

  boolean isDone() {
    return done;
  }

  /** True as long as no samples are taken: see {@link #PATIENCE}. Then not even what they need is made ready, in a first call. */
  static boolean isPatient() {
    return WORKED.get() < PATIENCE;
  }

  /** To be called when the scalar kernel has worked since {@code start}. True if it is time for samples. */
  boolean isDue(long start) {
    long worked = System.nanoTime() - start;
    if (WORKED.addAndGet(worked) < PATIENCE) {
      return false;
    }
    credit += worked;
    return true;
  }

  /** Takes samples for as long as the scalar kernel has worked. */
  void take(Sample sample) {
    long now = System.nanoTime();
    while (credit > 0 && !done) {
      rounds++;
      if (rounds % ROUNDS == 0) {
        wins = time(simd, sample) < time(scalar, sample) ? wins + 1 : 0;
        done = wins >= WINS || rounds >= MOST_ROUNDS;
      } else {
        sample.run(simd, SMALL);
      }
      long last = now;
      now = System.nanoTime();
      credit -= now - last;
    }
  }

  private static long time(Kernels kernels, Sample sample) {
    long start = System.nanoTime();
    sample.run(kernels, LARGE);
    return System.nanoTime() - start;
  }

  /** A copy of the first coordinates, since a kernel may sort its rows where they are. */
  static float[][] copy(float[][] rows, int from, int to) {
    int length = Math.min(LARGE, to - from);
    float[][] copy = new float[rows.length][length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], from, copy[i], 0, length);
    }
    return copy;
  }
}
