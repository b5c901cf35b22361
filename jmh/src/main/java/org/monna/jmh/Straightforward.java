package org.monna.jmh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The rules as one writes them without this library: nested loops, a sort for each coordinate. The baseline of the benchmarks. */
final class Straightforward {

  private static final double SMOOTHING = 0.1;

  private Straightforward() {}

  static float[] aggregate(String rule, float[][] vectors, int f) {
    int n = vectors.length;
    return switch (rule) {
      case "mean" -> mean(vectors, IntStream.range(0, vectors.length).toArray());
      case "median" -> sorted(vectors, (n - 1) / 2, n / 2 + 1);
      case "trimmed-mean" -> sorted(vectors, f, n - f);
      case "mean-around-median" -> around(vectors, (n - 1) / 2, n / 2 + 1, n - f);
      case "phocas" -> around(vectors, f, n - f, n - f);
      case "bulyan" -> around(chosen(vectors, f), (n - 2 * f - 1) / 2, (n - 2 * f) / 2 + 1, n - 4 * f);
      case "geometric-median" -> weiszfeld(vectors, 3);
      case "nna" -> mean(vectors, nearest(vectors, 0, f));
      case "krum" -> vectors[byScore(vectors, f)[0]].clone();
      case "multi-krum" -> mean(vectors, Arrays.copyOf(byScore(vectors, f), n - f));
      case "nnm-trimmed-mean" -> sorted(mixed(vectors, f), f, n - f);
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

  /** Of each coordinate the mean of the {@code keep} values nearest to the mean of the ranks from {@code from} to {@code to}. */
  private static float[] around(float[][] vectors, int from, int to, int keep) {
    float[] centre = sorted(vectors, from, to);
    double[] keys = new double[vectors.length];
    for (int c = 0; c < centre.length; c++) {
      for (int i = 0; i < keys.length; i++) {
        keys[i] = Math.abs((double) vectors[i][c] - centre[c]);
      }
      int[] nearest = ascending(keys);
      float sum = 0;
      for (int k = 0; k < keep; k++) {
        sum += vectors[nearest[k]][c];
      }
      centre[c] = sum / keep;
    }
    return centre;
  }

  /** Bulyan's first stage: n - 2f times the choice of Krum, with n' - f - 2 neighbours among the n' vectors left. */
  private static float[][] chosen(float[][] vectors, int f) {
    List<float[]> left = new ArrayList<>(Arrays.asList(vectors));
    float[][] chosen = new float[vectors.length - 2 * f][];
    for (int k = 0; k < chosen.length; k++) {
      int neighbours = Math.max(1, left.size() - f - 2);
      chosen[k] = left.remove(byScore(squaredDistances(left.toArray(float[][]::new)), neighbours)[0]);
    }
    return chosen;
  }

  /** Smoothed Weiszfeld steps from the zero vector, as ByzFL's geometric median. */
  static float[] weiszfeld(float[][] vectors, int steps) {
    float[] z = new float[vectors[0].length];
    for (int step = 0; step < steps; step++) {
      double[] weights = new double[vectors.length];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = 1 / Math.max(SMOOTHING, Math.sqrt(squaredDistance(vectors[i], z)));
      }
      double total = Arrays.stream(weights).sum();
      Arrays.fill(z, 0);
      for (int i = 0; i < weights.length; i++) {
        float weight = (float) (weights[i] / total);
        for (int c = 0; c < z.length; c++) {
          z[c] += weight * vectors[i][c];
        }
      }
    }
    return z;
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

  static double[][] squaredDistances(float[][] vectors) {
    double[][] distances = new double[vectors.length][vectors.length];
    for (int i = 0; i < vectors.length; i++) {
      for (int j = 0; j < i; j++) {
        distances[i][j] = squaredDistance(vectors[i], vectors[j]);
        distances[j][i] = distances[i][j];
      }
    }
    return distances;
  }

  private static int[] byScore(float[][] vectors, int f) {
    return byScore(squaredDistances(vectors), vectors.length - f - 1);
  }

  private static int[] byScore(double[][] distances, int neighbours) {
    double[] scores = new double[distances.length];
    for (int i = 0; i < scores.length; i++) {
      double[] ordered = distances[i].clone();
      Arrays.sort(ordered);
      for (int k = 1; k <= Math.min(neighbours, ordered.length - 1); k++) {
        scores[i] += ordered[k];
      }
    }
    return ascending(scores);
  }

  private static float[][] mixed(float[][] vectors, int f) {
    double[][] distances = squaredDistances(vectors);
    float[][] mixed = new float[vectors.length][];
    Arrays.setAll(mixed, i -> mean(vectors, Arrays.copyOf(ascending(distances[i]), vectors.length - f)));
    return mixed;
  }
}
