package org.monna.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.monna.Optimizer;

/** The optimizers against their formulas in double, and their states written and read. */
class OptimizerTest {

  private static final Schedule RATE = Schedule.inverse(0.5, 10, 3).withWarmup(5);

  /** One optimizer and its formulas: the velocity of the parameters, given the past's memory and a gradient. */
  private record Subject(Optimizer optimizer, Formula formula) {

    @Override
    public String toString() {
      return optimizer.getClass().getSimpleName() + " " + optimizer.hashCode() % 100;
    }
  }

  private interface Formula {
    /** Replaces the memory and returns what the rate is multiplied by. */
    double direction(double[] memory, int c, double gradient);
  }

  static Stream<Subject> subjects() {
    return Stream.of(
        new Subject(new Sgd(RATE), (m, c, g) -> g),
        new Subject(new PolyakMomentum(RATE, 0.9), (m, c, g) -> m[c] = 0.9 * m[c] + (1 - 0.9) * g),
        new Subject(new PolyakMomentum(RATE, 0.99, 0), (m, c, g) -> m[c] = 0.99 * m[c] + g),
        new Subject(new PolyakMomentum(RATE, 0, 0), (m, c, g) -> g),
        new Subject(new PolyakMomentum(RATE, 0.5, 0.25), (m, c, g) -> m[c] = 0.5 * m[c] + 0.75 * g),
        new Subject(
            new Nesterov(RATE, 0.9),
            (m, c, g) -> {
              m[c] = 0.9 * m[c] + g;
              return g + 0.9 * m[c];
            }));
  }

