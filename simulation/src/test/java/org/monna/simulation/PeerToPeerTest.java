package org.monna.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.Certificate;
import org.monna.Geometry;
import org.monna.Optimizer;
import org.monna.Plan;
import org.monna.optim.PolyakMomentum;
import org.monna.optim.Schedule;
import org.monna.optim.Sgd;
import org.monna.simulation.data.Dataset;
import org.monna.simulation.data.Digits;
import org.monna.simulation.data.DirichletSplit;
import org.monna.simulation.data.Randomness;
import org.monna.simulation.model.DjlModel;
import org.monna.simulation.model.GradientModel;
import org.monna.simulation.model.LinearModel;

class PeerToPeerTest {

  private static final Optimizer RATE_1 = new Sgd(1);

  /** Node i has one example, (i, 1): its models without mixing are minus that. */
  private static List<Dataset> shares(int honest) {
    return IntStream.range(0, honest).mapToObj(i -> new Dataset(new float[][] {{i, 1}}, new int[1], 1)).toList();
  }

  private static PeerToPeer learning(
      Optimizer optimizer, Aggregator rule, int honest, int f, Attack attack, long seed) {
    return new PeerToPeer(
        new LinearModel(2), new Method("", optimizer, rule), shares(honest), f, attack, 25, seed);
  }

  @Test
  void withoutByzantineNodesTheAverageIsEverywhere() {
    PeerToPeer learning = learning(RATE_1, Aggregators.parse("mean"), 5, 0, null, 1);
    learning.step();
    for (float[] model : learning.models()) {
      assertArrayEquals(new float[] {-2, -1}, model);
    }
    learning.step();
    for (float[] model : learning.models()) {
      assertArrayEquals(new float[] {-4, -2}, model);
    }
  }

  @Test
  void theFirstStepIsOneStepOfEachNode() {
    // beta = dampening = 0.5, rate 2: each model moves by 2 * 0.5 * gradient. Not by the sum of all nodes' steps.
    PeerToPeer learning =
        learning(new PolyakMomentum(Schedule.constant(2), 0.5), Aggregators.parse("mean"), 5, 0, null, 1);
    learning.step();
    assertArrayEquals(new float[] {-2, -1}, learning.models()[0]);
  }

  /** Remembers the distances from each node's own vector, and leaves every node with that. */
  private record Recorder(List<double[]> seen) implements Aggregator {

    @Override
    public Geometry.Need need(int n) {
      return Geometry.Need.fromPivot(0);
    }

    @Override
    public Plan plan(Geometry geometry) {
      int n = geometry.size();
      seen.add(IntStream.range(0, n).mapToDouble(k -> Math.sqrt(geometry.squaredDistance(0, k))).toArray());
      return Plan.mean(n, 0);
    }

    @Override
    public Certificate certificate(int n) {
      return Certificate.none(n, 0, "a test");
    }
  }

  /** Far from all honest vectors. */
  private record Far() implements Attack {

    @Override
    public float[] forge(float[][] honest, int f, Aggregator rule) {
      return new float[] {1000, 0};
    }
  }

  @Test
  void everyNodeObtainsItsOwnSomeHonestAndAllByzantineVectors() {
    int n = 12;
    int f = 3;
    Recorder recorder = new Recorder(new ArrayList<>());
    PeerToPeer learning = learning(RATE_1, recorder, n - f, f, new Far(), 1);
    Set<List<Integer>> sets = new HashSet<>();
    int[] times = new int[n - f];
    int steps = 200;
    for (int step = 1; step <= steps; step++) {
      learning.step();
      for (int node = 0; node < n - f; node++) {
        double[] distances = recorder.seen().removeFirst();
        assertEquals(n - f, distances.length);
        // Without mixing, node i is at -step (i, 1).
        for (int k = n - 2 * f; k < n - f; k++) {
          assertEquals(Math.hypot(1000 + step * node, step), distances[k], 1e-3);
        }
        if (node == 0) {
          double unit = step;
          List<Integer> others =
              IntStream.range(1, n - 2 * f).mapToObj(k -> (int) Math.round(distances[k] / unit)).sorted().toList();
          assertEquals(n - 2 * f - 1, others.stream().distinct().count());
          others.forEach(i -> times[i]++);
          sets.add(others);
        }
      }
    }
    assertEquals(0, times[0]);
    // 5 of 8 others each time: 125 of 200 on average, with a deviation of 7.
    for (int i = 1; i < times.length; i++) {
      assertEquals(125, times[i], 35);
    }
    assertTrue(sets.size() > 40, "of 56");
  }

