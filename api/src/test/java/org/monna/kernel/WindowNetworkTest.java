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
    for (int m = 1; m <= WindowNetwork.LARGEST; m += m < 140 ? 1 : 17) {
      for (int repeat = 0; repeat < 4; repeat++) {
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
    WindowNetwork network = WindowNetwork.of(WindowNetwork.LARGEST + 1, 64, 65, 100);
    assertTrue(network.isCounted());
    assertEquals(0, network.firstSteps().length + network.steps().length);
  }

  /** Without a core all numbers are sorted: by merges of two sorted halves, which are all that the last steps ever meet. */
  @Test
  void mergesAllSortedInputsOfZerosAndOnes() {
    for (int m : new int[] {16, 19, 32, 50, 64, 100, WindowNetwork.LARGEST}) {
      WindowNetwork network = WindowNetwork.of(m, 0, 1, 1);
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

  private static void check(WindowNetwork network, int[] input) {
    int m = input.length;
    int[] sorted = input.clone();
    Arrays.sort(sorted);
    int[] wires = input.clone();
    boolean[] read = new boolean[m];
    for (Step step : network.firstSteps()) {
      for (int wire : step.wires()) {
        assertTrue(!read[wire]);
        read[wire] = true;
      }
      SelectionNetworkTest.sort(step, wires);
    }
    for (boolean wire : read) {
      assertTrue(wire);
    }
    for (Step step : network.steps()) {
      SelectionNetworkTest.sort(step, wires);
    }
    int[] numbers = Arrays.stream(network.order()).map(wire -> wires[wire]).toArray();
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
}
