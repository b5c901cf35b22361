package org.monna.simulation.report.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * An axis: from where to where, whether in logarithms, and the round numbers that are marked on it.
 *
 * @param low the value at its start, less than {@code high}
 * @param high the value at its end
 * @param log whether equal steps are equal ratios; then {@code low} is positive
 * @param unit what values are multiples of when they are shown: 0.01 for shares as percent, 1 for plain numbers
 * @param ticks the marked values, from low to high
 */
public record Scale(double low, double high, boolean log, double unit, List<Double> ticks) {

  public Scale {
    ticks = List.copyOf(ticks);
  }

  /** An axis of plain numbers. Where all values are the same, or none is finite, it reaches beyond them. */
  public static Scale linear(double low, double high, int atMost) {
    return linear(low, high, 1, atMost);
  }

  /** Shares, shown as percent. */
  public static Scale percent(double low, double high, int atMost) {
    return linear(low, high, 0.01, atMost);
  }

  private static Scale linear(double low, double high, double unit, int atMost) {
    double from = Double.isFinite(low) ? low : 0;
    double to = Double.isFinite(high) ? high : from;
    // So much wider that the difference is not lost in rounding.
    to = to > from ? to : from + Math.max(unit, 1e-9 * Math.abs(from));
    BigDecimal step = step((to - from) / unit, atMost);
    List<Double> ticks = new ArrayList<>();
    // Decimals, since 3 * 0.1 is not 0.3.
    BigDecimal tick = step.multiply(BigDecimal.valueOf(Math.ceil(from / unit / step.doubleValue() - 1e-9)));
    for (; tick.doubleValue() <= to / unit * (1 + 1e-12); tick = tick.add(step)) {
      ticks.add(tick.multiply(BigDecimal.valueOf(unit)).doubleValue());
    }
    return new Scale(from, to, false, unit, ticks);
  }

  /** The least of 1, 2, 5, 10, 20, 50... (or 0.5, 0.2...) of which at most so many steps fit into a span. */
  private static BigDecimal step(double span, int atMost) {
    for (int power = (int) Math.floor(Math.log10(span / atMost)) - 1; ; power++) {
      for (int digit : new int[] {1, 2, 5}) {
        BigDecimal step = BigDecimal.valueOf(digit).scaleByPowerOfTen(power);
        if (step.doubleValue() * atMost >= span * (1 - 1e-9)) {
          return step;
        }
      }
    }
  }

  /**
   * An axis of logarithms, widened to round numbers. Where the values are far apart only powers of ten are marked.
   *
   * @param low positive and finite
   * @param high at least low, finite
   */
  public static Scale log(double low, double high) {
    List<Double> round = new ArrayList<>();
    int first = (int) Math.floor(Math.log10(low)) - 1;
    int last = (int) Math.ceil(Math.log10(high)) + 1;
    for (int power = first; power <= last; power++) {
      for (int digit : new int[] {1, 2, 5}) {
        round.add(BigDecimal.valueOf(digit).scaleByPowerOfTen(power).doubleValue());
      }
    }
    double from = round.stream().filter(v -> v <= low).reduce((a, b) -> b).orElse(low);
    double to = round.stream().filter(v -> v >= high && v > from && v < Double.POSITIVE_INFINITY).findFirst().orElse(high);
    List<Double> ticks = new ArrayList<>(round.stream().filter(v -> v >= from && v <= to).toList());
    if (ticks.size() > 6) {
      ticks.removeIf(v -> Math.abs(Math.log10(v) - Math.rint(Math.log10(v))) > 1e-9);
      int every = (ticks.size() + 5) / 6;
      List<Double> all = List.copyOf(ticks);
      ticks.removeIf(v -> all.indexOf(v) % every != 0);
    }
    return new Scale(from, to, true, 1, ticks);
  }

  /** Where a value lies: 0 at the low end, 1 at the high one; NaN if it has no place here. */
  public double at(double value) {
    // Not the logarithm of a ratio, which may be too large for a number.
    double position =
        log
            ? (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low))
            : (value - low) / (high - low);
    return Double.isFinite(position) ? position : Double.NaN;
  }

  /** How a tick is written. */
  public String label(double tick) {
    return shown(tick / unit);
  }

  static String shown(double value) {
    double size = Math.abs(value);
    BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(6));
    if (size == 0 || (size >= 1e-3 && size < 1e6)) {
      return Markup.plain(rounded);
    }
    // A power of ten takes less room than its zeros.
    BigDecimal digits = rounded.stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    return Markup.plain(digits.scaleByPowerOfTen(-exponent)) + "e" + exponent;
  }
}
