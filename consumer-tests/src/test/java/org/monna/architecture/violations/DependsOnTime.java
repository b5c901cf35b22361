package org.monna.architecture.violations;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Clocks. */
public final class DependsOnTime {

  private DependsOnTime() {}

  static class Nanoseconds {
    long x = System.nanoTime();
  }

  static class NanosecondsByReference {
    LongSupplier x = System::nanoTime;
  }

  static class Milliseconds {
    long x = System.currentTimeMillis();
  }

  static class MillisecondsByReference {
    LongSupplier x = System::currentTimeMillis;
  }

  static class Now {
    Object x = Instant.now();
  }

  static class NowByReference {
    Supplier<?> x = Instant::now;
  }

  static class OfTheSystem {
    Object x = Clock.systemUTC();
  }

  static class Given {
    long of(Clock x) {
      return x.millis();
    }
  }

  static class Today {
    Object x = LocalDate.now();
  }

  static class OldDate {
    Object x = new Date();
  }

  static class OldCalendar {
    Object x = new GregorianCalendar();
  }
}
