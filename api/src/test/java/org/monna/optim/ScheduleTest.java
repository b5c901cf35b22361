package org.monna.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ScheduleTest {

  @Test
  void constant() {
    assertEquals(0.1, Schedule.constant(0.1).rate(0));
    assertEquals(0.1, Schedule.constant(0.1).rate(Long.MAX_VALUE));
  }

  /** The learning rates of MoNNA's MNIST experiments: 0.75, 0.375, 0.25, ... from every 50th step on. */
  @Test
  void inverse() {
    Schedule mnist = Schedule.inverse(0.75, 50, 50);
    assertEquals(0.75, mnist.rate(0));
    assertEquals(0.75, mnist.rate(49));
    assertEquals(0.375, mnist.rate(50));
    assertEquals(0.375, mnist.rate(99));
    assertEquals(0.25, mnist.rate(100));
    assertEquals(0.75 / 12, mnist.rate(599), 1e-15);
    assertEquals(1.0 / (1 + 7 / 2.0), Schedule.inverse(1, 2, 1).rate(7), 1e-15);
  }

  @Test
  void steps() {
    Schedule schedule = Schedule.steps(1, 0.1, 10, 20);
    assertEquals(1, schedule.rate(9));
    assertEquals(0.1, schedule.rate(10), 1e-15);
    assertEquals(0.1, schedule.rate(19), 1e-15);
    assertEquals(0.01, schedule.rate(20), 1e-15);
    long[] from = {5};
    Schedule copied = Schedule.steps(1, 0.5, from);
    from[0] = 0;
    assertEquals(1, copied.rate(4));
    assertEquals(0.3, Schedule.steps(0.3, 0.5).rate(1000));
  }

  @Test
  void cosine() {
    Schedule schedule = Schedule.cosine(1, 0.2, 100);
    assertEquals(1, schedule.rate(0), 1e-15);
    assertEquals(0.6, schedule.rate(50), 1e-12);
    assertEquals(0.2, schedule.rate(100), 1e-15);
    assertEquals(0.2, schedule.rate(1_000_000), 1e-15);
  }

  @Test
  void warmup() {
    Schedule schedule = Schedule.constant(2).withWarmup(4);
    assertEquals(0.5, schedule.rate(0));
    assertEquals(1.5, schedule.rate(2));
    assertEquals(2, schedule.rate(3));
    assertEquals(2, schedule.rate(4));
  }

  @Test
  void lengthsThatMakeNoSense() {
    assertThrows(IllegalArgumentException.class, () -> Schedule.inverse(1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> Schedule.inverse(1, Double.NaN, 1));
    assertThrows(IllegalArgumentException.class, () -> Schedule.inverse(1, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> Schedule.cosine(1, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> Schedule.constant(1).withWarmup(0));
  }
}
