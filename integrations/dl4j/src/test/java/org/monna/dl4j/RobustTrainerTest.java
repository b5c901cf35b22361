package org.monna.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.monna.Aggregators;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Ten workers learn to tell four clouds of points apart; two of them have poisoned data. */
final class RobustTrainerTest {

  private static final int WORKERS = 10;
  private static final int EXAMPLES = 8;
  private static final int CLASSES = 4;
  private static final int FEATURES = 8;

  @Test
  void learnsWhereTheMeanDoesNot() {
    double mean = accuracy("mean", 1e3f);
    double robust = accuracy("nnm(f=2) | trimmed-mean(f=2)", 1e3f);
    double robustToNan = accuracy("nnm(f=2) | trimmed-mean(f=2)", Float.NaN);

    assertTrue(mean < 0.6, "mean: " + mean);
    assertTrue(robust > 0.95, "robust: " + robust);
    assertTrue(robustToNan > 0.95, "robust to NaN: " + robustToNan);
  }

  private static double accuracy(String rule, float factor) {
    Random random = new Random(5);
    MultiLayerNetwork network = network(false);
    RobustTrainer trainer = new RobustTrainer(network, Aggregators.parse(rule));
    for (int step = 0; step < 30; step++) {
      List<DataSet> parts = new ArrayList<>();
      for (int worker = 0; worker < WORKERS; worker++) {
        parts.add(data(random, EXAMPLES, worker < WORKERS - 2 ? 1 : factor));
      }
      trainer.fit(parts); // was: network.fit(DataSet.merge(parts))
    }
    DataSet test = data(random, 400, 1);
    INDArray scores = network.output(test.getFeatures());
    if (scores.isNaN().any()) {
      return 0; // whoever knows nothing more than NaN is not right by chance
    }
    INDArray right = scores.argMax(1).eq(test.getLabels().argMax(1));
    return right.castTo(scores.dataType()).meanNumber().doubleValue();
  }

  /** Without attack, the mean of the workers is what DL4J computes from all data, with its own updater. */
  @Test
  void theMeanIsWhatDl4jComputes() {
    Random random = new Random(3);
    MultiLayerNetwork expected = network(true);
    MultiLayerNetwork actual = network(true);
    RobustTrainer trainer = new RobustTrainer(actual, Aggregators.parse("mean"));
    for (int step = 0; step < 3; step++) {
      List<DataSet> parts = new ArrayList<>();
      for (int worker = 0; worker < WORKERS; worker++) {
        parts.add(data(random, EXAMPLES, 1));
      }
      expected.fit(DataSet.merge(parts));
      trainer.fit(parts);
    }
    assertArrayEquals(expected.params().toFloatVector(), actual.params().toFloatVector(), 1e-4f);
    assertEquals(expected.getIterationCount(), actual.getIterationCount());
  }

  @Test
  void saysWhatIsWrong() {
    Random random = new Random(3);
    MultiLayerNetwork network = network(false);
    float[] before = network.params().toFloatVector();
    RobustTrainer trainer = new RobustTrainer(network, Aggregators.parse("krum(f=1)"));
    DataSet eight = data(random, 8, 1);
    assertTrue(assertThrows(IllegalArgumentException.class, () -> trainer.fit(List.of(eight))).getMessage().contains("n = 1"));
    assertEquals(
        "part 2 has 7 examples, part 0 has 8",
        assertThrows(IllegalArgumentException.class, () -> trainer.fit(List.of(eight, eight, data(random, 7, 1)))).getMessage());
    // A rule that asks nothing of n.
    RobustTrainer mean = new RobustTrainer(network, Aggregators.parse("mean"));
    assertEquals(
        "no parts: there is one for each worker",
        assertThrows(IllegalArgumentException.class, () -> mean.fit(List.of())).getMessage());
    assertArrayEquals(before, network.params().toFloatVector());
  }

  private static MultiLayerNetwork network(boolean adam) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(7)
                .updater(adam ? new Adam(1e-2) : new Sgd(0.2))
                .list()
                .layer(new DenseLayer.Builder().nIn(FEATURES).nOut(16).activation(Activation.RELU).build())
                .layer(
                    new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                        .nIn(16)
                        .nOut(CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
    network.init();
    return network;
  }

  /** Wrong labels, and features so large that one row outweighs all others, unless the factor is 1. */
  private static DataSet data(Random random, int examples, float factor) {
    float[][] features = new float[examples][FEATURES];
    float[][] labels = new float[examples][CLASSES];
    for (int row = 0; row < examples; row++) {
      int label = random.nextInt(CLASSES);
      labels[row][factor == 1 ? label : (label + 1) % CLASSES] = 1;
      for (int i = 0; i < FEATURES; i++) {
        features[row][i] = factor * (float) ((i % CLASSES == label ? 2 : 0) + 0.5 * random.nextGaussian());
      }
    }
    return new DataSet(Nd4j.create(features), Nd4j.create(labels));
  }
}
