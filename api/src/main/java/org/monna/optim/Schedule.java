package org.monna.optim;

/** The learning rate of each step, counted from 0. */
@FunctionalInterface
public interface Schedule {

  /** The rate of the given step. */
  double rate(long step);

  /** The same rate at every step. */
  static Schedule constant(double rate) {
    return step -> rate;
  }

  /**
   * {@code rate / (s / decay + 1)} with s the step rounded down to a multiple of {@code every}: the MNIST experiments of MoNNA use
   * rate 0.75, decay 50, every 50.
   */
  static Schedule inverse(double rate, double decay, long every) {
    if (!(decay > 0) || every < 1) {
      throw new IllegalArgumentException(
          "inverse schedule: decay = %s, every = %d, but both must be positive".formatted(decay, every));
    }
    return step -> rate / (step / every * every / decay + 1);
  }

  /** {@code rate}, and from each of the given steps on {@code factor} times less or more than before. */
  static Schedule steps(double rate, double factor, long... from) {
    long[] starts = from.clone();
    return step -> {
      double current = rate;
      for (long start : starts) {
        current *= step >= start ? factor : 1;
      }
      return current;
    };
  }

  /** Half a cosine from {@code rate} at step 0 to {@code last} at step {@code length} and after. */
  static Schedule cosine(double rate, double last, long length) {
    if (length < 1) {
      throw new IllegalArgumentException("cosine schedule: length = " + length + ", but it must be positive");
    }
    return step -> last + (rate - last) * (1 + StrictMath.cos(Math.PI * Math.min(step, length) / length)) / 2;
  }

  /** This schedule after a linear rise from near 0 over the first {@code length} steps. */
  default Schedule withWarmup(long length) {
    if (length < 1) {
      throw new IllegalArgumentException("warm-up: length = " + length + ", but it must be positive");
    }
    return step -> rate(step) * Math.min(1.0, (step + 1.0) / length);
  }
}
