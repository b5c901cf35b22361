package org.monna.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.Certificate;
import org.monna.Engine;
import org.monna.Guarantee;

/**
 * The checks behind {@link AggregatorContract}, each for one rule on one input: they return, or throw an
 * AssertionError that says what was found. For use without jqwik, in loops or on recorded data.
 *
 * <p><b>Tolerances</b> are derived, not chosen. Results and the vectors of a mixing are floats, so each coordinate
 * may be off by half a unit in the last place of the largest magnitude involved ({@link #rounding}). A rule reads
 * squared distances with a relative error of {@link #distanceError} and decides as if they were exact, which to first
 * order moves a bound on a squared distance by four times as much: the vectors that it chose seem nearer, and those
 * that it left out seem farther, than they are.
 */
public final class ContractChecks {

  /** Half the distance from 1 to the next float. */
  private static final double HALF_ULP = 0x1p-24;

  /** The least positive float. */
  private static final double LEAST = 0x1p-149;

  private static final int SLACK_FACTOR = 4;

  private ContractChecks() {}

  /** The result of the rule on a copy of the vectors. */
  public static float[] result(Aggregator rule, float[][] vectors) {
    float[] out = new float[vectors[0].length];
    rule.aggregate(copy(vectors), out);
    return out;
  }

  /**
   * Every guarantee of {@link Aggregator#certificate(int, int)}, on every subset S of n-f finite vectors, or on those
   * {@linkplain Subsets#toTry likely to be the worst} if there are too many. A certificate of a spectral kappa is
   * tried as such. A {@link Guarantee.Reduction} is a statement on many results and not tried here; see {@link
   * MixingContract}.
   *
   * <p>A bound that no rule can meet fails whatever the vectors: kappa &gt;= f/(n-2f) and lambda &gt;= f/(n-f)
   * always, and there is no guarantee for n &lt;= 2f.
   */
  public static void guarantees(Aggregator rule, float[][] vectors, int f) {
    Certificate certificate = rule.certificate(vectors.length, f);
    possible(rule, certificate, vectors.length, f);
    if (!certificate.holds()) {
      return;
    }
    float[] out = result(rule, vectors);
    List<Game.Bound> bounds = Game.Bound.of(certificate).stream().filter(bound -> !bound.kind().isOfMixing()).toList();
    for (int[] subset : Subsets.toTry(vectors, vectors.length - f, out)) {
      for (Game.Bound bound : bounds) {
        bound(rule, vectors, subset, out, bound);
      }
    }
  }

  /** That a certificate is for n and f, and claims nothing that no rule can have. */
  public static void possible(Aggregator rule, Certificate certificate, int n, int f) {
    require(
        certificate.n() == n && certificate.f() == f,
        "%s: certificate(%d, %d) is for n = %d, f = %d", rule, n, f, certificate.n(), certificate.f());
    for (Guarantee guarantee : certificate.guarantees()) {
      require(
          n > 2 * f, "%s: no rule has a guarantee for n = %d, f = %d, but this one claims %s", rule, n, f, guarantee);
      double least = 0;
      if (guarantee instanceof Guarantee.Robustness) {
        least = f / (n - 2.0 * f);
      } else if (guarantee instanceof Guarantee.Resilience) {
        least = f / (double) (n - f);
      }
      require(
          guarantee.constant() >= least * (1 - 1e-12),
          "%s: no rule has %s for n = %d, f = %d; the least constant possible is %s",
          rule, guarantee.statement(), n, f, least);
    }
  }

  private static void bound(Aggregator rule, float[][] vectors, int[] subset, float[] out, Game.Bound bound) {
    double[] mean = Exact.mean(vectors, subset);
    double allowed = Math.sqrt(bound.squared() * bound.kind().spread(vectors, subset, mean));
    double error = Math.sqrt(Exact.squaredDistance(out, mean));
    double slack = 1 + SLACK_FACTOR * distanceError(out.length) / 2;
    double rounding = rounding(vectors, subset, out);
    require(
        error <= allowed * slack + rounding,
        "%s, n = %d: ||F - mean_S|| = %.9g, but by the %s of its certificate, %.6g, it is at most %.9g (and rounding is"
            + " at most %.3g); S = %s",
        rule, vectors.length, error, bound.kind(), bound.constant(), allowed, rounding, Arrays.toString(subset));
  }

