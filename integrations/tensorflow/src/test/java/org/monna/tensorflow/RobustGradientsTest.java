package org.monna.tensorflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.monna.Aggregators;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Ten workers learn to tell four clouds of points apart; two of them send what they like. */
final class RobustGradientsTest {

  private static final int WORKERS = 10;
  private static final int ROWS = 8;
  private static final int CLASSES = 4;
  private static final int FEATURES = 8;

  @Test
  void learnsWhereTheMeanDoesNot() {
    double mean = accuracy("mean", -50);
    double robust = accuracy("nnm(f=2) | trimmed-mean(f=2)", -50);
    double robustToNan = accuracy("nnm(f=2) | trimmed-mean(f=2)", Float.NaN);

    assertTrue(mean < 0.6, "mean: " + mean);
    assertTrue(robust > 0.95, "robust: " + robust);
    assertTrue(robustToNan > 0.95, "robust to NaN: " + robustToNan);
  }

  private static double accuracy(String rule, float factor) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> x = tf.placeholder(TFloat32.class);
      Placeholder<TFloat32> y = tf.placeholder(TFloat32.class);
      Variable<TFloat32> w = tf.variable(tf.zeros(tf.array(FEATURES, CLASSES), TFloat32.class));
      Variable<TFloat32> b = tf.variable(tf.zeros(tf.array(CLASSES), TFloat32.class));
      var scores = tf.math.add(tf.linalg.matMul(x, w), b);
      var loss = tf.math.mean(tf.nn.softmaxCrossEntropyWithLogits(scores, y).loss(), tf.constant(0));
      Output<?>[] gradients = graph.addGradients(loss.asOutput(), new Output<?>[] {w.asOutput(), b.asOutput()});
      var predicted = tf.math.argMax(scores, tf.constant(1), TInt32.class);

      // The optimizer takes its gradients from placeholders.
      Placeholder<TFloat32> forW = tf.placeholder(TFloat32.class);
      Placeholder<TFloat32> forB = tf.placeholder(TFloat32.class);
      var stepW = tf.train.applyGradientDescent(w, tf.constant(0.2f), forW);
      var stepB = tf.train.applyGradientDescent(b, tf.constant(0.2f), forB);

      Random random = new Random(5);
      try (Session session = new Session(graph)) {
        session.initialize();
        RobustGradients robust = new RobustGradients(Aggregators.parse(rule));
        for (int step = 0; step < 60; step++) {
          for (int worker = 0; worker < WORKERS; worker++) {
            Batch batch = Batch.of(random, ROWS);
            try (TFloat32 rows = batch.rows();
                TFloat32 labels = batch.labels();
                Result result =
                    session.runner().feed(x, rows).feed(y, labels).fetch(gradients[0]).fetch(gradients[1]).run()) {
              if (worker >= WORKERS - 2) {
                attack(result, factor);
              }
              robust.add(result); // what was fetched for one worker: gradients[0] and gradients[1]
            }
          }
          List<TFloat32> gradient = robust.aggregate();
          try (TFloat32 gradientW = gradient.get(0);
              TFloat32 gradientB = gradient.get(1)) {
            session.runner().feed(forW, gradientW).feed(forB, gradientB).addTarget(stepW).addTarget(stepB).run().close();
          }
        }
        Batch test = Batch.of(random, 400);
        try (TFloat32 rows = test.rows();
            Result result = session.runner().feed(x, rows).fetch(predicted).run()) {
          TInt32 classes = (TInt32) result.get(0);
          int right = 0;
          for (int i = 0; i < test.classes().length; i++) {
            right += classes.getInt(i) == test.classes()[i] ? 1 : 0;
          }
          return (double) right / test.classes().length;
        }
      }
    }
  }

  private static void attack(Result gradients, float factor) {
    gradients.forEach(
        entry -> {
          TFloat32 gradient = (TFloat32) entry.getValue();
          gradient.scalars().forEach(scalar -> scalar.setFloat(factor * scalar.getFloat()));
        });
  }

  private record Batch(int[] classes, float[] features) {

    static Batch of(Random random, int rows) {
      int[] classes = new int[rows];
      float[] features = new float[rows * FEATURES];
      for (int row = 0; row < rows; row++) {
        classes[row] = random.nextInt(CLASSES);
        for (int i = 0; i < FEATURES; i++) {
          features[row * FEATURES + i] = (float) ((i % CLASSES == classes[row] ? 2 : 0) + 0.5 * random.nextGaussian());
        }
      }
      return new Batch(classes, features);
    }

    TFloat32 rows() {
      return TFloat32.tensorOf(Shape.of(classes.length, FEATURES), DataBuffers.of(features));
    }

    TFloat32 labels() {
      float[] oneHot = new float[classes.length * CLASSES];
      for (int row = 0; row < classes.length; row++) {
        oneHot[row * CLASSES + classes[row]] = 1;
      }
      return TFloat32.tensorOf(Shape.of(classes.length, CLASSES), DataBuffers.of(oneHot));
    }
  }

  @Test
  void theTensorsOfAWorkerAreOneVector() {
    RobustGradients gradients = new RobustGradients(Aggregators.parse("krum(f=1)"));
    // In the first tensor alone the second worker would win. Of the whole vectors the fourth is nearest to the others.
    float[][] first = {{0, 0}, {1, 1}, {2, 2}, {3, 3}, {50, 50}};
    float[] second = {100, 3, 0, 1, 2};
    for (int i = 0; i < second.length; i++) {
      try (TFloat32 a = TFloat32.vectorOf(first[i]);
          TFloat32 b = TFloat32.scalarOf(second[i])) {
        gradients.add(a, b);
      }
    }
    List<TFloat32> result = gradients.aggregate();
    try (TFloat32 a = result.get(0);
        TFloat32 b = result.get(1)) {
      assertArrayEquals(new float[] {3, 3}, new float[] {a.getFloat(0), a.getFloat(1)});
      assertEquals(1, b.getFloat());
    }
  }

  @Test
  void saysWhatIsWrong() {
    RobustGradients gradients = new RobustGradients(Aggregators.parse("krum(f=1)"));
    assertEquals(
        "no gradients: add comes before aggregate",
        assertThrows(IllegalStateException.class, gradients::aggregate).getMessage());
    try (TFloat32 two = TFloat32.vectorOf(1, 2);
        TFloat32 three = TFloat32.vectorOf(1, 2, 3);
        TInt32 whole = TInt32.vectorOf(1, 2)) {
      gradients.add(two);
      assertEquals(
          "worker 1 sends shapes [[3]], those before sent [[2]]",
          assertThrows(IllegalArgumentException.class, () -> gradients.add(three)).getMessage());
      assertEquals(
          "gradient 0 of worker 1 is of type DT_INT32, not TFloat32",
          assertThrows(IllegalArgumentException.class, () -> gradients.add(whole)).getMessage());
      assertTrue(assertThrows(IllegalArgumentException.class, gradients::aggregate).getMessage().contains("n = 1"));
      // What was taken is still there.
      gradients.add(two);
      gradients.add(two);
      gradients.aggregate().forEach(tensor -> {
        assertEquals(2, tensor.getFloat(1));
        tensor.close();
      });
    }
  }
}
