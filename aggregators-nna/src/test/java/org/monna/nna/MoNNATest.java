package org.monna.nna;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.monna.Engine;
import org.monna.optim.PolyakMomentum;
import org.monna.optim.Schedule;
import org.monna.optim.Sgd;

/** A node against a straightforward implementation of the algorithm in double. */
class MoNNATest {

  private static final int D = 37;

  /** The algorithm as it is written down, for one node. */
  private static final class Plain {

    private final double beta;
    private final int f;
    private final double[] model;
    private final double[] momentum;

    Plain(float[] model, int f, double beta) {
      this.model = doubles(model);
      this.momentum = new double[model.length];
      this.f = f;
      this.beta = beta;
    }

    void localStep(float[] gradient, double rate) {
      for (int c = 0; c < model.length; c++) {
        momentum[c] = beta * momentum[c] + (1 - beta) * gradient[c];
        model[c] -= rate * momentum[c];
      }
    }

    void mix(double[][] received) {
      double[] own = model.clone();
      List<double[]> nearest =
          Arrays.stream(received).sorted(Comparator.comparingDouble(x -> distance(x, own))).toList();
      int kept = received.length + 1 - f;
      for (int c = 0; c < own.length; c++) {
        double sum = own[c];
        for (double[] vector : nearest.subList(0, kept - 1)) {
          sum += vector[c];
        }
        model[c] = sum / kept;
      }
    }
  }

  private static double[] doubles(float[] vector) {
    double[] doubles = new double[vector.length];
    Arrays.setAll(doubles, c -> vector[c]);
    return doubles;
  }

  private static double distance(double[] x, double[] y) {
    double sum = 0;
    for (int c = 0; c < x.length; c++) {
      sum += (x[c] - y[c]) * (x[c] - y[c]);
    }
    // NaN ranks last.
    return Double.isNaN(sum) ? Double.POSITIVE_INFINITY : sum;
  }

  private static float[] gaussian(RandomGenerator random, double spread) {
    float[] vector = new float[D];
    for (int c = 0; c < D; c++) {
      vector[c] = (float) (spread * random.nextGaussian());
    }
    return vector;
  }

  private static void assertNear(double[] expected, float[] actual) {
    for (int c = 0; c < expected.length; c++) {
      assertEquals(expected[c], actual[c], 2e-5 * (1 + Math.abs(expected[c])));
    }
  }

  /** Eleven nodes of which the last two send anything; each honest one obtains all but f vectors, some of them late. */
  @Test
  void nodesFollowTheAlgorithm() {
    int n = 11;
    int f = 2;
    Schedule rate = Schedule.inverse(0.75, 5, 5);
    RandomGenerator random = new SplittableRandom(7);
    MoNNA[] nodes = new MoNNA[n - f];
    Plain[] plain = new Plain[n - f];
    for (int i = 0; i < nodes.length; i++) {
      float[] initial = gaussian(random, 1);
      nodes[i] = new MoNNA(initial, f, new PolyakMomentum(rate, 0.9));
      plain[i] = new Plain(initial, f, 0.9);
    }
    for (int step = 0; step < 20; step++) {
      float[][] sent = new float[n][];
      double[][] plainSent = new double[n][];
      for (int i = 0; i < nodes.length; i++) {
        float[] gradient = gaussian(random, 0.2);
        float[] given = gradient.clone();
        sent[i] = nodes[i].localStep(gradient).clone();
        assertArrayEquals(given, gradient);
        plain[i].localStep(gradient, rate.rate(step));
        assertNear(plain[i].model, nodes[i].model());
        plainSent[i] = plain[i].model.clone();
      }
      for (int i = nodes.length; i < n; i++) {
        sent[i] = step % 2 == 0 ? gaussian(random, 1e6) : new float[D];
        Arrays.fill(sent[i], step % 5 == 0 ? 0 : D, D, Float.NaN);
        plainSent[i] = doubles(sent[i]);
      }
      for (int i = 0; i < nodes.length; i++) {
        int own = i;
        int late = random.nextInt(n - f);
        int[] obtained = IntStream.range(0, n).filter(j -> j != own && j != late).limit(n - f - 1).toArray();
        nodes[i].mix(Arrays.stream(obtained).mapToObj(j -> sent[j]).toArray(float[][]::new));
        plain[i].mix(Arrays.stream(obtained).mapToObj(j -> plainSent[j]).toArray(double[][]::new));
        assertNear(plain[i].model, nodes[i].model());
      }
    }
  }

  @Test
  void inputsAreCopiedAndLeftAlone() {
    float[] initial = {1, 2};
    MoNNA node = new MoNNA(initial, 1, new Sgd(1));
    initial[0] = 99;
    assertArrayEquals(new float[] {1, 2}, node.model());
    float[][] received = {{1, 2}, {3, 4}};
    node.mix(received);
    assertArrayEquals(new float[] {1, 2}, received[0]);
    assertArrayEquals(new float[] {3, 4}, received[1]);
    assertArrayEquals(new float[] {1, 2}, node.model());
    received[0][0] = 77;
    node.mix(new float[] {1, 4}, new float[] {50, 50});
    assertArrayEquals(new float[] {1, 3}, node.model());
  }