  /**
   * The (alpha, lambda)-reduction that the certificate of a rule with a pivot claims of a mixing in which every
   * honest node takes part.
   *
   * @param honest the indices of the honest nodes' vectors before the mixing
   * @param mixed the honest nodes' vectors after it
   */
  public static void reduction(Aggregator rule, float[][] vectors, int[] honest, float[][] mixed) {
    int n = vectors.length;
    double[] mean = Exact.mean(vectors, honest);
    double before = Exact.variance(vectors, honest, mean);
    int[] all = Exact.all(mixed.length);
    double[] mixedMean = Exact.mean(mixed, all);
    double after = Exact.variance(mixed, all, mixedMean);
    double drift = 0;
    double rounding = 0;
    for (int c = 0; c < mean.length; c++) {
      drift += (mixedMean[c] - mean[c]) * (mixedMean[c] - mean[c]);
    }
    for (float[] vector : mixed) {
      rounding = Math.max(rounding, rounding(vectors, honest, vector));
    }
    double slack = 1 + SLACK_FACTOR * distanceError(mean.length);
    for (Guarantee guarantee : rule.certificate(n, n - honest.length).guarantees()) {
      if (guarantee instanceof Guarantee.Reduction reduction) {
        double alpha = Math.sqrt(reduction.alpha() * before * slack);
        double lambda = Math.sqrt(reduction.lambda() * before * slack);
        require(
            Math.sqrt(after) <= alpha + rounding && Math.sqrt(drift) <= lambda + rounding,
            "%s, n = %d: Var(x) = %.6g, Var(y) = %.6g, ||mean(y) - mean(x)||^2 = %.6g, but its certificate says %s",
            rule, n, before, after, drift, reduction.statement());
        require(
            !reduction.joint() || Math.sqrt(after + drift) <= alpha + rounding,
            "%s, n = %d: Var(x) = %.6g, Var(y) = %.6g, ||mean(y) - mean(x)||^2 = %.6g, but its certificate says %s",
            rule, n, before, after, drift, reduction.statement());
      }
    }
  }

  /**
   * The relative error of a squared distance over d coordinates: in a block of 1024 coordinates, 64 additions in each
   * of 16 lanes, 4 to fold them and up to 15 for what is left, after a difference and a square.
   */
  public static double distanceError(int d) {
    return (Math.min(d, 1024) / 16 + 4 + 15 + 3) * HALF_ULP;
  }

  /**
   * How far from its exact value a result may be by rounding alone, in Euclidean norm: each coordinate by half a unit
   * in the last place of the result, and as much of the largest magnitude in S for the rows of a mixing, which are
   * floats too.
   */
  public static double rounding(float[][] vectors, int[] subset, float[] out) {
    double sum = 0;
    for (int c = 0; c < out.length; c++) {
      double magnitude = 0;
      for (int i : subset) {
        magnitude = Math.max(magnitude, Math.abs(vectors[i][c]));
      }
      double error = HALF_ULP * (Math.abs((double) out[c]) + magnitude) + LEAST;
      sum += error * error;
    }
    return Math.sqrt(sum);
  }

