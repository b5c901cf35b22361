package org.monna.simulation.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.monna.simulation.data.Dataset;
import org.monna.simulation.data.Randomness;
import org.monna.simulation.mixing.Crew;
import org.monna.simulation.model.LinearModel;
import org.monna.simulation.model.ModelPool;

class ProtocolTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int D = 12;

  /** The default, less of everything, with these keys set: {@code "rule=mean attack=zero"}. */
  private static Configuration configuration(String keys) {
    ObjectNode tree = JSON.valueToTree(Configuration.DEFAULT);
    tree.put("nodes", 9).put("byzantine", 2).put("decay", 0).put("rate", 1);
    for (String pair : keys.isEmpty() ? new String[0] : keys.split(" ", -1)) {
      String[] parts = pair.split("=", 2);
      try {
        tree.set(parts[0], tree.get(parts[0]).isTextual() ? tree.textNode(parts[1]) : JSON.readTree(parts[1]));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    try {
      return JSON.treeToValue(tree, Configuration.class);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Each node has one example, whose row is the gradient wherever it is. */
  private static List<Dataset> shares(int honest) {
    RandomGenerator random = Randomness.of(5, "rows", 0);
    List<Dataset> shares = new ArrayList<>();
    for (int i = 0; i < honest; i++) {
      float[] row = new float[D];
      for (int c = 0; c < D; c++) {
        row[c] = (float) (1 + random.nextGaussian());
      }
      shares.add(new Dataset(new float[][] {row}, new int[1], 1));
    }
    return shares;
  }

  /** Each node has one image, of 2 x 2 pixels in three colours. */
  private static List<Dataset> images(int honest) {
    float[] same = new float[256];
    for (int b = 0; b < 256; b++) {
      same[b] = b;
    }
    List<Dataset> shares = new ArrayList<>();
    for (int i = 0; i < honest; i++) {
      byte[] pixels = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, (byte) i};
      shares.add(Dataset.ofImages(pixels, 2, new float[][] {same, same, same}, new int[1], 1));
    }
    return shares;
  }

  private static Protocol protocol(Configuration configuration, int threads) {
    configuration.check();
    int honest = configuration.honest();
    return Protocol.of(
        configuration,
        configuration.augmentation().equals("mirror") ? images(honest) : shares(honest),
        new ModelPool(() -> new LinearModel(D)),
        new Crew(threads, 1),
        new Stopwatch());
  }

  private static double[][] doubles(List<Dataset> shares) {
    return shares.stream()
        .map(share -> share.rows()[0])
        .map(row -> IntStream.range(0, row.length).mapToDouble(c -> row[c]).toArray())
        .toArray(double[][]::new);
  }

  private static double[] mean(List<double[]> vectors) {
    double[] mean = new double[D];
    for (double[] vector : vectors) {
      for (int c = 0; c < D; c++) {
        mean[c] += vector[c] / vectors.size();
      }
    }
    return mean;
  }

  /** The mean of the keep vectors nearest to the first. */
  private static double[] nearest(List<double[]> vectors, int keep) {
    double[] own = vectors.getFirst();
    List<double[]> sorted = new ArrayList<>(vectors);
    sorted.sort(
        Comparator.comparingDouble(
            x -> IntStream.range(0, D).mapToDouble(c -> (x[c] - own[c]) * (x[c] - own[c])).sum()));
    return mean(sorted.subList(0, keep));
  }

  private static double[] scaled(double[] vector, double factor) {
    return Arrays.stream(vector).map(x -> factor * x).toArray();
  }

  private static void assertModels(double[][] expected, float[][] models) {
    assertEquals(expected.length, models.length);
    for (int i = 0; i < models.length; i++) {
      for (int c = 0; c < D; c++) {
        assertEquals(expected[i][c], models[i][c], 1e-4, "node " + i);
      }
    }
  }

  /** MoNNA written out: momentum, step, n-f obtained, the n-2f nearest averaged; K rounds. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void monnaIsThatOfThePaper(int rounds) {
    Configuration c = configuration("attack=sign-flipping momentum=0.9 rate=0.5 rounds=" + rounds);
    Protocol protocol = protocol(c, 1);
    Network network = Network.of(c);
    double[][] gradients = doubles(shares(7));
    double[][] models = new double[7][D];
    double[][] momenta = new double[7][D];
    for (int step = 0; step < 5; step++) {
      for (int i = 0; i < 7; i++) {
        for (int k = 0; k < D; k++) {
          momenta[i][k] = 0.9 * momenta[i][k] + 0.1 * gradients[i][k];
          models[i][k] -= 0.5 * momenta[i][k];
        }
      }
      for (int round = 0; round < rounds; round++) {
        double[] forged = scaled(mean(List.of(models)), -1);
        double[][] mixed = new double[7][];
        for (int i = 0; i < 7; i++) {
          List<double[]> received = new ArrayList<>();
          for (int sender : network.senders(i, (long) step * rounds + round)) {
            received.add(models[sender]);
          }
          received.add(forged);
          received.add(forged);
          assertEquals(9 - 2, received.size());
          mixed[i] = nearest(received, 9 - 2 * 2);
        }
        models = mixed;
      }
      protocol.step();
      assertModels(models, protocol.models());
    }
  }

  @Test
  void theSynchronousFormObtainsAll() {
    Protocol protocol = protocol(configuration("protocol=synchronous attack=zero momentum=0"), 1);
    double[][] models = Arrays.stream(doubles(shares(7))).map(g -> scaled(g, -1)).toArray(double[][]::new);
    double[][] mixed = new double[7][];
    for (int i = 0; i < 7; i++) {
      List<double[]> received = new ArrayList<>(List.of(models));
      received.remove(i);
      received.addFirst(models[i]);
      received.add(new double[D]);
      received.add(new double[D]);
      mixed[i] = nearest(received, 9 - 2);
    }
    protocol.step();
    assertModels(mixed, protocol.models());
  }

  @Test
  void learnExchangesGradientsAsWell() {
    Protocol protocol = protocol(configuration("protocol=learn attack=zero momentum=0"), 1);
    Network network = Network.of(configuration("protocol=learn attack=zero momentum=0"));
    double[][] vectors = doubles(shares(7));
    for (int exchange = 0; exchange < 2; exchange++) {
      double[][] mixed = new double[7][];
      for (int i = 0; i < 7; i++) {
        List<double[]> received = new ArrayList<>();
        for (int sender : network.senders(i, exchange)) {
          received.add(vectors[sender]);
        }
        received.add(new double[D]);
        received.add(new double[D]);
        mixed[i] = nearest(received, 5);
      }
      // First of the gradients, then of the models that they lead to.
      vectors = exchange == 0 ? Arrays.stream(mixed).map(g -> scaled(g, -1)).toArray(double[][]::new) : mixed;
    }
    protocol.step();
    assertModels(vectors, protocol.models());
  }

  /** The published loop as it is: what was mixed takes the place of the list while its old members are gone through. */
  @Test
  void theDefectOfLearnUsesOneGradient() {
    String keys = "protocol=learn attack=zero momentum=0 publishedDefects=exchange-per-worker";
    Configuration c = configuration(keys);
    Protocol protocol = protocol(c, 1);
    Network network = Network.of(c);
    double[][] gradients = doubles(shares(7));
    List<double[]> list = new ArrayList<>();
    double[][] models = new double[7][D];
    for (int i = 0; i < 7; i++) {
      list.add(new double[D]);
    }
    int exchange = 0;
    for (int step = 0; step < 3; step++) {
      List<double[]> members = List.copyOf(list);
      for (int i = 0; i < 7; i++) {
        System.arraycopy(gradients[i], 0, members.get(i), 0, D);
        list = mixed(list, network, exchange++);
      }
      for (int i = 0; i < 7; i++) {
        for (int k = 0; k < D; k++) {
          models[i][k] -= list.get(i)[k];
        }
      }
      models = mixed(List.of(models), network, exchange++).toArray(double[][]::new);
      protocol.step();
      assertModels(models, protocol.models());
    }
  }

  private static List<double[]> mixed(List<double[]> sent, Network network, long exchange) {
    List<double[]> mixed = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      List<double[]> received = new ArrayList<>();
      for (int sender : network.senders(i, exchange)) {
        received.add(sent.get(sender));
      }
      received.add(new double[D]);
      received.add(new double[D]);
      mixed.add(nearest(received, 5));
    }
    return mixed;
  }

  @Test
  void batchesGrowUntilTheyHoldAllExamples() {
    Configuration c = configuration("batch=1 batchGrowth=3 rule=mean nodes=2 byzantine=0 momentum=0");
    float[][] rows = new float[8][1];
    for (int i = 0; i < 8; i++) {
      rows[i][0] = 1 << 3 * i;
    }
    Dataset eight = new Dataset(rows, new int[8], 1);
    Protocol protocol =
        Protocol.of(
            c, List.of(eight, eight), new ModelPool(() -> new LinearModel(1)), new Crew(1, 1), new Stopwatch());
    for (int size : new int[] {1, 4, 7, 8, 8}) {
      double before = protocol.models()[0][0];
      protocol.step();
      // Two batches of so many different powers of 8, averaged.
      long total = Math.round((before - protocol.models()[0][0]) * 2 * size);
      int digits = 0;
      for (long rest = total; rest > 0; rest /= 8) {
        digits += (int) (rest % 8);
      }
      assertEquals(2 * size, digits);
    }
  }

  @Test
  void imagesAreMirroredAnewByEachNodeInEachStep() {
    Protocol protocol = protocol(configuration("augmentation=mirror protocol=server rule=mean momentum=0"), 1);
    float before = 0;
    Set<Float> steps = new HashSet<>();
    for (int step = 0; step < 20; step++) {
      protocol.step();
      steps.add(protocol.models()[0][0] - before);
      before = protocol.models()[0][0];
    }
    // The first pixel is 0 or, mirrored, 1: a step is minus the share of the nodes whose image is.
    assertTrue(steps.size() > 3, "" + steps);
    steps.forEach(step -> assertTrue(step <= 0 && step >= -1, "" + steps));
  }

  @Test
  void aServerAggregatesMomenta() {
    Configuration c = configuration("protocol=server attack=sign-flipping momentum=0.9 rule=mean rate=0.5");
    Protocol protocol = protocol(c, 1);
    double[] gradient = mean(List.of(doubles(shares(7))));
    double momentum = 0;
    double moved = 0;
    for (int step = 0; step < 4; step++) {
      momentum = 0.9 * momentum + 0.1;
      // 7 honest vectors and 2 of the opposite of their mean.
      moved -= 0.5 * momentum * (7 - 2) / 9;
      protocol.step();
      assertModels(new double[][] {scaled(gradient, moved)}, protocol.models());
    }
  }

  /** The centre is the last result: with a short reach the steps grow longer from one to the next. */
  @Test
  void aServerThatClipsRemembersItsCentre() {
    Protocol protocol = protocol(configuration("protocol=server momentum=0 rule=centered-clipping(tau=0.5)"), 1);
    protocol.step();
    double first = norm(protocol.models()[0]);
    protocol.step();
    double second = norm(protocol.models()[0]);
    assertTrue(first <= 0.5 + 1e-6 && second > 2.5 * first, first + " " + second);
  }

  private static double norm(float[] vector) {
    double sum = 0;
    for (float value : vector) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }

  @Test
  void withoutAttackAllNodesAreHonest() {
    Configuration c = configuration("protocol=synchronous rule=mean momentum=0");
    Protocol protocol = protocol(c, 1);
    protocol.step();
    double[] mean = scaled(mean(List.of(doubles(shares(9)))), -1);
    double[][] everywhere = new double[9][];
    Arrays.fill(everywhere, mean);
    assertModels(everywhere, protocol.models());
  }

  @Test
  void theDefectAddsAllFirstSteps() {
    double[] sum = scaled(mean(List.of(doubles(shares(7)))), -7);
    double[][] everywhere = new double[7][];
    Arrays.fill(everywhere, sum);
    Protocol protocol = protocol(configuration("momentum=0 attack=mimic publishedDefects=shared-first-step"), 1);
    protocol.step();
    assertModels(everywhere, protocol.models());
  }

  @Test
  void thePenaltyPullsToZeroByItsOwnLength() {
    Configuration c = configuration("protocol=server momentum=0 rule=mean penalty=0.3");
    Protocol protocol = protocol(c, 1);
    protocol.step();
    double before = norm(protocol.models()[0]);
    protocol.step();
    // All models are on a line: 2 plain steps, less 0.3.
    assertEquals(2 * before - 0.3, norm(protocol.models()[0]), 1e-4);
  }

  @Test
  void labelFlippingIsAPlainStepOnWrongLabels() {
    // The gradient of the linear model does not read labels: the forged model is the mean one step farther.
    Configuration c = configuration("protocol=synchronous rule=mean momentum=0.5 attack=label-flipping");
    Protocol protocol = protocol(c, 1);
    protocol.step();
    double[] mean = mean(List.of(doubles(shares(7))));
    double[][] everywhere = new double[7][];
    Arrays.fill(everywhere, scaled(mean, -(0.5 * 7 + 1.5 * 2) / 9));
    assertModels(everywhere, protocol.models());
  }

  @Test
  void sendersAreDrawnEvenlyAndAnew() {
    Network network = Network.of(configuration("attack=zero nodes=12 byzantine=3"));
    Set<List<Integer>> sets = new HashSet<>();
    int[] times = new int[9];
    for (int exchange = 0; exchange < 200; exchange++) {
      int[] senders = network.senders(4, exchange);
      assertEquals(12 - 2 * 3, senders.length);
      assertEquals(4, senders[0]);
      assertEquals(senders.length, IntStream.of(senders).distinct().count());
      IntStream.of(senders).skip(1).forEach(i -> times[i]++);
      sets.add(IntStream.of(senders).sorted().boxed().toList());
    }
    assertEquals(0, times[4]);
    // 5 of 8 others each time: 125 of 200 on average, with a deviation of 7.
    IntStream.range(0, 9).filter(i -> i != 4).forEach(i -> assertEquals(125, times[i], 35));
    assertTrue(sets.size() > 40, "of 56");
  }

  @Test
  void onASparseGraphNodesReckonWithTheirByzantineNeighbours() {
    Configuration c = configuration("protocol=synchronous graph=ring(2) nodes=14 rule=nna(f={f}) attack=zero");
    c.check();
    Network network = Network.of(c);
    int harmful = 0;
    for (var view : network.views(0)) {
      harmful += view.byzantine();
      assertEquals(5, view.honest().length + view.byzantine());
      assertEquals("nna(f=%d, pivot=0)".formatted(view.byzantine()), view.rule().toString());
    }
    // Each of the two has four neighbours; they may be neighbours of each other.
    assertTrue(harmful == 8 || harmful == 6, "" + harmful);
    Protocol protocol = protocol(c, 1);
    protocol.step();
    assertEquals(12, protocol.models().length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attack=alie",
        "attack=foe rule=trimmed-mean(f={f})",
        "attack=mimic-heuristic(learning=3) momentum=0.5",
        "attack=gaussian rounds=2",
        "attack=dissension protocol=synchronous graph=random-regular(6) rule=nna(f=1)",
        "attack=label-flipping protocol=learn",
        "attack=alie protocol=learn momentum=0 publishedDefects=exchange-per-worker,shared-first-step",
        "attack=foe augmentation=mirror",
        "attack=alie rule=bucketing(s=2,seed=1,round={step})|median",
        "attack=alie protocol=server rule=centered-clipping(tau=1)",
        "attack=min-max protocol=server rule=geometric-median"
      })
  void savedAndRestoredOnAnyThreadsItGivesTheSameBits(String keys) throws IOException {
    Configuration c = configuration(keys);
    Protocol whole = protocol(c, 1);
    for (int step = 0; step < 4; step++) {
      whole.step();
    }
    ByteArrayOutputStream saved = new ByteArrayOutputStream();
    whole.save(new DataOutputStream(saved));
    Protocol resumed = protocol(c, 3);
    resumed.restore(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
    assertEquals(4, resumed.steps());
    Protocol other = protocol(configuration(keys + " seed=2"), 1);
    for (int step = 0; step < 4; step++) {
      other.step();
    }
    for (int step = 0; step < 3; step++) {
      whole.step();
      resumed.step();
      other.step();
      assertTrue(Arrays.deepEquals(whole.models(), resumed.models()));
      assertEquals(whole.loss(), resumed.loss());
    }
    byte[] cut = Arrays.copyOf(saved.toByteArray(), saved.size() - 9);
    assertThrows(
        IOException.class, () -> protocol(c, 1).restore(new DataInputStream(new ByteArrayInputStream(cut))));
    if (!keys.contains("server")) {
      assertFalse(Arrays.deepEquals(whole.models(), other.models()), "the seed draws senders, noise or a graph");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nan", "infinity"})
  void whatIsNotFiniteDoesNoHarm(String attack) {
    Protocol protocol = protocol(configuration("attack=" + attack), 1);
    for (int step = 0; step < 3; step++) {
      protocol.step();
    }
    for (float[] model : protocol.models()) {
      for (float value : model) {
        assertTrue(Float.isFinite(value));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          byzantine=-1              ~ the number of Byzantine nodes is -1, but cannot be negative
          byzantine=8               ~ at least 2 nodes must be honest, but 8 of 9 are Byzantine
          byzantine=3               ~ nna(f=3, pivot=0) needs n > 2f, but n = 6 and f = 3; here every node obtains 6 vectors
          protocol=server byzantine=5 ~ nna(f=5, pivot=0) needs n > 2f, but n = 9 and f = 5; here the server obtains 9
          steps=0                   ~ steps is 0, but must be at least 1
          batch=0                   ~ batch is 0, but must be at least 1
          rounds=0                  ~ rounds is 0, but must be at least 1
          rate=-1                   ~ rate is -1.0, but must be a number greater than 0
          momentum=1                ~ momentum is 1.0, but must be from 0 to less than 1
          attack=rumours            ~ unknown attack "rumours"
          rule=median(f=1)          ~ median has no parameter "f"; it has none
          rule=nearest              ~ unknown rule "nearest"; known are
          rule=mean nodes=10 byzantine=5 attack=zero ~ every node waits for n-f = 5 vectors, and f = 5 of them may be Byzantine ones
          rule=mean nodes=10 byzantine=6 attack=zero ~ every node waits for n-f = 4 vectors, and f = 6 of them may be Byzantine ones
          rule=bucketing(s=2)|median ~ bucketing(s=2, seed=0) draws anew with every call, whoever calls: give it the step
          rule=nnm(f={f})|centered-clipping(tau=1) ~ nnm(f=2) | centered-clipping(tau=1.0): centered-clipping starts from
          rounds=2 protocol=server  ~ a server aggregates once in a step, so rounds cannot be 2
          publishedDefects=shared-first-step protocol=server ~ shared-first-step is a defect of nodes without a server
          protocol=gossip           ~ unknown protocol "gossip"; known are monna, synchronous, learn, server
          batchGrowth=-1            ~ batchGrowth is -1, but must be at least 0
          augmentation=crop         ~ unknown augmentation "crop"; known are none, mirror
          publishedDefects=all      ~ unknown publishedDefects "all"; known are none, shared-first-step
          publishedDefects=exchange-per-worker ~ exchange-per-worker is a defect of LEARN without momentum: the protocol
          graph=ring(1)             ~ on the graph ring(1) nodes wait for all neighbours: the protocol must be synchronous
          graph=star protocol=synchronous ~ unknown graph "star"
          graph=ring(1) protocol=server ~ a server hears all nodes, so the graph cannot be ring(1)
          graph=ring(1) protocol=synchronous rule=nna(f=2) ~ nna(f=2, pivot=0) needs n > 2f, but n = 3 and f = 2; here a node
          graph=ring(1) protocol=synchronous byzantine=7 nodes=40 ~ no places for 7 Byzantine nodes were found on the graph
          """)
  void impossibleConfigurationsAreToldInASentence(String keys, String message) {
    Configuration configuration = configuration(keys);
    String told = assertThrows(IllegalArgumentException.class, configuration::check).getMessage();
    assertTrue(told.startsWith(message), told);
  }

  @Test
  void sharesMustFit() {
    Configuration c = configuration("attack=zero");
    assertThrows(
        IllegalArgumentException.class,
        () ->
            Protocol.of(
                c, shares(8), new ModelPool(() -> new LinearModel(D)), new Crew(1, 1), new Stopwatch()));
  }

  @Test
  void initialModelsAreCopies() {
    Protocol protocol = protocol(configuration("rule=mean"), 1);
    assertArrayEquals(new float[D], protocol.models()[0]);
    assertFalse(protocol.models()[0] == protocol.models()[1]);
  }
}