  private static float[] gradient(int d, RandomGenerator random) {
    float[] gradient = new float[d];
    for (int c = 0; c < d; c++) {
      gradient[c] = (float) random.nextGaussian();
    }
    return gradient;
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void followsItsFormula(Subject subject) {
    for (int d : new int[] {1, 7, 16, 100, 2049}) {
      RandomGenerator random = new SplittableRandom(d);
      Optimizer.State state = subject.optimizer.newState(d);
      float[] parameters = gradient(d, random);
      double[] expected = new double[d];
      Arrays.setAll(expected, c -> parameters[c]);
      double[] memory = new double[d];
      for (int step = 0; step < 40; step++) {
        assertEquals(step, state.steps());
        float[] gradient = gradient(d, random);
        float[] given = gradient.clone();
        state.step(parameters, gradient);
        assertArrayEquals(given, gradient, "the gradient was modified");
        for (int c = 0; c < d; c++) {
          expected[c] -= RATE.rate(step) * subject.formula.direction(memory, c, gradient[c]);
          // Some three roundings a step of numbers below 64, and of the rate: 40 * 4 * 64 * 2^-24.
          assertEquals(expected[c], parameters[c], 6e-4);
        }
      }
    }
  }

  private static byte[] saved(Optimizer.State state) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      state.save(new DataOutputStream(bytes));
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optimizer.State restored(Optimizer optimizer, byte[] bytes, int d) throws IOException {
    return optimizer.restore(new DataInputStream(new ByteArrayInputStream(bytes)), d);
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void goesOnExactlyWhereItWasSaved(Subject subject) throws IOException {
    int d = 33;
    RandomGenerator random = new SplittableRandom(1);
    Optimizer.State state = subject.optimizer.newState(d);
    float[] parameters = gradient(d, random);
    for (int step = 0; step < 11; step++) {
      state.step(parameters, gradient(d, random));
    }
    byte[] bytes = saved(state);
    Optimizer.State copy = restored(subject.optimizer, bytes, d);
    assertArrayEquals(bytes, saved(copy));
    float[] other = parameters.clone();
    for (int step = 0; step < 11; step++) {
      float[] gradient = gradient(d, random);
      state.step(parameters, gradient);
      copy.step(other, gradient);
      assertEquals(state.steps(), copy.steps());
      for (int c = 0; c < d; c++) {
        assertEquals(Float.floatToRawIntBits(parameters[c]), Float.floatToRawIntBits(other[c]));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void statesWithNaNAndMinusZeroAreRestored(Subject subject) throws IOException {
    Optimizer.State state = subject.optimizer.newState(3);
    state.step(new float[3], new float[] {Float.NaN, -0f, Float.POSITIVE_INFINITY});
    assertArrayEquals(saved(state), saved(restored(subject.optimizer, saved(state), 3)));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void statesThatEndEarlyAreRefused(Subject subject) {
    byte[] bytes = saved(subject.optimizer.newState(5));
    for (int length = 0; length < bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThrows(IOException.class, () -> restored(subject.optimizer, part, 5), "after " + length + " bytes");
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void statesOfOthersAreRefused(Subject subject) {
    for (Optimizer other : List.of(new Sgd(0.1), new PolyakMomentum(RATE, 0.9), new Nesterov(RATE, 0.9))) {
      if (other.getClass() != subject.optimizer.getClass()) {
        IOException refusal =
            assertThrows(IOException.class, () -> restored(subject.optimizer, saved(other.newState(5)), 5));
        assertTrue(refusal.getMessage().contains("optimizer"), refusal.getMessage());
      }
    }
    byte[] five = saved(subject.optimizer.newState(5));
    IOException refusal = assertThrows(IOException.class, () -> restored(subject.optimizer, five, 6));
    assertTrue(refusal.getMessage().contains("5") && refusal.getMessage().contains("6"), refusal.getMessage());
  }

  /** Whatever four bytes are written over: refused, or read as some state of the same length, never anything else. */
  @ParameterizedTest
  @MethodSource("subjects")
  void corruptStatesAreRefusedOrHarmless(Subject subject) {
    byte[] bytes = saved(subject.optimizer.newState(5));
    for (int at = 0; at + 4 <= bytes.length; at++) {
      for (int value : new int[] {-1, 0, 1, 4, 6, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x20202020}) {
        byte[] corrupt = bytes.clone();
        ByteBuffer.wrap(corrupt).putInt(at, value);
        try {
          restored(subject.optimizer, corrupt, 5).step(new float[5], new float[5]);
        } catch (IOException refused) {
          // As it should be.
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void wrongLengthsAreNamed(Subject subject) {
    assertThrows(IllegalArgumentException.class, () -> subject.optimizer.newState(0));
    assertThrows(IllegalArgumentException.class, () -> subject.optimizer.newState(-1));
    Optimizer.State state = subject.optimizer.newState(3);
    IllegalArgumentException parameters =
        assertThrows(IllegalArgumentException.class, () -> state.step(new float[4], new float[3]));
    assertTrue(parameters.getMessage().matches(".*parameters.*4.*3.*"), parameters.getMessage());
    IllegalArgumentException gradient =
        assertThrows(IllegalArgumentException.class, () -> state.step(new float[3], new float[2]));
    assertTrue(gradient.getMessage().matches(".*gradient.*2.*3.*"), gradient.getMessage());
    NullPointerException missing =
        assertThrows(NullPointerException.class, () -> state.step(new float[3], null));
    assertEquals("gradient", missing.getMessage());
    assertEquals(0, state.steps(), "a refused step is no step");
  }

  @Test
  void parametersMustMakeSense() {
    for (double beta : new double[] {-0.1, 1, 2, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> new PolyakMomentum(RATE, beta));
      assertThrows(IllegalArgumentException.class, () -> new PolyakMomentum(RATE, 0.5, beta));
      assertThrows(IllegalArgumentException.class, () -> new PolyakMomentum(RATE, beta, 0.5));
      assertThrows(IllegalArgumentException.class, () -> new Nesterov(RATE, beta));
    }
    assertThrows(NullPointerException.class, () -> new Sgd(null));
    assertThrows(NullPointerException.class, () -> new Nesterov(null, 0.5));
  }

  /** The MNIST protocol of MoNNA: with dampening = beta, constant gradients are approached from below. */
  @Test
  void dampedMomentumIsAnAverage() {
    Optimizer.State state = new PolyakMomentum(Schedule.constant(1), 0.99).newState(1);
    float[] x = {0};
    for (int step = 0; step < 100; step++) {
      float before = x[0];
      state.step(x, new float[] {1});
      assertEquals(1 - Math.pow(0.99, step + 1), before - x[0], 1e-4);
    }
  }
}
