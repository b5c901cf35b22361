package org.monna.dl4j;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.monna.Aggregator;
import org.monna.Engine;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;

/**
 * Steps of a network that learns robustly from several workers, each of which has its own part of the data, in the place of {@code
 * network.fit(data)}.
 *
 * <p>DL4J keeps all gradients of a network in one contiguous array. Each worker's is copied once, from there into a float[], and the
 * result once, back into its place, from where the updater of the network takes it as in {@code fit}. For n workers and d parameters
 * this keeps n + 1 arrays of d floats. Not thread-safe.
 */
public final class RobustTrainer {

  private final MultiLayerNetwork network;
  private final Aggregator rule;
  private final Engine engine;
  private final float[] result;
  private final List<float[]> rows = new ArrayList<>();

  /** Aggregates on the calling thread. */
  public RobustTrainer(MultiLayerNetwork network, Aggregator rule) {
    this(network, rule, Engine.sequential());
  }

  /**
   * @param network initialized, with parameters of type FLOAT
   * @param rule decides for how many workers there is a result
   * @param engine aggregates
   */
  public RobustTrainer(MultiLayerNetwork network, Aggregator rule, Engine engine) {
    this.network = requireNonNull(network, "network");
    this.rule = requireNonNull(rule, "rule");
    this.engine = requireNonNull(engine, "engine");
    if (network.params() == null || network.params().dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException("the network must be initialized and its parameters of type FLOAT");
    }
    this.result = new float[Math.toIntExact(network.numParams())];
  }

  /**
   * One step.
   *
   * @param parts one for each worker, all with the same number of examples: DL4J adds the gradients of examples up and divides later
   * @throws IllegalArgumentException if there are no parts, they differ or the rule is not defined for their number; the network did not change
   */
  public void fit(List<? extends DataSet> parts) {
    int examples = checked(parts);
    while (rows.size() < parts.size()) {
      rows.add(new float[result.length]);
    }
    float[][] vectors = rows.subList(0, parts.size()).toArray(float[][]::new);
    for (int worker = 0; worker < vectors.length; worker++) {
      gradient(parts.get(worker), vectors[worker]);
    }
    engine.aggregate(rule, vectors, result);
    step(examples);
  }

  private int checked(List<? extends DataSet> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("no parts: there is one for each worker");
    }
    rule.need(parts.size());
    int examples = parts.get(0).numExamples();
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).numExamples() != examples) {
        throw new IllegalArgumentException(
            "part %d has %d examples, part 0 has %d".formatted(i, parts.get(i).numExamples(), examples));
      }
    }
    return examples;
  }

  private void gradient(DataSet part, float[] row) {
    network.setInputMiniBatchSize(part.numExamples());
    network.setInput(part.getFeatures());
    network.setLabels(part.getLabels());
    network.setLayerMaskArrays(part.getFeaturesMaskArray(), part.getLabelsMaskArray());
    try {
      network.computeGradientAndScore();
      memory(network.getFlattenedGradients()).get(row);
    } finally {
      network.clearLayerMaskArrays();
      // Not clear(), which forgets the state of the updater.
      network.clearLayersStates();
    }
  }

  /** As DL4J does after its own gradient. */
  private void step(int examples) {
    INDArray gradient = network.getFlattenedGradients();
    memory(gradient).put(result);
    int iteration = network.getIterationCount();
    int epoch = network.getEpochCount();
    network.getUpdater().update(network, network.gradient(), iteration, epoch, examples, LayerWorkspaceMgr.noWorkspaces());
    INDArray parameters = network.params();
    parameters.subi(gradient.reshape(parameters.shape()));
    network.applyConstraints(iteration, epoch);
    network.getLayerWiseConfigurations().setIterationCount(iteration + 1);
    for (TrainingListener listener : network.getListeners()) {
      listener.iterationDone(network, iteration, epoch);
    }
  }

  /** The numbers of an array: a view. */
  private static FloatPointer memory(INDArray array) {
    return new FloatPointer(array.data().addressPointer()).capacity(array.length());
  }
}
