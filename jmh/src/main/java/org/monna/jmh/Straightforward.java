package org.monna.jmh;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The rules as one writes them without this library: nested loops, a sort for each coordinate. The baseline of the benchmarks. */
final class Straightforward {

  private Straightforward() {}

  static float[] aggregate(String rule, float[][] vectors, int f) {
    return switch (rule) {
      case "mean" -> mean(vectors, IntStream.range(0, vectors.length).toArray());
      case "median" -> sorted(vectors, (vectors.length - 1) / 2, vectors.length / 2 + 1);
      case "trimmed-mean" -> sorted(vectors, f, vectors.length - f);
      case "nna" -> mean(vectors, nearest(vectors, 0, f));
      case "krum" -> vectors[byScore(vectors, f)[0]].clone();
      case "multi-krum" -> mean(vectors, Arrays.copyOf(byScore(vectors, f), vectors.length - f));
      case "nnm-trimmed-mean" -> sorted(mixed(vectors, f), f, vectors.length - f);
      default -> throw new IllegalArgumentException("no straightforward " + rule);
    };
  }

  static float[] mean(float[][] vectors, int[] selected) {
    float[] sum = new float[vectors[0].length];
    for (int i : selected) {
      for (int c = 0; c < sum.length; c++) {
        sum[c] += vectors[i][c];
      }
    }
    for (int c = 0; c < sum.length; c++) {
      sum[c] /= selected.length;
    }
    return sum;
  }

  private static float[] sorted(float[][] vectors, int from, int to) {
    float[] out = new float[vectors[0].length];
    float[] values = new float[vectors.length];
    for (int c = 0; c < out.length; c++) {
      for (int i = 0; i < values.length; i++) {
        values[i] = vectors[i][c];
      }
      Arrays.sort(values);
      float sum = 0;
      for (int k = from; k < to; k++) {
        sum += values[k];
      }
      out[c] = sum / (to - from);
    }
    return out;
  }

  private static double squaredDistance(float[] x, float[] y) {
    double sum = 0;
    for (int c = 0; c < x.length; c++) {
      double e = (double) x[c] - y[c];
      sum += e * e;
    }
    return sum;
  }

  private static int[] ascending(double[] keys) {
    return IntStream.range(0, keys.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> keys[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static int[] nearest(float[][] vectors, int pivot, int f) {
    double[] distances = new double[vectors.length];
    Arrays.setAll(distances, i -> squaredDistance(vectors[pivot], vectors[i]));
    return Arrays.copyOf(ascending(distances), vectors.length - f);
  }

  private static int[] byScore(float[][] vectors, int f) {
    int n = vectors.length;
    double[] scores = new double[n];
    for (int i = 0; i < n; i++) {
      double[] distances = new double[n];
      for (int j = 0; j < n; j++) {
        distances[j] = squaredDistance(vectors[i], vectors[j]);
      }
      Arrays.sort(distances);
      for (int k = 1; k < n - f; k++) {
        scores[i] += distances[k];
      }
    }
    return ascending(scores);
  }

  private static float[][] mixed(float[][] vectors, int f) {
    float[][] mixed = new float[vectors.length][];
    Arrays.setAll(mixed, i -> mean(vectors, nearest(vectors, i, f)));
    return mixed;
  }
}