  /**
   * That a rule with a guarantee returns v when n-f vectors are v, whatever the others are, to 1e-6 of the largest
   * coordinate.
   */
  public static void unanimity(Aggregator rule, float[][] vectors, float[] v) {
    float[] out = result(rule, vectors);
    double largest = 0;
    for (float value : v) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int c = 0; c < v.length; c++) {
      require(
          Math.abs((double) out[c] - v[c]) <= 1e-6 * largest + LEAST,
          "%s, n = %d: all honest vectors have %s at coordinate %d, but the result has %s",
          rule, vectors.length, v[c], c, out[c]);
    }
  }

  /**
   * That the result is finite and within three honest radii of the honest mean, or within what the certificate allows
   * if that is more.
   *
   * @param honest the indices of the honest vectors, all others being arbitrary
   */
  public static void survives(Aggregator rule, float[][] vectors, int[] honest) {
    float[] out = result(rule, vectors);
    require(Exact.isFinite(out), "%s, n = %d: the result is not finite: %s", rule, vectors.length, text(out));
    double[] mean = Exact.mean(vectors, honest);
    double radius = Exact.radius(vectors, honest, mean);
    Certificate certificate = rule.certificate(vectors.length, vectors.length - honest.length);
    double kappa = certificate.kappa().orElse(0);
    double allowed = Math.max(3 * radius, Math.sqrt(kappa * Exact.variance(vectors, honest, mean)));
    double error = Math.sqrt(Exact.squaredDistance(out, mean));
    require(
        error <= allowed * (1 + SLACK_FACTOR * distanceError(out.length)) + rounding(vectors, honest, out),
        "%s, n = %d: the result is %.6g away from the honest mean, %.6g honest radii",
        rule, vectors.length, error, error / radius);
  }

  /**
   * That in each coordinate the result lies between the least and the largest value of every n-f vectors: between the
   * (f+1)-th least and the (f+1)-th largest of all, with NaN as positive infinity. Means are rounded monotonically,
   * so there is no tolerance.
   */
  public static void hull(Aggregator rule, float[][] vectors, int f) {
    float[] out = result(rule, vectors);
    float[] values = new float[vectors.length];
    for (int c = 0; c < out.length; c++) {
      for (int i = 0; i < values.length; i++) {
        values[i] = Float.isNaN(vectors[i][c]) ? Float.POSITIVE_INFINITY : vectors[i][c];
      }
      Arrays.sort(values);
      require(
          out[c] >= values[f] && out[c] <= values[values.length - 1 - f],
          "%s, n = %d: coordinate %d of the result is %s, outside of the hull [%s, %s] of some n-f vectors",
          rule, values.length, c, out[c], values[f], values[values.length - 1 - f]);
    }
  }

  /**
   * That moving the vectors moves the result. The vectors and the shift must be such that their sums are exact, as
   * those of {@link Sample#dyadic} are: otherwise a rule that selects may select another vector.
   */
  public static void translation(Aggregator rule, float[][] vectors, float[] shift) {
    float[][] moved = copy(vectors);
    for (float[] vector : moved) {
      for (int c = 0; c < shift.length; c++) {
        vector[c] += shift[c];
      }
    }
    float[] out = result(rule, vectors);
    float[] movedOut = result(rule, moved);
    for (int c = 0; c < shift.length; c++) {
      double expected = (double) out[c] + shift[c];
      double tolerance = tolerance(vectors, c, out[c]) + tolerance(moved, c, movedOut[c]);
      require(
          Math.abs(movedOut[c] - expected) <= tolerance,
          "%s, n = %d: moved by %s, the result has %s instead of %s at coordinate %d",
          rule, vectors.length, shift[c], movedOut[c], expected, c);
    }
  }

  /**
   * That multiplying the vectors by a power of two multiplies the result, to the bit unless something under- or
   * overflows.
   */
  public static void scaling(Aggregator rule, float[][] vectors, int exponent) {
    float[][] scaled = copy(vectors);
    for (float[] vector : scaled) {
      scale(vector, exponent);
    }
    float[] expected = result(rule, vectors);
    scale(expected, exponent);
    sameBits(rule, "scaled by 2^" + exponent, expected, result(rule, scaled));
  }

  private static void scale(float[] vector, int exponent) {
    for (int c = 0; c < vector.length; c++) {
      vector[c] = Math.scalb(vector[c], exponent);
    }
  }

  /**
   * That the order of the vectors does not matter, up to rounding. Only for vectors without ties, which are resolved
   * by index.
   *
   * @param order the index in {@code vectors} of each vector of the permuted input
   * @param bitwise if true, there is no tolerance
   */
  public static void permutation(Aggregator rule, float[][] vectors, int[] order, boolean bitwise) {
    float[][] permuted = new float[vectors.length][];
    Arrays.setAll(permuted, i -> vectors[order[i]]);
    float[] out = result(rule, vectors);
    float[] permutedOut = result(rule, permuted);
    if (bitwise) {
      sameBits(rule, "permuted by " + Arrays.toString(order), out, permutedOut);
      return;
    }
    for (int c = 0; c < out.length; c++) {
      require(
          Float.compare(out[c], permutedOut[c]) == 0
              || Math.abs((double) out[c] - permutedOut[c]) <= 2 * tolerance(vectors, c, out[c]),
          "%s, n = %d: in the order %s, the result has %s instead of %s at coordinate %d",
          rule, vectors.length, Arrays.toString(order), permutedOut[c], out[c], c);
    }
  }

  /** What rounding may do to one coordinate: of the result, and of mixed rows as large as the median magnitude. */
  private static double tolerance(float[][] vectors, int c, float out) {
    double[] magnitudes = Arrays.stream(vectors).mapToDouble(v -> Math.abs(v[c])).sorted().toArray();
    return HALF_ULP * (Math.abs((double) out) + magnitudes[magnitudes.length / 2]) + LEAST;
  }

  /**
   * That the inputs are not modified, not returned and not kept; that what was in the output does not matter; and
   * that a repetition gives the same bits.
   */
  @SuppressWarnings("ReferenceEquality") // whether it is the same array is the question
  public static void purity(Aggregator rule, float[][] vectors) {
    float[][] given = copy(vectors);
    float[] first = new float[vectors[0].length];
    Arrays.fill(first, Float.NaN);
    rule.aggregate(given, first);
    for (int i = 0; i < vectors.length; i++) {
      sameBits(rule, "vectors[" + i + "] after the call", vectors[i], given[i]);
    }
    float[] second = new float[first.length];
    Arrays.fill(second, 42);
    rule.aggregate(given, second);
    sameBits(rule, "repeated, into an array that held other values", first, second);
    float[] third = rule.aggregate(given);
    sameBits(rule, "repeated, into a new array", first, third);
    for (float[] vector : given) {
      require(third != vector, "%s returns one of its inputs", rule);
      Arrays.fill(vector, -1);
    }
    require(third != rule.aggregate(copy(vectors)), "%s returns the same array twice", rule);
    sameBits(rule, "after the inputs were overwritten by their owner", first, third);
  }

  /**
   * That 1, 2 and 3 workers give the same bits. Of interest for d of some ten thousand and more, where they share the
   * work.
   */
  public static void workers(Aggregator rule, float[][] vectors) {
    float[] expected = result(rule, vectors);
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try {
      for (int workers = 1; workers <= 3; workers++) {
        float[] out = new float[expected.length];
        Engine.on(executor, workers).aggregate(rule, copy(vectors), out);
        sameBits(rule, "with " + workers + " workers", expected, out);
      }
    } finally {
      executor.shutdown();
    }
  }

  /**
   * That what is wrong with the arguments is said: nulls by a NullPointerException that names the argument, shapes by
   * an IllegalArgumentException that names the rule and the offending length.
   *
   * @param vectors good ones, at least two, with d &gt;= 2
   */
  public static void arguments(Aggregator rule, float[][] vectors) {
    int n = vectors.length;
    int d = vectors[0].length;
    float[] out = new float[d];
    refuses(NullPointerException.class, () -> rule.aggregate(nothing(), out), "vectors");
    refuses(NullPointerException.class, () -> rule.aggregate(vectors, nothing()), "out");
    float[][] missing = vectors.clone();
    missing[n - 1] = nothing();
    refuses(NullPointerException.class, () -> rule.aggregate(missing, out), "vectors[" + (n - 1) + "]");
    String name = name(rule);
    refuses(IllegalArgumentException.class, () -> rule.aggregate(new float[0][], out), name, "n = 0");
    float[][] ragged = vectors.clone();
    ragged[n - 1] = new float[d - 1];
    String offender = "vectors[" + (n - 1) + "]";
    String[] lengths = {name, offender, number(d - 1), number(d)};
    refuses(IllegalArgumentException.class, () -> rule.aggregate(ragged, out), lengths);
    refuses(IllegalArgumentException.class, () -> rule.aggregate(ragged), lengths);
    float[][] empty = new float[n][0];
    refuses(IllegalArgumentException.class, () -> rule.aggregate(empty, new float[0]), name, "d = 0");
    float[] longer = new float[d + 1];
    refuses(IllegalArgumentException.class, () -> rule.aggregate(vectors, longer), name, number(d + 1), number(d));
    refuses(IllegalArgumentException.class, () -> rule.aggregate(vectors, vectors[n - 1]), name, "out", offender);
  }

  /** What the types forbid and callers do all the same. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return null;
  }

  /**
   * That a rule refuses n vectors, which are too few for it, with a message that names it, n and f; or that it is
   * defined for them, but guarantees nothing.
   */
  public static void inadmissible(Aggregator rule, int n, int f) {
    try {
      Certificate certificate = rule.certificate(n);
      require(!certificate.holds(), "%s: too few vectors, yet a guarantee: %s", rule, certificate);
      return;
    } catch (IllegalArgumentException refused) {
      // Then all of it must be.
    }
    float[][] vectors = new float[n][1];
    String[] parts = {name(rule), number(n), number(f)};
    refuses(IllegalArgumentException.class, () -> rule.need(n), parts);
    refuses(IllegalArgumentException.class, () -> rule.certificate(n), parts);
    refuses(IllegalArgumentException.class, () -> rule.aggregate(vectors), parts);
  }

  private static String name(Aggregator rule) {
    return rule.toString().replaceFirst("[ (].*", "");
  }

  private static String number(int number) {
    return Integer.toString(number);
  }

  /** That a call throws an exception of the type with a message in which all parts stand, as words of their own. */
  private static void refuses(Class<? extends Throwable> type, Runnable call, String... parts) {
    Throwable thrown = null;
    try {
      call.run();
    } catch (RuntimeException | AssertionError e) {
      thrown = e;
    }
    if (thrown == null) {
      throw new AssertionError(
          "nothing was thrown, instead of %s with %s".formatted(type.getSimpleName(), Arrays.toString(parts)));
    }
    String message = String.valueOf(thrown.getMessage());
    for (String part : parts) {
      boolean said = Pattern.compile("(?<!\\w)" + Pattern.quote(part) + "(?!\\w)").matcher(message).find();
      if (!type.isInstance(thrown) || !said) {
        throw new AssertionError(
            "expected %s with \"%s\" in its message, got %s".formatted(type.getSimpleName(), part, thrown), thrown);
      }
    }
  }

  /**
   * That {@link Aggregators#parse} makes an equal rule from the text of a rule, if the first of its names is known to
   * it.
   *
   * @return false if it is not
   */
  public static boolean text(Aggregator rule) {
    if (Aggregators.known().stream().noneMatch(definition -> definition.name().equals(name(rule)))) {
      return false;
    }
    Aggregator parsed = Aggregators.parse(rule.toString());
    require(rule.equals(parsed), "\"%s\" is read as %s, which is not equal", rule, parsed);
    require(rule.hashCode() == parsed.hashCode(), "%s: equal rules have different hash codes", rule);
    require(rule.toString().equals(parsed.toString()), "\"%s\" is read and written as \"%s\"", rule, parsed);
    return true;
  }

  static void sameBits(Object rule, String what, float[] expected, float[] actual) {
    require(expected.length == actual.length, "%s: %s: length %d", rule, what, actual.length);
    for (int c = 0; c < expected.length; c++) {
      require(
          Float.floatToRawIntBits(expected[c]) == Float.floatToRawIntBits(actual[c]),
          "%s: %s: coordinate %d is %s instead of %s", rule, what, c, actual[c], expected[c]);
    }
  }

  static float[][] copy(float[][] vectors) {
    float[][] copy = new float[vectors.length][];
    Arrays.setAll(copy, i -> vectors[i].clone());
    return copy;
  }

  private static String text(float[] vector) {
    String text = Arrays.toString(vector);
    return text.length() <= 200 ? text : text.substring(0, 200) + "...";
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
  static void require(boolean holds, String message, Object... values) {
    if (!holds) {
      throw new AssertionError(String.format(Locale.ROOT, message, values));
    }
  }
}