  @Test
  void mixingManyTimesInAStep() {
    MoNNA node = new MoNNA(new float[] {0}, 0, new Sgd(1));
    node.mix(new float[] {1});
    node.mix(new float[] {1});
    node.mix(new float[] {1});
    assertArrayEquals(new float[] {0.875f}, node.model());
  }

  @Test
  void workersDoNotMatter() {
    int d = 100_000;
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try {
      RandomGenerator random = new SplittableRandom(1);
      float[][] received = new float[5][d];
      for (float[] vector : received) {
        for (int c = 0; c < d; c++) {
          vector[c] = (float) random.nextGaussian();
        }
      }
      MoNNA alone = new MoNNA(new float[d], 2, new Sgd(1));
      MoNNA together = new MoNNA(new float[d], 2, new Sgd(1), Engine.on(executor, 3));
      alone.mix(received);
      together.mix(received);
      assertArrayEquals(alone.model(), together.model());
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void whatWasReceivedIsCalledByItsIndex() {
    MoNNA node = new MoNNA(new float[2], 1, new Sgd(1));
    assertEquals(
        "MoNNA: received[1] has length 3, but the model has length 2 (n = 3, f = 1)",
        assertThrows(IllegalArgumentException.class, () -> node.mix(new float[2], new float[3])).getMessage());
    assertEquals(
        "received[0]", assertThrows(NullPointerException.class, () -> node.mix(null, new float[2])).getMessage());
  }

  @Test
  void goesOnExactlyWhereItWasSaved() throws IOException {
    RandomGenerator random = new SplittableRandom(3);
    PolyakMomentum optimizer = new PolyakMomentum(Schedule.inverse(1, 3, 1), 0.99);
    MoNNA node = new MoNNA(gaussian(random, 1), 1, optimizer);
    for (int step = 0; step < 5; step++) {
      node.localStep(gaussian(random, 1));
      node.mix(gaussian(random, 1), gaussian(random, 1));
    }
    ByteArrayOutputStream saved = new ByteArrayOutputStream();
    node.save(new DataOutputStream(saved));
    MoNNA other = new MoNNA(new float[D], 1, optimizer);
    other.restore(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
    for (int step = 0; step < 5; step++) {
      float[] gradient = gaussian(random, 1);
      float[][] received = {gaussian(random, 1), gaussian(random, 1), gaussian(random, 1)};
      node.localStep(gradient);
      other.localStep(gradient);
      node.mix(received);
      other.mix(received);
      assertArrayEquals(node.model(), other.model());
    }
  }

  @Test
  void failedRestoresChangeNothing() throws IOException {
    PolyakMomentum optimizer = new PolyakMomentum(Schedule.constant(1), 0.5);
    MoNNA node = new MoNNA(new float[] {1, 2}, 0, optimizer);
    node.localStep(new float[] {1, 1});
    ByteArrayOutputStream saved = new ByteArrayOutputStream();
    node.save(new DataOutputStream(saved));
    MoNNA other = new MoNNA(new float[] {5, 6}, 0, optimizer);
    for (int length = 0; length < saved.size(); length++) {
      byte[] part = Arrays.copyOf(saved.toByteArray(), length);
      assertThrows(
          IOException.class, () -> other.restore(new DataInputStream(new ByteArrayInputStream(part))));
      assertArrayEquals(new float[] {5, 6}, other.model());
    }
    MoNNA longer = new MoNNA(new float[3], 0, optimizer);
    IOException refusal =
        assertThrows(
            IOException.class,
            () -> longer.restore(new DataInputStream(new ByteArrayInputStream(saved.toByteArray()))));
    assertTrue(refusal.getMessage().matches(".*2.*3.*"), refusal.getMessage());
  }

  @Test
  void wrongArgumentsAreNamed() {
    MoNNA node = new MoNNA(new float[] {1, 2}, 1, new Sgd(1));
    IllegalArgumentException few = assertThrows(IllegalArgumentException.class, () -> node.mix(new float[2]));
    assertTrue(few.getMessage().matches(".*MoNNA.*2f.*n = 2.*f = 1.*"), few.getMessage());
    assertThrows(IllegalArgumentException.class, () -> node.mix(new float[2], new float[3]));
    assertThrows(IllegalArgumentException.class, () -> node.localStep(new float[3]));
    assertThrows(NullPointerException.class, () -> node.mix((float[][]) null));
    assertThrows(NullPointerException.class, () -> node.mix(new float[2], null));
    assertThrows(IllegalArgumentException.class, () -> new MoNNA(new float[2], -1, new Sgd(1)));
    assertThrows(IllegalArgumentException.class, () -> new MoNNA(new float[0], 0, new Sgd(1)));
    assertThrows(NullPointerException.class, () -> new MoNNA(null, 0, new Sgd(1)));
    assertThrows(NullPointerException.class, () -> new MoNNA(new float[2], 0, null));
    assertArrayEquals(new float[] {1, 2}, node.model());
  }
}
