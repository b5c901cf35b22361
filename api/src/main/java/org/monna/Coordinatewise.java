package org.monna;

/**
 * The function phi of a {@link Plan}: m numbers, one of each row, to one. The same for every coordinate.
 *
 * <p>Numbers are ordered with NaN as positive infinity, so that one is trimmed like any outlier (the sign of a NaN is an
 * accident of the machine that made it and decides nothing), and -0 as 0. Means are formed in double and rounded once.
 */
public sealed interface Coordinatewise {

  /** The only row: m = 1. */
  static Coordinatewise single() {
    return Single.ROW;
  }

  /** The mean of the order statistics {@code from <= k < to}, counted from 0. */
  static Coordinatewise ranks(int from, int to) {
    return new Ranks(from, to);
  }

  /** The mean of the {@code keep} numbers nearest to the mean of the order statistics {@code from <= k < to}. */
  static Coordinatewise around(int from, int to, int keep) {
    return new MeanAround(from, to, keep);
  }

  /** Throws IllegalArgumentException if this is not a function of m numbers. */
  void check(int m);

  /** The only row, unchanged. */
  enum Single implements Coordinatewise {
    ROW;

    @Override
    public void check(int m) {
      if (m != 1) {
        throw new IllegalArgumentException("single row: the mixing has " + m + " rows");
      }
    }
  }

  /**
   * The mean of the order statistics {@code from <= k < to}: the median, a trimmed mean, the minimum.
   *
   * @param from the smallest rank used, counted from 0
   * @param to one more than the largest rank used
   */
  record Ranks(int from, int to) implements Coordinatewise {

    public Ranks {
      if (from < 0 || to <= from) {
        throw new IllegalArgumentException("ranks from " + from + " to " + to + " are none");
      }
    }

    @Override
    public void check(int m) {
      if (to > m) {
        throw new IllegalArgumentException("ranks from " + from + " to " + to + " of " + m + " numbers");
      }
    }
  }

  /**
   * The mean of the {@code keep} numbers nearest to a centre, which is the mean, in double, of the order statistics {@code from <= k <
   * to}. Of a number below and one above the centre at the same distance the one below is nearer, so that the order of the m
   * numbers does not matter.
   *
   * @param from the smallest rank of the centre, counted from 0
   * @param to one more than the largest rank of the centre
   * @param keep how many numbers are averaged
   */
  record MeanAround(int from, int to, int keep) implements Coordinatewise {

    public MeanAround {
      if (from < 0 || to <= from) {
        throw new IllegalArgumentException("ranks from " + from + " to " + to + " are none");
      }
      if (keep < 1) {
        throw new IllegalArgumentException("the mean of the nearest " + keep + " numbers");
      }
    }

    @Override
    public void check(int m) {
      if (to > m || keep > m) {
        throw new IllegalArgumentException(
            "the nearest %d to the ranks from %d to %d of %d numbers".formatted(keep, from, to, m));
      }
    }
  }
}
