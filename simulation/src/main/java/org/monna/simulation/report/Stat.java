package org.monna.simulation.report;

import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Some numbers in short. NaN among them are left out.
 *
 * @param count how many there are
 * @param mean NaN if there is none
 * @param deviation their standard deviation, with divisor count - 1; NaN for fewer than two
 * @param least NaN if there is none
 * @param most NaN if there is none
 */
record Stat(int count, double mean, double deviation, double least, double most) {

  static <T> Stat of(Iterable<T> values, ToDoubleFunction<T> number) {
    DoubleStream.Builder numbers = DoubleStream.builder();
    values.forEach(value -> numbers.add(number.applyAsDouble(value)));
    return of(numbers.build().toArray());
  }

  static Stat of(double... numbers) {
    double[] known = DoubleStream.of(numbers).filter(x -> !Double.isNaN(x)).toArray();
    if (known.length == 0) {
      return new Stat(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
    double mean = DoubleStream.of(known).sum() / known.length;
    double squares = DoubleStream.of(known).map(x -> (x - mean) * (x - mean)).sum();
    return new Stat(
        known.length,
        mean,
        known.length < 2 ? Double.NaN : Math.sqrt(squares / (known.length - 1)),
        DoubleStream.of(known).min().getAsDouble(),
        DoubleStream.of(known).max().getAsDouble());
  }
}