  @Test
  void mixingUsesWhatWasSentNotWhatOthersHaveMixed() {
    // Node 1 mixes after node 0, by the vector node 0 sent.
    PeerToPeer learning = learning(RATE_1, Aggregators.parse("mean"), 2, 0, null, 1);
    learning.step();
    assertArrayEquals(new float[] {-0.5f, -1}, learning.models()[0]);
    assertArrayEquals(new float[] {-0.5f, -1}, learning.models()[1]);
  }

  /** Keeps what the honest nodes have sent. */
  private static final class Spy implements Attack {

    private float[][] honest = {};

    @Override
    public float[] forge(float[][] sent, int f, Aggregator rule) {
      honest = Stream.of(sent).map(float[]::clone).toArray(float[][]::new);
      return new float[sent[0].length];
    }
  }

  @Test
  void theAttackerSeesTheModelsAfterTheLocalStep() {
    Spy spy = new Spy();
    PeerToPeer learning = learning(RATE_1, Aggregators.parse("mean"), 4, 1, spy, 1);
    learning.step();
    for (int i = 0; i < 4; i++) {
      assertArrayEquals(new float[] {-i, -1}, spy.honest[i]);
    }
  }

  @Test
  void nnaWithAnOptimizerIsTheLibrarysMoNNA() {
    Method monna = new Method("MoNNA", RATE_1, Aggregators.parse("nna(f=2)"));
    Method other = new Method("other", RATE_1, Aggregators.parse("nna(f=2, pivot=1)"));
    assertFalse(monna.newNode(new float[3]).getClass().equals(other.newNode(new float[3]).getClass()));
    // And both mix alike if the pivot is the same vector.
    Node a = monna.newNode(new float[3]);
    Node b = Node.of(Aggregators.parse("nna(f=2)"), RATE_1, new float[3]);
    float[][] received = {{1, 2, 3}, {9, 9, 9}, {-1, 0, 0}, {100, 0, 0}, {0, 1, 0}};
    for (Node node : List.of(a, b)) {
      assertSame(node.localStep(new float[] {1, 1, 1}), node.model());
      node.mix(received);
    }
    assertArrayEquals(a.model(), b.model());
  }

  @Test
  void sameSeedSameBits() {
    for (Attack attack : Attack.ALL) {
      float[][] first = digitsModels(attack, 1);
      assertTrue(Arrays.deepEquals(first, digitsModels(attack, 1)));
      assertFalse(Arrays.deepEquals(first, digitsModels(attack, 2)));
    }
  }

  private static float[][] digitsModels(Attack attack, long seed) {
    Dataset training = Digits.load().training();
    int[][] split = DirichletSplit.split(training, 9, 1, Randomness.of(seed, "split", 0));
    try (GradientModel model = DjlModel.perceptron(64, 16, 10)) {
      PeerToPeer learning =
          new PeerToPeer(
              model,
              new Method("", new PolyakMomentum(Schedule.constant(0.5), 0.9), Aggregators.parse("nna(f=2)")),
              Stream.of(split).map(training::select).toList(),
              2,
              attack,
              10,
              seed);
      for (int step = 0; step < 10; step++) {
        learning.step();
      }
      return learning.models();
    }
  }

  @Test
  void byzantineNodesNeedAnAttack() {
    assertThrows(
        IllegalArgumentException.class, () -> learning(RATE_1, Aggregators.parse("mean"), 5, 1, null, 1));
  }
}
