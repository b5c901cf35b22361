package org.monna.simulation.report.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScaleTest {

  private static List<String> labels(Scale scale) {
    return scale.ticks().stream().map(scale::label).toList();
  }

  @Test
  void ticksAreRound() {
    assertEquals(List.of("0", "100", "200", "300"), labels(Scale.linear(0, 300, 5)));
    assertEquals(List.of("0", "0.1", "0.2", "0.3"), labels(Scale.linear(0, 0.3, 5)));
    assertEquals(List.of(0.0, 0.1, 0.2, 0.3), Scale.linear(0, 0.3, 5).ticks());
    assertEquals(List.of("-5", "0", "5"), labels(Scale.linear(-7, 9, 4)));
    assertEquals(List.of("0", "20", "40", "60", "80", "100"), labels(Scale.percent(0, 1, 5)));
    assertEquals(List.of("0", "1e6", "2e6"), labels(Scale.linear(0, 2e6, 2)));
  }

  @Test
  void logarithmsReachToRoundNumbers() {
    Scale scale = Scale.log(0.03, 4);
    assertEquals(0.02, scale.low());
    assertEquals(5, scale.high());
    assertEquals(List.of("0.1", "1"), labels(scale));
    assertEquals(List.of("0.2", "0.5", "1"), labels(Scale.log(0.25, 0.9)));
    assertEquals(List.of("1e-12", "1e-9", "1e-6", "0.001", "1", "1000"), labels(Scale.log(1e-12, 1e4)));
    assertEquals(0.5, Scale.log(0.01, 100).at(1), 1e-12);
    assertTrue(Double.isNaN(scale.at(0)));
    assertTrue(Double.isNaN(scale.at(-1)));
  }

  @Test
  void anAxisOfOneValueOrNone() {
    assertEquals(0, Scale.linear(3, 3, 5).at(3));
    assertEquals(List.of("3", "4"), labels(Scale.linear(3, 3, 1)));
    assertEquals(0, Scale.linear(0, 0, 5).low());
    assertTrue(Scale.log(1, 1).high() > 1);
  }

  @Property(tries = 300)
  void notTooManyTicksAllInside(
      @ForAll @DoubleRange(min = -1e4, max = 1e4) double low,
      @ForAll @DoubleRange(min = -4, max = 12) double power,
      @ForAll @IntRange(min = 1, max = 12) int atMost) {
    Scale scale = Scale.linear(low, low + Math.pow(10, power), atMost);
    assertTrue(scale.ticks().size() <= atMost + 1, scale.toString());
    for (double tick : scale.ticks()) {
      assertTrue(scale.at(tick) >= -1e-6 && scale.at(tick) <= 1 + 1e-6, scale + " has " + tick);
    }
  }

  @Property(tries = 300)
  void logarithmsHoldTheirValues(
      @ForAll @DoubleRange(min = -300, max = 300) double power, @ForAll @DoubleRange(min = 0, max = 600) double decades) {
    double low = Math.pow(10, power);
    double high = Math.pow(10, Math.min(power + decades, 308));
    Scale scale = Scale.log(low, Math.max(low, high));
    assertTrue(scale.at(low) >= 0 && scale.at(high) <= 1, scale.toString());
    assertTrue(scale.ticks().size() <= 6 && !scale.ticks().isEmpty(), scale.toString());
  }
}
