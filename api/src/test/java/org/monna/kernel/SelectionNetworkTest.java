package org.monna.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
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
    for (Step step : network.firstSteps()) {
      for (int wire : step.wires()) {
        assertTrue(!read[wire], "a first step reads a wire twice");
        read[wire] = true;
      }
      sort(step, wires);
    }
    for (boolean wire : read) {
      assertTrue(wire, "no first step reads a wire");
    }
    for (Step step : network.steps()) {
      sort(step, wires);
    }
    return Arrays.stream(network.outputs()).map(wire -> wires[wire]).sorted().toArray();
  }

  static void sort(Step step, int[] wires) {
    int[] comparators = step.comparators();
    for (int k = 0; k < comparators.length; k += 2) {
      int low = step.wires()[comparators[k]];
      int high = step.wires()[comparators[k + 1]];
      int smaller = Math.min(wires[low], wires[high]);
      wires[high] = Math.max(wires[low], wires[high]);
      wires[low] = smaller;
    }
  }

  @Test
  void stepsSort() {
    for (int size = 1; size <= Step.WIDEST; size++) {
      for (int input = 0; input < 1 << size; input++) {
        check(false, bits(input, size));
      }
    }
  }

  /** With ones up to a power of two, zeros and ones that fall and rise or rise and fall: what merges meet, by the 0-1 principle. */
  @Test
  void mergingStepsSortWhatFallsAndRises() {
    int checked = 0;
    for (int size = 2; size <= Step.WIDEST; size++) {
      int whole = Integer.highestOneBit(2 * size - 1);
      for (int input = 0; input < 1 << size; input++) {
        int padded = input | (1 << whole) - (1 << size);
        int rotated = padded >>> 1 | (padded & 1) << whole - 1;
        if (Integer.bitCount(padded ^ rotated) <= 2) {
          check(true, bits(input, size));
          checked++;
        }
      }
    }
    // Of a whole power of two k, k (k - 1) + 2; of less, one for every run of zeros, and that without zeros.
    assertEquals((2 * 1 + 2) + (1 + 6) + (4 * 3 + 2) + (1 + 15) + (1 + 21) + (1 + 28) + (8 * 7 + 2), checked);
  }

  private static int[] bits(int input, int size) {
    return IntStream.range(0, size).map(i -> input >> i & 1).toArray();
  }

  private static void check(boolean merges, int[] wires) {
    int[] sorted = wires.clone();
    Arrays.sort(sorted);
    int[] moved = wires.clone();
    sort(new Step(merges, IntStream.range(0, wires.length).toArray()), moved);
    assertArrayEquals(sorted, moved, () -> Arrays.toString(wires));
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
      for (Step step : network.firstSteps()) {
        sort(step, wires);
      }
      for (Step step : network.steps()) {
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

  private static void sort(Step step, long[] wires) {
    int[] comparators = step.comparators();
    for (int k = 0; k < comparators.length; k += 2) {
      int low = step.wires()[comparators[k]];
      int high = step.wires()[comparators[k + 1]];
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
