package org.monna.jmh;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import org.monna.simulation.model.PyTorch;

/**
 * The rules as one writes them with tensor operations (sort, topk, norm, matrix product), whole arrays at a time, run by PyTorch: the
 * peer of the benchmarks. The vectors are in a tensor already, and the result stays in one.
 *
 * <p>The library has no cdist, so distances are the norms of a matrix of differences for each row. {@link #gram} is the shorter way by
 * a matrix product, which has no correct digit left where the vectors differ by less than their length times 1e-4.
 */
final class TensorRules {

  /** The smoothing of ByzFL's geometric median. */
  static final float NU = 0.1f;

  private TensorRules() {}

  /** The vectors as rows of a tensor: a copy. */
  static NDArray matrix(NDManager manager, float[][] vectors) {
    NDArray matrix = manager.create(new Shape(vectors.length, vectors[0].length), DataType.FLOAT32);
    FloatBuffer memory = PyTorch.memory(matrix);
    for (float[] vector : vectors) {
      memory.put(vector);
    }
    return matrix;
  }

  static NDArray aggregate(String rule, NDArray x, int f) {
    long n = x.getShape().get(0);
    return switch (rule) {
      case "mean" -> x.mean(new int[] {0});
      case "median" -> ranks(x, (n - 1) / 2, n / 2 + 1);
      case "trimmed-mean" -> ranks(x, f, n - f);
      case "mean-around-median" -> nearestTo(x, ranks(x, (n - 1) / 2, n / 2 + 1), n - f);
      case "phocas" -> nearestTo(x, ranks(x, f, n - f), n - f);
      case "nna" -> meanOfSmallest(x, distances(x, 0), n - f);
      case "krum" -> x.get(scores(x, f).argMin());
      case "multi-krum" -> meanOfSmallest(x, scores(x, f), n - f);
      case "geometric-median" -> weiszfeld(x, 3);
      case "nnm-trimmed-mean" -> ranks(mixed(x, f), f, n - f);
      default -> throw new IllegalArgumentException("no tensor operations for " + rule);
    };
  }

  private static NDArray ranks(NDArray x, long from, long to) {
    return x.sort(0).get(new NDIndex("{}:{}", from, to)).mean(new int[] {0});
  }

  private static NDArray nearestTo(NDArray x, NDArray centre, long keep) {
    NDList nearest = x.sub(centre).abs().topK((int) keep, 0, false, false);
    return x.gather(nearest.get(1), 0).mean(new int[] {0});
  }

  private static NDArray meanOfSmallest(NDArray x, NDArray keys, long count) {
    return x.get(keys.argSort().get(new NDIndex("0:{}", count))).mean(new int[] {0});
  }

  /** Distances of all vectors from one. */
  private static NDArray distances(NDArray x, long pivot) {
    return x.sub(x.get(pivot)).norm(new int[] {1});
  }

  /** All squared distances, n x n. */
  static NDArray pairwise(NDArray x) {
    NDList rows = new NDList();
    for (long i = 0; i < x.getShape().get(0); i++) {
      rows.add(distances(x, i).square());
    }
    return NDArrays.stack(rows);
  }

  /** All squared distances as |x|^2 + |y|^2 - 2 x y. */
  static NDArray gram(NDArray x) {
    NDArray products = x.matMul(x.transpose());
    NDArray norms = x.norm(new int[] {1}).square();
    return norms.expandDims(1).add(norms).sub(products.mul(2));
  }

  private static NDArray scores(NDArray x, int f) {
    long n = x.getShape().get(0);
    return pairwise(x).sort(1).get(new NDIndex(":, 1:{}", n - f)).sum(new int[] {1});
  }

  private static NDArray mixed(NDArray x, int f) {
    long n = x.getShape().get(0);
    NDArray nearest = pairwise(x).argSort(1).get(new NDIndex(":, 0:{}", n - f));
    NDArray weights = nearest.oneHot((int) n, DataType.FLOAT32).mean(new int[] {1});
    return weights.matMul(x);
  }

  /** Smoothed Weiszfeld steps from the zero vector, as ByzFL's geometric median. */
  static NDArray weiszfeld(NDArray x, int steps) {
    NDManager manager = x.getManager();
    NDArray z = manager.zeros(x.getShape().slice(1));
    for (int step = 0; step < steps; step++) {
      NDArray weights = x.sub(z).norm(new int[] {1}).maximum(NU).pow(-1);
      z = weights.div(weights.sum()).expandDims(0).matMul(x).squeeze(0);
    }
    return z;
  }
}
