package org.monna.jmh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;
import org.monna.Aggregators;
import org.monna.Engine;
import org.monna.Geometry;
import org.monna.simulation.model.PyTorch;

/** What is compared in time must compute the same. Random data have no ties. */
class PeersTest {

  private static final double TOLERANCE = 1e-4;
  private static final int[][] SIZES = {{11, 2, 37}, {26, 5, 103}, {12, 0, 8}, {15, 2, 1001}};

  private static float[][] vectors(int[] size) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(size[2]);
    float[][] vectors = new float[size[0]][size[2]];
    for (float[] vector : vectors) {
      for (int c = 0; c < vector.length; c++) {
        vector[c] = (float) (1 + random.nextGaussian());
      }
    }
    return vectors;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mean", "median", "trimmed-mean", "mean-around-median", "phocas", "nna", "krum", "multi-krum", "bulyan", "nnm-trimmed-mean"
      })
  void loopsComputeTheRule(String rule) {
    for (int[] size : SIZES) {
      float[][] vectors = vectors(size);
      float[] expected = Aggregators.parse(RuleBenchmark.text(rule, size[1])).aggregate(vectors);
      assertClose(rule, expected, Straightforward.aggregate(rule, vectors, size[1]));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mean", "median", "trimmed-mean", "mean-around-median", "phocas", "nna", "krum", "multi-krum", "nnm-trimmed-mean"
      })
  void tensorsComputeTheRule(String rule) {
    for (int[] size : SIZES) {
      float[][] vectors = vectors(size);
      float[] expected = Aggregators.parse(RuleBenchmark.text(rule, size[1])).aggregate(vectors);
      assertClose(rule, expected, tensors(rule, vectors, size[1]));
    }
  }

  /** Three steps are no geometric median, so they are compared with each other; many steps with the rule. */
  @Test
  void weiszfeldStepsLeadToTheGeometricMedian() {
    for (int[] size : SIZES) {
      float[][] vectors = vectors(size);
      float[] loops = Straightforward.aggregate("geometric-median", vectors, size[1]);
      assertClose("three steps", loops, tensors("geometric-median", vectors, size[1]));
      float[] expected = Aggregators.parse("geometric-median").aggregate(vectors);
      assertClose("many steps", expected, Straightforward.weiszfeld(vectors, 300));
    }
  }

  @Test
  void distancesOfTensorsAndLoopsAreThoseOfTheLibrary() {
    float[][] vectors = vectors(new int[] {9, 0, 301});
    Geometry geometry = Engine.sequential().geometry(Geometry.Need.PAIRWISE, vectors);
    double[][] loops = Straightforward.squaredDistances(vectors);
    try (NDManager manager = PyTorch.ENGINE.newBaseManager()) {
      NDArray x = TensorRules.matrix(manager, vectors);
      float[] norms = TensorRules.pairwise(x).toFloatArray();
      float[] gram = TensorRules.gram(x).toFloatArray();
      for (int i = 0; i < 9; i++) {
        for (int j = 0; j < 9; j++) {
          double expected = geometry.squaredDistance(i, j);
          assertEquals(expected, loops[i][j], 1e-6 * expected);
          assertEquals(expected, norms[9 * i + j], 1e-5 * expected);
          assertEquals(expected, gram[9 * i + j], 0.01);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"ALIE, 26, 5", "CLUSTERED, 26, 5", "HOSTILE, 11, 2"})
  void attackedVectorsHaveTheirShape(AttackedVectors data, int n, int f) {
    float[][] vectors = data.of(n, f, 50, 1);
    assertEquals(n, vectors.length);
    for (int i = 0; i < n; i++) {
      double mean = 0;
      for (float value : vectors[i]) {
        mean += value / 50;
      }
      boolean honest = i < n - f;
      switch (data) {
        case ALIE -> assertEquals(honest ? 1 : 1.15, mean, honest ? 0.07 : 0.001);
        case CLUSTERED -> assertEquals(honest ? 10 * (i % 3) : 20, mean, 0.01);
        case HOSTILE -> assertTrue(honest ? Math.abs(mean - 1) < 0.07 : !(Math.abs(mean) < 1e37), "" + mean);
      }
    }
  }

  @Test
  void theGradientIsThatOfThePapersNetwork() {
    GradientBenchmark benchmark = new GradientBenchmark();
    float[] once = benchmark.gradient().clone();
    assertEquals(431_080, once.length);
    assertTrue(squares(once) > 1e-6, "the gradient is not zero");
    assertArrayEquals(once, benchmark.gradient(), "gradients are not added up");
    benchmark.close();
  }

  private static double squares(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value * value;
    }
    return sum;
  }

  private static float[] tensors(String rule, float[][] vectors, int f) {
    try (NDManager manager = PyTorch.ENGINE.newBaseManager()) {
      return TensorRules.aggregate(rule, TensorRules.matrix(manager, vectors), f).toFloatArray();
    }
  }

  private static void assertClose(String what, float[] expected, float[] actual) {
    assertArrayEquals(expected, actual, (float) TOLERANCE, what);
  }
}
