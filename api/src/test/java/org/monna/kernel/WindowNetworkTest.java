package org.monna.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Networks that sort as far as a window of the nearest numbers needs it. */
class WindowNetworkTest {

  @Test
  void sortsAllInputsOfZerosAndOnesAsFarAsNeeded() {
    for (int m = 1; m <= 9; m++) {
      for (int from = 0; from < m; from++) {
        for (int to = from + 1; to <= m; to++) {
          for (int keep = 1; keep <= m; keep++) {
            WindowNetwork network = WindowNetwork.of(m, from, to, keep);
            for (int input = 0; input < 1 << m; input++) {
              int[] wires = new int[m];
              for (int i = 0; i < m; i++) {
                wires[i] = input >> i & 1;
              }
              check(network, wires);
            }
          }
        }
      }
    }
  }

  @Test
  void sortsManyNumbersAsFarAsNeeded() {
    RandomGenerator random = new SplittableRandom(1);
    for (int m = 1; m <= SelectionNetwork.LARGEST; m++) {
      for (int repeat = 0; repeat < 8; repeat++) {
        int from = random.nextInt(m);
        WindowNetwork network =
            WindowNetwork.of(m, from, random.nextInt(from, m) + 1, 1 + random.nextInt(m));
        check(network, random.ints(m, 0, 2 * m).toArray());
        check(network, random.ints(m, 0, 2).toArray());
      }
    }
  }

  @Test
  void hasNoStepsForMoreNumbersThanThat() {
    WindowNetwork network = WindowNetwork.of(SelectionNetwork.LARGEST + 1, 64, 65, 100);
    assertTrue(network.isCounted());
    assertEquals(0, network.firstSteps().length + network.steps().length);
  }

  /** What only sorts must sort every merge of two sorted halves, which are all that its steps ever meet. */
  @Test
  void mergesAllSortedInputsOfZerosAndOnes() {
    for (int m : new int[] {16, 19, 32, 50, 64, 100, SelectionNetwork.LARGEST}) {
      WindowNetwork network = WindowNetwork.of(m, 0, 1, m);
      int half = Integer.highestOneBit(m - 1);
      for (int ones = 0; ones <= half; ones++) {
        for (int others = 0; others <= m - half; others++) {
          int[] wires = new int[m];
          Arrays.fill(wires, half - ones, half, 1);
          Arrays.fill(wires, m - others, m, 1);
          check(network, wires);
        }
      }
    }
  }

  private static void check(WindowNetwork network, int[] numbers) {
    int m = numbers.length;
    int[] sorted = numbers.clone();
    Arrays.sort(sorted);
    boolean[] read = new boolean[m];
    for (int[] step : network.firstSteps()) {
      for (int wire : step) {
        assertTrue(!read[wire]);
        read[wire] = true;
      }
      sort(step, numbers);
    }
    for (boolean wire : read) {
      assertTrue(wire);
    }
    for (int[] step : network.steps()) {
      sort(step, numbers);
    }
    // In any order within the parts of the core; as they are elsewhere.
    int keep = network.keep();
    int[] borders = {network.from(), network.to(), keep};
    int next = m - keep;
    for (int border : borders) {
      int end = Math.min(Math.max(border, next), Math.max(keep, next));
      Arrays.sort(numbers, Math.min(next, m), Math.min(end, m));
      next = end;
    }
    assertEquals(Arrays.toString(sorted), Arrays.toString(numbers));
  }

  private static void sort(int[] step, int[] wires) {
    int[] comparators = SelectionNetwork.comparators(step.length);
    for (int k = 0; k < comparators.length; k += 2) {
      int low = step[comparators[k]];
      int high = step[comparators[k + 1]];
      int smaller = Math.min(wires[low], wires[high]);
      wires[high] = Math.max(wires[low], wires[high]);
      wires[low] = smaller;
    }
  }
}
