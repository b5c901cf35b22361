package org.monna.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
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
          SelectionNetwork network = SelectionNetwork.of(m, from, to);
          int[] comparators = comparators(network);
          int wanted = Arrays.stream(network.outputs()).map(wire -> 1 << wire).sum();
          assertEquals(to - from, Integer.bitCount(wanted));
          for (int input = 0; input < 1 << m; input++) {
            int output = run(comparators, input);
            int ones = Integer.bitCount(input);
            // Sorted, the ones are the last.
            int expected = Math.max(0, Math.min(to, m) - Math.max(from, m - ones));
            if (expected != Integer.bitCount(output & wanted)) {
              assertEquals(expected, Integer.bitCount(output & wanted), m + " " + from + " " + to + " " + input);
            }
          }
        }
      }
    }
  }

  /** The comparators of all steps, as pairs of wires. */
  private static int[] comparators(SelectionNetwork network) {
    return Stream.of(network.firstSteps(), network.steps())
        .flatMap(Arrays::stream)
        .flatMapToInt(wires -> Arrays.stream(SelectionNetwork.comparators(wires.length)).map(k -> wires[k]))
        .toArray();
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
    for (int m : new int[] {13, 16, 17, 31, 33, 64, 100, 127, 200, 300, 1000}) {
      for (int k = 0; k < 20; k++) {
        int from = random.nextInt(m);
        int to = random.nextInt(from, m) + 1;
        int[] numbers = random.ints(m, 0, 50).toArray();
        int[] sorted = numbers.clone();
        Arrays.sort(sorted);
        SelectionNetwork network = SelectionNetwork.of(m, from, to);
        int[] comparators = comparators(network);
        for (int c = 0; c < comparators.length; c += 2) {
          int low = numbers[comparators[c]];
          int high = numbers[comparators[c + 1]];
          numbers[comparators[c]] = Math.min(low, high);
          numbers[comparators[c + 1]] = Math.max(low, high);
        }
        int[] selected = Arrays.stream(network.outputs()).map(wire -> numbers[wire]).sorted().toArray();
        assertArrayEquals(Arrays.copyOfRange(sorted, from, to), selected, m + " " + from + " " + to);
      }
    }
  }
}
