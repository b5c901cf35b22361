package org.monna.properties;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * An input on which published implementations return NaN or an arbitrary vector, throw, or do not return: honest and arbitrary vectors, and
 * how many honest radii from the honest mean a result may be. Scored in double after division by the largest honest value.
 */
record HostileInput(String name, int f, float[][] honest, float[][] byzantine, double radii) {

  private static final Cases RECORDED = Recorded.read("/faults/cases.json", Cases.class);

  /** The file faults/cases.json, with vectors as the bits of floats. */
  private record Cases(List<Value> value, List<Case> shape) {

    record Value(String name, int f, int[][] honest, int[][] byzantine) {}

    record Case(String name, int f, int[][] vectors) {}
  }

  /** Recorded hostile values: n = 11, f = 2, d = 8. */
  static List<HostileInput> values() {
    return RECORDED.value.stream()
        .map(v -> new HostileInput(v.name, v.f, Recorded.floats(v.honest), Recorded.floats(v.byzantine), 3))
        .toList();
  }

  /** Offsets at which distances from squared norms lose their digits. */
  static List<HostileInput> offsets(long seed) {
    return List.of(shifted(11, 2, 1e4f, 1e-2f, seed), shifted(30, 6, 100, 1e-3f, seed));
  }

  /** Honest vectors at an offset with a small spread, the others 20 standard deviations away in every coordinate. */
  private static HostileInput shifted(int n, int f, float offset, float spread, long seed) {
    int d = 1000;
    RandomGenerator random = new SplittableRandom(seed);
    float[][] vectors = new float[n][d];
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < d; c++) {
        vectors[i][c] = (float) (offset + spread * random.nextGaussian() + (i < f ? 20 * spread : 0));
      }
    }
    float[][] byzantine = Arrays.copyOf(vectors, f);
    String name = "n = %d, offset %s, spread %s".formatted(n, offset, spread);
    return new HostileInput(name, f, Arrays.copyOfRange(vectors, f, n), byzantine, 1.5);
  }

  /** Recorded numbers and shapes of vectors that are at the limit or beyond it. */
  record Shape(String name, int f, float[][] vectors) {

    static List<Shape> all() {
      return RECORDED.shape.stream().map(s -> new Shape(s.name, s.f, Recorded.floats(s.vectors))).toList();
    }

    boolean wellFormed() {
      return vectors.length > 0
          && vectors[0].length > 0
          && Arrays.stream(vectors).allMatch(v -> v.length == vectors[0].length);
    }
  }

  int n() {
    return honest.length + byzantine.length;
  }

  /** Copies of the vectors, the arbitrary ones first or last. */
  float[][] vectors(boolean byzantineFirst) {
    float[][] vectors = Arrays.copyOf(byzantineFirst ? byzantine : honest, n());
    float[][] last = byzantineFirst ? honest : byzantine;
    System.arraycopy(last, 0, vectors, vectors.length - last.length, last.length);
    return Arrays.stream(vectors).map(float[]::clone).toArray(float[][]::new);
  }

  /** The distance of a result from the honest mean, in honest radii; infinite if it is not finite. */
  double radii(float[] out) {
    double largest = 0;
    for (float[] vector : honest) {
      for (float value : vector) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    double[] mean = new double[out.length];
    for (float[] vector : honest) {
      for (int c = 0; c < mean.length; c++) {
        mean[c] += vector[c] / largest / honest.length;
      }
    }
    double radius = 0;
    for (float[] vector : honest) {
      radius = Math.max(radius, distance(vector, largest, mean));
    }
    double error = distance(out, largest, mean);
    return error < Double.POSITIVE_INFINITY ? error / radius : Double.POSITIVE_INFINITY;
  }

  private static double distance(float[] vector, double unit, double[] point) {
    double sum = 0;
    for (int c = 0; c < point.length; c++) {
      sum += (vector[c] / unit - point[c]) * (vector[c] / unit - point[c]);
    }
    return Math.sqrt(sum);
  }

  @Override
  public String toString() {
    return name;
  }
}
