package org.monna.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Networks on all inputs of zeros and ones, which by the 0-1 principle are all inputs; and on random ones where those
 * are too many.
 */
class SelectionNetworkTest {

  /** The values that the outputs have for numbers on the wires, sorted. */
  private static int[] outputs(SelectionNetwork network, int[] numbers) {
    int[] wires = numbers.clone();
    boolean[] read = new boolean[wires.length];
    for (int[] step : network.firstSteps()) {
      for (int wire : step) {
        assertTrue(!read[wire], "a first step reads a wire twice");
        read[wire] = true;
      }
      sort(step, wires);
    }
    for (boolean wire : read) {
      assertTrue(wire, "no first step reads a wire");
    }
    for (int[] step : network.steps()) {
      sort(step, wires);
    }
    return Arrays.stream(network.outputs()).map(wire -> wires[wire]).sorted().toArray();
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

  @Test
  void stepsSort() {
    for (int size = 1; size <= SelectionNetwork.WIDEST; size++) {
      int[] step = new int[size];
      Arrays.setAll(step, i -> i);
      for (int input = 0; input < 1 << size; input++) {
        int[] wires = new int[size];
        for (int i = 0; i < size; i++) {
          wires[i] = input >> i & 1;
        }
        int[] sorted = wires.clone();
        Arrays.sort(sorted);
        sort(step, wires);
        assertTrue(Arrays.equals(sorted, wires), "a step of " + size);
      }
    }
  }

  @Test
  void selectsTheRanksOfAllInputsOfZerosAndOnes() {
    for (int m = 1; m <= 15; m++) {
      for (int from = 0; from < m; from++) {
        for (int to = from + 1; to <= m; to++) {
          checkAll(SelectionNetwork.of(m, from, to), m, from, to);
        }
      }
    }
  }

  /** 64 inputs at a time, one in each bit of a wire: the smaller of two bits is their conjunction. */
  private static void checkAll(SelectionNetwork network, int m, int from, int to) {
    assertEquals(to - from, network.outputs().length);
    for (int first = 0; first < 1 << m; first += 64) {
      long[] wires = new long[m];
      for (int bit = 0; bit < 64; bit++) {
        for (int i = 0; i < m; i++) {
          wires[i] |= (long) (first + bit >> i & 1) << bit;
        }
      }
      for (int[] step : network.firstSteps()) {
        sort(step, wires);
      }
      for (int[] step : network.steps()) {
        sort(step, wires);
      }
      for (int bit = 0; bit < Math.min(64, 1 << m); bit++) {
        int ones = Integer.bitCount(first + bit);
        int selected = 0;
        for (int wire : network.outputs()) {
          selected += (int) (wires[wire] >>> bit & 1);
        }
        // Sorted, the ones are the last.
        if (selected != Math.max(0, to - Math.max(from, m - ones))) {
          fail("ranks %d to %d of %d: wrong for %s".formatted(from, to, m, Integer.toBinaryString(first + bit)));
        }
      }
    }
  }

  private static void sort(int[] step, long[] wires) {
    int[] comparators = SelectionNetwork.comparators(step.length);
    for (int k = 0; k < comparators.length; k += 2) {
      int low = step[comparators[k]];
      int high = step[comparators[k + 1]];
      long smaller = wires[low] & wires[high];
      wires[high] |= wires[low];
      wires[low] = smaller;
    }
  }

  @Test
  void selectsTheRanksOfManyNumbers() {
    RandomGenerator random = new SplittableRandom(1);
    for (int m = 1; m <= 1000; m += m < 140 ? 1 : 123) {
      for (int[] ranks : ranks(m, random)) {
        SelectionNetwork network = SelectionNetwork.of(m, ranks[0], ranks[1]);
        for (int k = 0; k < 12; k++) {
          // Zeros and ones with the border near the wanted ranks are the hardest; and numbers with ties.
          int border = k % 2 == 0 ? ranks[0] : ranks[1];
          int ones = Math.max(0, Math.min(m, m - border + random.nextInt(3) - 1));
          int[] numbers = new int[m];
          Arrays.fill(numbers, m - ones, m, 1);
          shuffle(numbers, random);
          check(network, numbers);
          check(network, random.ints(m, 0, 2 * m).toArray());
        }
      }
    }
  }

  /** The median, trimmed means, a few ranks at the ends and in the middle, anything. */
  private static int[][] ranks(int m, RandomGenerator random) {
    int trim = random.nextInt((m + 1) / 2);
    int any = random.nextInt(m);
    return new int[][] {
      {(m - 1) / 2, m / 2 + 1},
      {trim, m - trim},
      {(m - 1) / 5, m - (m - 1) / 5},
      {0, 1},
      {m - 1, m},
      {any, random.nextInt(any, m) + 1}
    };
  }

  private static void shuffle(int[] numbers, RandomGenerator random) {
    for (int i = numbers.length - 1; i > 0; i--) {
      int k = random.nextInt(i + 1);
      int swap = numbers[i];
      numbers[i] = numbers[k];
      numbers[k] = swap;
    }
  }

  private static void check(SelectionNetwork network, int[] numbers) {
    int[] sorted = numbers.clone();
    Arrays.sort(sorted);
    int[] expected = Arrays.copyOfRange(sorted, network.from(), network.to());
    if (network.isCounted()) {
      assertEquals(0, network.firstSteps().length + network.steps().length);
      return;
    }
    if (!Arrays.equals(expected, outputs(network, numbers))) {
      fail("ranks %d to %d of %d numbers".formatted(network.from(), network.to(), numbers.length));
    }
  }
}
