package org.monna;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.monna.spi.BlockPlan;

/** Plans, their parts, and what they make of vectors, against their definition coordinate by coordinate. */
class PlanTest {

  /** The m numbers of coordinate c, in double. */
  private static double[] mixed(Plan plan, float[][] vectors, int c) {
    double[] numbers = new double[plan.mixing().rows()];
    for (int r = 0; r < numbers.length; r++) {
      for (int i = 0; i < vectors.length; i++) {
        // Not read without a weight, or NaN would spread.
        numbers[r] += plan.mixing().weight(r, i) == 0 ? 0 : plan.mixing().weight(r, i) * vectors[i][c];
      }
    }
    return numbers;
  }

  private static double phi(Coordinatewise phi, double[] numbers) {
    double[] sorted = Arrays.stream(numbers).sorted().toArray();
    return switch (phi) {
      case Coordinatewise.Single single -> numbers[0];
      case Coordinatewise.Ranks ranks -> Arrays.stream(sorted, ranks.from(), ranks.to()).average().orElseThrow();
      case Coordinatewise.MeanAround around -> {
        double centre = Arrays.stream(sorted, around.from(), around.to()).average().orElseThrow();
        yield Arrays.stream(sorted)
            .boxed()
            .sorted(Comparator.comparingDouble(x -> Math.abs(x - centre)))
            .limit(around.keep())
            .mapToDouble(x -> x)
            .average()
            .orElseThrow();
      }
    };
  }

  /** Small whole numbers and weights that are sums of powers of two: exact, so that only the division of a mean rounds. */
  private static float[][] whole(int n, int d) {
    RandomGenerator random = new SplittableRandom(n);
    float[][] vectors = new float[n][d];
    for (float[] vector : vectors) {
      for (int c = 0; c < d; c++) {
        vector[c] = random.nextInt(-500, 500);
      }
    }
    return vectors;
  }

  private static void assertIsItsDefinition(Plan plan) {
    int n = plan.mixing().columns();
    // More than a tile of 8,192 coordinates, and no multiple of anything.
    float[][] vectors = whole(n, 10_007);
    for (int i = 0; i < n; i++) {
      int column = i;
      if (IntStream.range(0, plan.mixing().rows()).allMatch(r -> plan.mixing().weight(r, column) == 0)) {
        Arrays.fill(vectors[i], Float.NaN);
        assertFalse(new BlockPlan(plan, n).reads(i));
      } else {
        assertTrue(new BlockPlan(plan, n).reads(i));
      }
    }
    float[] out = new float[10_007];
    Arrays.fill(out, Float.NaN);
    Engine.sequential().apply(plan, vectors, out);
    for (int c = 0; c < out.length; c++) {
      assertEquals((float) phi(plan.phi(), mixed(plan, vectors, c)), out[c], plan + " " + c);
    }
  }

