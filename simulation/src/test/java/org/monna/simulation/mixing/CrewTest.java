package org.monna.simulation.mixing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CrewTest {

  private static final int THREADS = 4;

  /** Whoever fails first, the helpers or the caller: nobody still works when that is thrown, and the rest is not begun. */
  @Test
  void theFirstFailureIsThrownWhenAllHaveEnded() {
    for (int failing = 0; failing < THREADS; failing++) {
      int who = failing;
      try (Crew crew = new Crew(THREADS, 1)) {
        IllegalStateException failure = new IllegalStateException("first");
        CountDownLatch allBegun = new CountDownLatch(THREADS);
        CountDownLatch failed = new CountDownLatch(1);
        AtomicInteger working = new AtomicInteger();
        AtomicInteger begun = new AtomicInteger();
        Throwable thrown =
            assertThrows(
                IllegalStateException.class,
                () ->
                    crew.forEach(
                        1000,
                        k -> {
                          begun.incrementAndGet();
                          working.incrementAndGet();
                          try {
                            allBegun.countDown();
                            allBegun.await();
                            if (k == who) {
                              throw failure;
                            }
                            // The failure is known to all a moment after this: a thousand times as long would be 5 seconds.
                            failed.await();
                            Thread.sleep(20);
                          } catch (InterruptedException e) {
                            throw new AssertionError(e);
                          } finally {
                            working.decrementAndGet();
                            failed.countDown();
                          }
                        }));
        assertSame(failure, thrown);
        assertEquals(0, working.get(), "somebody still works");
        assertTrue(begun.get() < 1000, "all was begun");
      }
    }
  }
}
