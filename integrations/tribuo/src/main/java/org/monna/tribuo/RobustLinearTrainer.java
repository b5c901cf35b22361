package org.monna.tribuo;

import static java.util.Objects.requireNonNull;

import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.monna.Aggregator;
import org.monna.Engine;
import org.tribuo.Dataset;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.LabelObjective;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.math.LinearParameters;
import org.tribuo.math.StochasticGradientOptimiser;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.la.Matrix;
import org.tribuo.math.la.MatrixTuple;
import org.tribuo.math.la.Tensor;
import org.tribuo.provenance.ModelProvenance;

/**
 * A linear classifier, learned robustly from several workers, in the place of {@link LinearSGDTrainer}.
 *
 * <p>A worker is one part of a minibatch: examples i b to (i+1) b - 1 of each n b examples are those of worker i, in the order of the
 * data set, which is not shuffled. Tribuo adds the gradients of all examples of a minibatch up; here they are added up for each worker,
 * and the result of the rule, times n, takes the place of the sum, so that learning rates stay what they were. Numbers are added to the
 * float[] of a worker as they are made, and the result is copied once, into the matrix that the optimiser is given.
 */
public final class RobustLinearTrainer extends LinearSGDTrainer {

  private final Aggregator rule;
  private final Engine engine;
  private final int examplesOfWorker;

  /** Aggregates on the calling thread. */
  public RobustLinearTrainer(
      LabelObjective objective, StochasticGradientOptimiser optimiser, int epochs, Aggregator rule, int workers, int examplesOfWorker) {
    this(objective, optimiser, epochs, rule, workers, examplesOfWorker, Engine.sequential());
  }

  /**
   * @param epochs passes through the data
   * @param rule must be defined for this number of workers
   * @param workers n, at least 1
   * @param examplesOfWorker b, the examples of one worker in each minibatch, at least 1; n b is at least 2
   * @param engine aggregates
   * @throws IllegalArgumentException if the rule is not defined for n workers
   */
  public RobustLinearTrainer(
      LabelObjective objective,
      StochasticGradientOptimiser optimiser,
      int epochs,
      Aggregator rule,
      int workers,
      int examplesOfWorker,
      Engine engine) {
    super(objective, optimiser, epochs, -1, minibatch(rule, workers, examplesOfWorker), Trainer.DEFAULT_SEED);
    this.rule = rule;
    this.engine = requireNonNull(engine, "engine");
    this.examplesOfWorker = examplesOfWorker;
    this.shuffle = false;
    this.rng = new SplittableRandom(seed);
  }

  private static int minibatch(Aggregator rule, int workers, int examplesOfWorker) {
    requireNonNull(rule, "rule");
    // Tribuo does not merge the gradients of a single example.
    if (workers < 1 || examplesOfWorker < 1 || (long) workers * examplesOfWorker < 2) {
      throw new IllegalArgumentException("no minibatch: %d workers with %d examples each".formatted(workers, examplesOfWorker));
    }
    rule.need(workers);
    return Math.multiplyExact(workers, examplesOfWorker);
  }

  /** @throws IllegalArgumentException if the examples do not make whole minibatches, or someone asks for shuffled ones */
  @Override
  public LinearSGDModel train(Dataset<Label> examples, Map<String, Provenance> runProvenance, int invocationCount) {
    if (examples.size() == 0 || examples.size() % minibatchSize != 0) {
      throw new IllegalArgumentException(
          "%d examples do not make whole minibatches of %d".formatted(examples.size(), minibatchSize));
    }
    if (shuffle) {
      throw new IllegalArgumentException("shuffled examples would belong to nobody");
    }
    return super.train(examples, runProvenance, invocationCount);
  }

  @Override
  protected LinearParameters createParameters(int numFeatures, int numOutputs, SplittableRandom localRNG) {
    return new Merged(super.createParameters(numFeatures, numOutputs, localRNG).getWeightMatrix());
  }

  /** The model is one of Tribuo, which can be stored. */
  @Override
  protected LinearSGDModel createModel(
      String name,
      ModelProvenance provenance,
      ImmutableFeatureMap featureMap,
      ImmutableOutputInfo<Label> outputInfo,
      LinearParameters parameters) {
    return super.createModel(name, provenance, featureMap, outputInfo, new LinearParameters(parameters.getWeightMatrix()));
  }

  /** Parameters that merge the gradients of a minibatch by the rule. */
  @SuppressWarnings("serial") // is never stored
  private final class Merged extends LinearParameters {

    private final int columns;
    private final float[][] rows;
    private final float[] result;

    Merged(DenseMatrix weights) {
      super(weights);
      this.columns = weights.getDimension2Size();
      int d = Math.multiplyExact(weights.getDimension1Size(), columns);
      this.rows = new float[minibatchSize / examplesOfWorker][d];
      this.result = new float[d];
    }

    @Override
    public Tensor[] merge(Tensor[][] gradients, int size) {
      for (int worker = 0; worker < rows.length; worker++) {
        Arrays.fill(rows[worker], 0);
        for (int i = worker * examplesOfWorker; i < (worker + 1) * examplesOfWorker; i++) {
          for (MatrixTuple entry : (Matrix) gradients[i][0]) {
            rows[worker][entry.i * columns + entry.j] += (float) entry.value;
          }
        }
      }
      engine.aggregate(rule, rows, result);
      DenseMatrix merged = new DenseMatrix(result.length / columns, columns);
      for (int i = 0; i < result.length; i++) {
        merged.set(i / columns, i % columns, (double) rows.length * result[i]);
      }
      return new Tensor[] {merged};
    }
  }
}