  @Test
  void plansAreTheirDefinitions() {
    Coordinatewise middle = Coordinatewise.ranks(1, 3);
    Coordinatewise around = Coordinatewise.around(1, 2, 1);
    assertIsItsDefinition(new Plan(Mixing.identity(1), Coordinatewise.single()));
    assertIsItsDefinition(Plan.weights(0.5, 0, 2, -0.25, 1));
    assertIsItsDefinition(Plan.weights(0, 0, 1));
    assertIsItsDefinition(Plan.mean(6, 5, 1, 2, 0));
    assertIsItsDefinition(Plan.coordinatewise(5, middle));
    assertIsItsDefinition(Plan.coordinatewise(4, around));
    for (Coordinatewise phi : new Coordinatewise[] {middle, around}) {
      // Every kind of mixing: some of the vectors as they are, scaled, added up, none, one twice.
      assertIsItsDefinition(new Plan(Mixing.selection(6, 4, 0, 2), phi));
      assertIsItsDefinition(new Plan(Mixing.selection(6, 0, 1, 3, 4), phi));
      assertIsItsDefinition(new Plan(Mixing.diagonal(1, 0.5, 2, 1), phi));
      assertIsItsDefinition(new Plan(Mixing.of(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 2}}), phi));
      assertIsItsDefinition(new Plan(Mixing.of(new double[][] {{1, 0, 0}, {0, 1, 1}, {0, 0, 1}}), phi));
      assertIsItsDefinition(new Plan(Mixing.of(new double[][] {{1, 1, 0}, {0, 1, 0}, {0, 0, 1}}), phi));
      assertIsItsDefinition(new Plan(Mixing.of(new double[][] {{0, 0, 0}, {0, 1, 0}, {0, 0, 1}}), phi));
      assertIsItsDefinition(new Plan(Mixing.of(new double[][] {{0, 1, 0}, {0, 1, 0}, {1, 0, 0}}), phi));
      assertIsItsDefinition(new Plan(Mixing.of(new double[][] {{0.5, 0, 0.5, 0}, {0, 0, 1, 2}, {0.25, 0, 0, 0}}), phi));
    }
  }

  @Test
  void functionsAreOfSoManyNumbers() {
    Coordinatewise.single().check(1);
    assertMessage("single row: the mixing has 2 rows", () -> Coordinatewise.single().check(2));
    Coordinatewise.ranks(0, 3).check(3);
    assertMessage("ranks from 0 to 3 of 2 numbers", () -> Coordinatewise.ranks(0, 3).check(2));
    Coordinatewise.around(0, 3, 1).check(3);
    Coordinatewise.around(0, 1, 3).check(3);
    assertMessage("the nearest 1 to the ranks from 0 to 3 of 2 numbers", () -> Coordinatewise.around(0, 3, 1).check(2));
    assertMessage("the nearest 3 to the ranks from 0 to 1 of 2 numbers", () -> Coordinatewise.around(0, 1, 3).check(2));
    assertMessage("ranks from 0 to 3 of 2 numbers", () -> Plan.coordinatewise(2, Coordinatewise.ranks(0, 3)));
    assertMessage("ranks from -1 to 3 are none", () -> Coordinatewise.ranks(-1, 3));
    assertMessage("ranks from 2 to 2 are none", () -> Coordinatewise.ranks(2, 2));
    assertMessage("ranks from -1 to 3 are none", () -> Coordinatewise.around(-1, 3, 1));
    assertMessage("ranks from 2 to 2 are none", () -> Coordinatewise.around(2, 2, 1));
    assertMessage("the mean of the nearest 0 numbers", () -> Coordinatewise.around(0, 1, 0));
  }

  @Test
  void mixingsAreWeights() {
    assertArrayEquals(new double[][] {{0, 1, 0}, {1, 0, 0}}, Mixing.selection(3, 1, 0).weights());
    assertArrayEquals(new double[][] {{2, 0}, {0, 0.5}}, Mixing.diagonal(2, 0.5).weights());
    assertArrayEquals(new double[][] {{1, 0}, {0, 1}}, Mixing.identity(2).weights());
    assertEquals(1, Mixing.identity(2).weight(1, 1));
    assertEquals(0, Mixing.identity(2).weight(1, 0));
    assertEquals(0.5, Mixing.diagonal(2, 0.5).weight(1, 1));
    assertTrue(Mixing.diagonal(1, 1).isIdentity());
    assertFalse(Mixing.diagonal(1, 2).isIdentity());
    assertEquals("identity(2)", Mixing.identity(2).toString());
    assertEquals("[[0.5, 0.5]]", Mixing.of(new double[][] {{0.5, 0.5}}).toString());
  }

  @Test
  void mixingsOneAfterTheOther() {
    Mixing sum = Mixing.of(new double[][] {{1, 2}, {0, 1}});
    assertSame(sum, Mixing.identity(2).after(sum));
    assertSame(sum, sum.after(Mixing.identity(2)));
    assertArrayEquals(new double[][] {{1, 4}, {0, 1}}, sum.after(sum).weights());
    assertArrayEquals(new double[][] {{3, 8}, {0, 4}}, sum.after(Mixing.diagonal(3, 4)).weights());
    assertArrayEquals(new double[][] {{3, 6}, {0, 4}}, Mixing.diagonal(3, 4).after(sum).weights());
    Mixing both = Mixing.diagonal(3, 4).after(Mixing.diagonal(2, 0.5));
    assertArrayEquals(new double[][] {{6, 0}, {0, 2}}, both.weights());
    // Scaled vectors need less than mixed ones: it is known of the product that it scales.
    Geometry norms = Engine.sequential().geometry(Geometry.Need.NORMS, new float[][] {{1, 2}, {3, 4}});
    assertEquals(4 * 25, norms.mixed(both, Geometry.Need.NORMS).squaredNorm(1));
    assertMessage(
        "a mixing of 2 vectors cannot follow one that gives 3", () -> sum.after(Mixing.identity(3)));
  }

  @Test
  void whatIsNoMixing() {
    assertMessage("identity of 0 vectors", () -> Mixing.identity(0));
    assertMessage("a mixing needs at least one row and one column", () -> Mixing.diagonal());
    assertMessage("a mixing needs at least one row and one column", () -> Mixing.selection(3));
    assertMessage("a mixing needs at least one row and one column", () -> Mixing.of(new double[1][0]));
    assertMessage(
        "mixing row 1 has 1 weights, row 0 has 2", () -> Mixing.of(new double[][] {{1, 2}, {1}}));
    assertMessage(
        "mixing row 1 has the weight NaN for vector 1", () -> Mixing.of(new double[][] {{1, 2}, {1, Double.NaN}}));
    assertMessage("mixing row 0 has the weight Infinity for vector 0", () -> Mixing.diagonal(Double.POSITIVE_INFINITY));
  }

  @Test
  void shapesAreChecked() {
    Engine engine = Engine.sequential();
    Geometry.Need need = Geometry.Need.NORMS;
    assertMessage("geometry: no vectors (n = 0)", () -> engine.geometry(need, new float[0][]));
    assertMessage("geometry: vectors of length 0 (n = 2, d = 0)", () -> engine.geometry(need, new float[2][0]));
    assertMessage(
        "geometry: vectors[2] has length 1, but vectors[0] has length 2 (n = 3)",
        () -> engine.geometry(need, new float[][] {{1, 2}, {1, 2}, {1}}));
    float[][] missing = {{1}, null};
    assertEquals(
        "vectors[1]", assertThrows(NullPointerException.class, () -> engine.geometry(need, missing)).getMessage());
    float[][] vectors = {{1, 2}, {3, 4}};
    Plan mean = Plan.mean(2, 0, 1);
    assertMessage(
        "plan: out has length 3, but the vectors have length 2", () -> engine.apply(mean, vectors, new float[3]));
    assertMessage("plan: out is the same array as vectors[1]", () -> engine.apply(mean, vectors, vectors[1]));
  }

  private static void assertMessage(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
