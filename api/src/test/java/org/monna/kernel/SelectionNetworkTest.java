package org.monna.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Networks on all inputs of zeros and ones, which by the 0-1 principle are all inputs; and on random ones where those
 * are too many.
 */
class SelectionNetworkTest {

  @Test
  void selectsTheRanksOfAllInputsOfZerosAndOnes() {
    for (int m = 1; m <= 12; m++) {
      for (int from = 0; from < m; from++) {
        for (int to = from + 1; to <= m; to++) {
          int[] comparators = SelectionNetwork.of(m, from, to).comparators();
          for (int input = 0; input < 1 << m; input++) {
            int output = run(comparators, input);
            int ones = Integer.bitCount(input);
            // Sorted, the ones are the last.
            int expected = Math.max(0, Math.min(to, m) - Math.max(from, m - ones));
            int wanted = ((1 << to) - 1) & -(1 << from);
            if (expected != Integer.bitCount(output & wanted)) {
              assertEquals(expected, Integer.bitCount(output & wanted), m + " " + from + " " + to + " " + input);
            }
          }
        }
      }
    }
  }

  /** Wire k is bit k: the smaller of two goes to the first wire. */
  private static int run(int[] comparators, int bits) {
    for (int k = 0; k < comparators.length; k += 2) {
      int low = bits >> comparators[k] & 1;
      int high = bits >> comparators[k + 1] & 1;
      if (low > high) {
        bits ^= 1 << comparators[k] | 1 << comparators[k + 1];
      }
    }
    return bits;
  }

  @Test
  void selectsTheRanksOfManyNumbers() {
    RandomGenerator random = new SplittableRandom(1);
    for (int m : new int[] {13, 16, 17, 31, 33, 64, 100, 127, 200, 300}) {
      for (int k = 0; k < 20; k++) {
        int from = random.nextInt(m);
        int to = random.nextInt(from, m) + 1;
        int[] numbers = random.ints(m, 0, 50).toArray();
        int[] sorted = numbers.clone();
        Arrays.sort(sorted);
        int[] comparators = SelectionNetwork.of(m, from, to).comparators();
        for (int c = 0; c < comparators.length; c += 2) {
          int low = numbers[comparators[c]];
          int high = numbers[comparators[c + 1]];
          numbers[comparators[c]] = Math.min(low, high);
          numbers[comparators[c + 1]] = Math.max(low, high);
        }
        Arrays.sort(numbers, from, to);
        assertTrue(Arrays.equals(sorted, from, to, numbers, from, to), m + " " + from + " " + to);
      }
    }
  }
}
