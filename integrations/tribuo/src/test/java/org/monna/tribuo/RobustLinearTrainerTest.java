package org.monna.tribuo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.SGD;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Ten workers learn to tell four clouds of points apart; two of them are given poisoned data. */
final class RobustLinearTrainerTest {

  private static final int WORKERS = 10;
  private static final int EXAMPLES = 4;
  private static final int CLASSES = 4;
  private static final int FEATURES = 8;

  /** Kept, since a logger that nobody holds forgets its level. */
  private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

  @BeforeAll
  static void quiet() {
    TRIBUO.setLevel(Level.WARNING);
  }

  @Test
  void learnsWhereTheMeanDoesNot() {
    MutableDataset<Label> training = data(50, 2);
    MutableDataset<Label> test = data(10, 0);

    Aggregator rule = Aggregators.parse("nnm(f=2) | trimmed-mean(f=2)"); // of ten workers two may send anything
    Trainer<Label> trainer = // was: new LinearSGDTrainer(new LogMulticlass(), SGD.getSimpleSGD(0.01), 2, -1, 10 * 4, 1)
        new RobustLinearTrainer(new LogMulticlass(), SGD.getSimpleSGD(0.01), 2, rule, 10, 4);
    Model<Label> model = trainer.train(training);

    Trainer<Label> plain = new LinearSGDTrainer(new LogMulticlass(), SGD.getSimpleSGD(0.01), 2, -1, WORKERS * EXAMPLES, 1);
    double attacked = accuracy(plain.train(training), test);
    double mean = accuracy(robust(Aggregators.parse("mean")).train(training), test);
    double robust = accuracy(model, test);
    assertTrue(attacked < 0.6, "Tribuo: " + attacked);
    assertTrue(mean < 0.6, "mean: " + mean);
    assertTrue(robust > 0.95, "robust: " + robust);
  }

  /** Without attack, the mean of the workers is what Tribuo computes, and the model can be stored. */
  @Test
  void theMeanIsWhatTribuoComputes() {
    MutableDataset<Label> training = data(3, 0);
    LinearSGDTrainer plain = new LinearSGDTrainer(new LogMulticlass(), SGD.getSimpleSGD(0.01), 2, -1, WORKERS * EXAMPLES, 1);
    plain.setShuffle(false);
    double[][] expected = plain.train(training).getWeightsCopy().toArray();

    var model = robust(Aggregators.parse("mean")).train(training);

    double[][] actual = model.getWeightsCopy().toArray();
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < expected[i].length; j++) {
        assertEquals(expected[i][j], actual[i][j], 1e-6);
      }
    }
    assertEquals(model.getClass().getName(), model.serialize().getClassName());
  }

  @Test
  void saysWhatIsWrong() {
    RobustLinearTrainer trainer = robust(Aggregators.parse("median"));
    MutableDataset<Label> part = data(1, 0);
    part.add(example(new Random(1), true));
    assertEquals(
        "41 examples do not make whole minibatches of 40",
        assertThrows(IllegalArgumentException.class, () -> trainer.train(part)).getMessage());
    trainer.setShuffle(true);
    assertEquals(
        "shuffled examples would belong to nobody",
        assertThrows(IllegalArgumentException.class, () -> trainer.train(data(1, 0))).getMessage());
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> robust(Aggregators.parse("krum(f=5)"))).getMessage().contains("krum"));
    assertEquals(
        "no minibatch: 0 workers with 4 examples each",
        assertThrows(
                IllegalArgumentException.class,
                () -> new RobustLinearTrainer(new LogMulticlass(), SGD.getSimpleSGD(1), 1, Aggregators.parse("median"), 0, 4))
            .getMessage());
  }

  private static RobustLinearTrainer robust(Aggregator rule) {
    return new RobustLinearTrainer(new LogMulticlass(), SGD.getSimpleSGD(0.01), 2, rule, WORKERS, EXAMPLES);
  }

  private static double accuracy(Model<Label> model, MutableDataset<Label> test) {
    return new LabelEvaluator().evaluate(model, test).accuracy();
  }

  private static MutableDataset<Label> data(int minibatches, int byzantine) {
    MutableDataset<Label> data =
        new MutableDataset<>(new SimpleDataSourceProvenance("clouds", new LabelFactory()), new LabelFactory());
    Random random = new Random(5);
    for (int i = 0; i < minibatches * WORKERS * EXAMPLES; i++) {
      data.add(example(random, i % (WORKERS * EXAMPLES) / EXAMPLES < WORKERS - byzantine));
    }
    return data;
  }

  /** A poisoned example is so large that it outweighs all others, with a wrong label. */
  private static ArrayExample<Label> example(Random random, boolean honest) {
    int label = random.nextInt(CLASSES);
    String[] names = new String[FEATURES];
    double[] values = new double[FEATURES];
    for (int i = 0; i < FEATURES; i++) {
      names[i] = "x" + i;
      values[i] = ((i % CLASSES == label ? 2 : 0) + 0.5 * random.nextGaussian()) * (honest ? 1 : 1e3);
    }
    return new ArrayExample<>(new Label("c" + (honest ? label : (label + 1) % CLASSES)), names, values);
  }
}
