package org.monna.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Dataset;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.monna.Aggregator;
import org.monna.Aggregators;

/** Ten workers learn to tell four clouds of points apart; two of them are given poisoned data. */
final class RobustTrainerTest {

  private static final int WORKERS = 10;
  private static final int BYZANTINE = 2;
  private static final int ROWS_OF_WORKER = 8;
  private static final int STEPS = 60;
  private static final int CLASSES = 4;
  private static final int FEATURES = 8;

  @BeforeAll
  static void oneThread() {
    System.setProperty("ai.djl.pytorch.num_threads", "1");
  }

  private enum Poison {
    /** Wrong labels, and features so large that one row outweighs all others. */
    LARGE {
      @Override
      float feature(float x) {
        return 1e3f * x;
      }
    },
    /** A broken sensor. */
    NAN {
      @Override
      float feature(float x) {
        return Float.NaN;
      }
    };

    abstract float feature(float x);
  }

  @Test
  void learnsWhereTheMeanDoesNot() throws Exception {
    double mean = accuracy(Aggregators.parse("mean"), Poison.LARGE);
    double robust = accuracy(Aggregators.parse("nnm(f=2) | trimmed-mean(f=2)"), Poison.LARGE);

    assertTrue(mean < 0.6, "mean: " + mean);
    assertTrue(robust > 0.95, "robust: " + robust);
  }

  /** The gradients of a worker that sends NaN do not stay in the memory it shares with the others. */
  @Test
  void survivesNan() throws Exception {
    double mean = accuracy(Aggregators.parse("mean"), Poison.NAN);
    double robust = accuracy(Aggregators.parse("nnm(f=2) | trimmed-mean(f=2)"), Poison.NAN);

    assertTrue(mean < 0.6, "mean: " + mean);
    assertTrue(robust > 0.95, "robust: " + robust);
  }

  @Test
  void theExampleLearns() throws Exception {
    try (Model model = model();
        Trainer trainer = example(model, config(), new Shape(1, FEATURES), data(model.getNDManager(), STEPS, BYZANTINE, Poison.LARGE))) {
      double accuracy = accuracy(trainer);
      assertTrue(accuracy > 0.95, "example: " + accuracy);
    }
  }

  private static Trainer example(Model model, TrainingConfig config, Shape row, Dataset training) throws Exception {
    Aggregator rule = Aggregators.parse("nnm(f=2) | trimmed-mean(f=2)"); // of ten workers two may be anything
    Trainer trainer = new RobustTrainer(model, config, rule, 10); // was: model.newTrainer(config)
    trainer.initialize(row);
    EasyTrain.fit(trainer, 1, training, null);
    return trainer;
  }

  /** DJL's own trainer under the same attack. */
  @Test
  void theTrainerOfDjlDoesNotLearn() throws Exception {
    try (Model model = model();
        Trainer trainer = model.newTrainer(config())) {
      double accuracy = accuracy(trainer, Poison.LARGE);
      assertTrue(accuracy < 0.6, "DJL: " + accuracy);
    }
  }

