package org.monna.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderAndCountTest {

  @Test
  void smallestAreThoseOfAStableSort() {
    RandomGenerator random = new SplittableRandom(1);
    for (int n = 1; n < 70; n++) {
      double[] keys = random.ints(n, 0, 1 + n / 2).asDoubleStream().toArray();
      keys[random.nextInt(n)] = Double.NaN;
      keys[random.nextInt(n)] = Double.POSITIVE_INFINITY;
      int[] expected =
          IntStream.range(0, n)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> keys[i]))
              .mapToInt(Integer::intValue)
              .toArray();
      assertArrayEquals(expected, Order.smallest(keys, n));
      assertEquals(expected[0], Order.smallest(keys));
    }
  }

  @Test
  void noMoreThanThereAre() {
    assertArrayEquals(new int[0], Order.smallest(new double[2], 0));
    assertThrows(IllegalArgumentException.class, () -> Order.smallest(new double[2], 3));
    assertThrows(IllegalArgumentException.class, () -> Order.smallest(new double[2], -1));
  }

  @Test
  void nothingButNaN() {
    assertEquals(0, Order.smallest(new double[] {Double.NaN, Double.NaN}));
    assertArrayEquals(new int[] {0, 1}, Order.smallest(new double[] {Double.NaN, Double.NaN}, 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "0", "n", "n-2", "n-f", "n-f-2", "-3"})
  void countsAreWrittenAsRead(String text) {
    assertEquals(text, Count.parse(text).toString());
  }

  @Test
  void countsCount() {
    assertEquals(7, Count.parse("7").of(11, 2));
    assertEquals(9, Count.parse("n-f").of(11, 2));
    assertEquals(7, Count.parse(" n - f - 2 ").of(11, 2));
    assertEquals(8, Count.parse("n-3").of(11, 2));
    assertEquals(Count.parse("n-f-1"), Count.honestMinus(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "f", "n+1", "n-", "n-f-", "n--1", "n-+1", "n-f+1", "1.5", "nf", "n-f-f", "n-x", "2147483648", "n-4294967295",
        "n-f-3000000000"
      })
  void whatIsNoCountIsRefused(String text) {
    assertThrows(NumberFormatException.class, () -> Count.parse(text));
  }

  @Test
  void countsOfOtherFormsDoNotExist() {
    assertThrows(IllegalArgumentException.class, () -> new Count(2, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Count(0, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> Count.honestMinus(-1));
  }
}