  /** Without attack, the mean of the workers is what DJL computes from the whole batch. */
  @Test
  void theMeanIsWhatDjlComputes() throws Exception {
    float[] expected;
    float[] actual;
    try (Model model = model();
        Trainer trainer = model.newTrainer(config())) {
      expected = parametersAfterOneStep(trainer);
    }
    try (Model model = model();
        Trainer trainer = new RobustTrainer(model, config(), Aggregators.parse("mean"), WORKERS)) {
      actual = parametersAfterOneStep(trainer);
    }
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], 1e-5, "parameter " + i);
    }
  }

  private static float[] parametersAfterOneStep(Trainer trainer) throws Exception {
    trainer.initialize(new Shape(1, FEATURES));
    for (var batch : trainer.iterateDataset(data(trainer.getManager(), 1, 0, Poison.NAN))) {
      EasyTrain.trainBatch(trainer, batch);
      trainer.step();
      batch.close();
    }
    float[] all = new float[0];
    for (var parameter : trainer.getModel().getBlock().getParameters().values()) {
      float[] values = parameter.getArray().toFloatArray();
      int at = all.length;
      all = Arrays.copyOf(all, at + values.length);
      System.arraycopy(values, 0, all, at, values.length);
    }
    return all;
  }

  @Test
  void saysWhatIsWrong() {
    Aggregator rule = Aggregators.parse("krum(f=2)");
    try (Model model = model()) {
      assertTrue(
          assertThrows(IllegalArgumentException.class, () -> new RobustTrainer(model, config(), rule, 4))
              .getMessage()
              .contains("krum"));
      assertEquals(
          "the number of workers must be at least 1, not 0",
          assertThrows(IllegalArgumentException.class, () -> new RobustTrainer(model, config(), rule, 0)).getMessage());
      try (Trainer trainer = new RobustTrainer(model, config(), rule, 5)) {
        trainer.initialize(new Shape(1, FEATURES));
        assertEquals(
            "no gradients: backward comes before step",
            assertThrows(IllegalStateException.class, trainer::step).getMessage());
      }
    }
  }

  /** The server in a loop of one's own: each step is one aggregation over all parameters. */
  @Test
  void aServerAggregatesAllParametersTogether() {
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      NDArray a = manager.create(new float[] {0, 0});
      NDArray b = manager.create(new float[] {0});
      a.setRequiresGradient(true);
      b.setRequiresGradient(true);
      Optimizer sgd = Optimizer.sgd().setLearningRateTracker(Tracker.fixed(1)).build();
      try (RobustParameterServer server = new RobustParameterServer(Aggregators.parse("krum(f=1)"), sgd)) {
        server.init("a", new NDArray[] {a});
        server.init("b", new NDArray[] {b});
        // In a alone the second worker would win: 1. Of the whole vectors the fourth is nearest to the others.
        update(server, "a", a, new float[][] {{0, 0}, {1, 1}, {2, 2}, {3, 3}, {50, 50}});
        update(server, "b", b, new float[][] {{100}, {3}, {0}, {1}, {2}});
        assertEquals(0, a.getFloat(0), "nothing changes before the step");
        server.step();
        assertEquals(-3, a.getFloat(0));
        assertEquals(-1, b.getFloat(0));
        assertThrows(IllegalStateException.class, server::step);
      }
    }
  }

  private static void update(RobustParameterServer server, String id, NDArray parameter, float[][] gradients) {
    NDArray[] arrays = new NDArray[gradients.length];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = parameter.getManager().create(gradients[i]);
    }
    server.update(id, arrays, new NDArray[] {parameter});
  }

  private static double accuracy(Aggregator rule, Poison poison) throws Exception {
    try (Model model = model();
        Trainer trainer = new RobustTrainer(model, config(), rule, WORKERS)) {
      return accuracy(trainer, poison);
    }
  }

  private static double accuracy(Trainer trainer, Poison poison) throws Exception {
    trainer.initialize(new Shape(1, FEATURES));
    EasyTrain.fit(trainer, 1, data(trainer.getManager(), STEPS, BYZANTINE, poison), null);
    return accuracy(trainer);
  }

  private static double accuracy(Trainer trainer) throws Exception {
    int right = 0;
    int rows = 0;
    for (var batch : trainer.iterateDataset(data(trainer.getManager(), 5, 0, Poison.NAN))) {
      try (NDArray scores = trainer.evaluate(batch.getData()).singletonOrThrow();
          NDArray best = scores.argMax(1)) {
        long[] predicted = best.toLongArray();
        float[] labels = batch.getLabels().singletonOrThrow().toFloatArray();
        float[] numbers = scores.toFloatArray();
        for (int i = 0; i < labels.length; i++) {
          // Whoever knows nothing more than NaN is not right by chance.
          right += predicted[i] == (long) labels[i] && !Float.isNaN(numbers[i * CLASSES]) ? 1 : 0;
          rows++;
        }
      }
      batch.close();
    }
    return (double) right / rows;
  }

  private static Model model() {
    Engine.getEngine("PyTorch").setRandomSeed(7);
    SequentialBlock network = new SequentialBlock();
    network.add(Linear.builder().setUnits(16).build());
    network.add(Activation.reluBlock());
    network.add(Linear.builder().setUnits(CLASSES).build());
    Model model = Model.newInstance("clouds", "PyTorch");
    model.setBlock(network);
    return model;
  }

  private static DefaultTrainingConfig config() {
    return new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
        .optDevices(new Device[] {Device.cpu()})
        .optOptimizer(Optimizer.sgd().setLearningRateTracker(Tracker.fixed(0.2f)).build());
  }

  /** Batches in which the last workers' rows are poisoned. */
  private static ArrayDataset data(NDManager manager, int batches, int byzantine, Poison poison) {
    Random random = new Random(5);
    int batch = WORKERS * ROWS_OF_WORKER;
    float[] features = new float[batches * batch * FEATURES];
    float[] labels = new float[batches * batch];
    for (int row = 0; row < labels.length; row++) {
      int label = random.nextInt(CLASSES);
      boolean honest = row % batch / ROWS_OF_WORKER < WORKERS - byzantine;
      labels[row] = honest ? label : (label + 1) % CLASSES;
      for (int i = 0; i < FEATURES; i++) {
        float x = (float) ((i % CLASSES == label ? 2 : 0) + 0.5 * random.nextGaussian());
        features[row * FEATURES + i] = honest ? x : poison.feature(x);
      }
    }
    return new ArrayDataset.Builder()
        .setData(manager.create(features, new Shape(labels.length, FEATURES)))
        .optLabels(manager.create(labels))
        .setSampling(batch, false)
        .build();
  }
}
