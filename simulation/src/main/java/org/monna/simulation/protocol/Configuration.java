package org.monna.simulation.protocol;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.monna.Optimizer;
import org.monna.optim.PolyakMomentum;
import org.monna.optim.Schedule;
import org.monna.optim.Sgd;
import org.monna.simulation.attack.Attack;
import org.monna.simulation.attack.Attacks;
import org.monna.simulation.mixing.RuleText;

/**
 * All that one training depends on.
 *
 * @param method its name, for people
 * @param data the examples
 * @param model what is trained
 * @param split how the training examples are shared out among the honest nodes
 * @param augmentation "none", or "mirror": each image of a batch is mirrored with probability one half
 * @param protocol one of {@link #PROTOCOLS}
 * @param graph who hears whom: {@link Graph}
 * @param nodes n, the Byzantine ones included
 * @param byzantine f: so many nodes are Byzantine, unless there is no attack, and rules and waiting reckon with so many
 * @param localByzantine on a sparse graph, with how many Byzantine neighbours each node reckons; -1 for as many as it has
 * @param rule a {@link RuleText}
 * @param rounds K, how often models are mixed in a step
 * @param attack an {@link Attack}, or "none"
 * @param steps of every node
 * @param batch the number of examples in a gradient of the first step
 * @param batchGrowth so many more in each step that follows
 * @param rate the learning rate of the first step
 * @param decay the steps after which the rate is halved, {@code rate / (step / decay + 1)}; 0 for a constant rate
 * @param decayEvery the rate changes at multiples of this only
 * @param momentum beta of the Polyak momentum, and its dampening
 * @param penalty this times the norm of the parameters is added to the loss
 * @param testEvery the steps from one test to the next; 0 for ten tests in all
 * @param testExamples the number of test examples in tests before the last step; 0 for all, as in the last
 * @param publishedDefects "none", or some of {@link #DEFECTS} joined by commas
 * @param seed of all random choices
 */
public record Configuration(
    String method,
    String data,
    String model,
    String split,
    String augmentation,
    String protocol,
    String graph,
    int nodes,
    int byzantine,
    int localByzantine,
    String rule,
    int rounds,
    String attack,
    int steps,
    int batch,
    int batchGrowth,
    double rate,
    double decay,
    int decayEvery,
    double momentum,
    double penalty,
    int testEvery,
    int testExamples,
    String publishedDefects,
    long seed) {

  /** Peer to peer, n-f vectors obtained; all obtained; gradients and models exchanged; workers' momenta and a server. */
  public static final List<String> PROTOCOLS = List.of("monna", "synchronous", "learn", "server");

  /** The name of an attack that is none. */
  public static final String NO_ATTACK = "none";

  static final String MIRROR = "mirror";

  /** In the first step all honest nodes change one common model. */
  static final String SHARED_FIRST_STEP = "shared-first-step";

  /**
   * LEARN exchanges gradients once for each worker, and what was mixed takes the place of all gradients before the next worker
   * adds its own to a list that nobody reads any more: only the first worker's gradient is ever used, with what the last step left.
   */
  static final String EXCHANGE_PER_WORKER = "exchange-per-worker";

  /** Errors in the published scripts that change results. */
  public static final List<String> DEFECTS = List.of(SHARED_FIRST_STEP, EXCHANGE_PER_WORKER);

  /** What holds where an experiment says nothing. */
  public static final Configuration DEFAULT =
      new Configuration(
          "",
          "digits",
          "mlp(64)",
          "dirichlet(1)",
          "none",
          "monna",
          "complete",
          26,
          5,
          -1,
          "nna(f={f})",
          1,
          NO_ATTACK,
          300,
          25,
          0,
          0.75,
          150,
          1,
          0.99,
          0,
          0,
          0,
          "none",
          1);

  /**
   * Checks everything that can be checked without the data.
   *
   * @throws IllegalArgumentException with a sentence that says what is not possible
   */
  public void check() {
    require(byzantine >= 0, "the number of Byzantine nodes is %d, but cannot be negative".formatted(byzantine));
    // In long, since the sum can be too large for an int.
    require(
        nodes >= byzantine + 2L,
        "at least 2 nodes must be honest, but %d of %d are Byzantine".formatted(byzantine, nodes));
    atLeast("steps", steps, 1);
    atLeast("batch", batch, 1);
    atLeast("batchGrowth", batchGrowth, 0);
    atLeast("rounds", rounds, 1);
    require(Double.isFinite(rate) && rate > 0, "rate is %s, but must be a number greater than 0".formatted(rate));
    atLeast("decay", decay, 0);
    atLeast("decayEvery", decayEvery, 1);
    require(momentum >= 0 && momentum < 1, "momentum is %s, but must be from 0 to less than 1".formatted(momentum));
    atLeast("penalty", penalty, 0);
    atLeast("testEvery", testEvery, 0);
    atLeast("testExamples", testExamples, 0);
    atLeast("localByzantine", localByzantine, -1);
    oneOf("augmentation", augmentation, List.of("none", MIRROR));
    oneOf("protocol", protocol, PROTOCOLS);
    for (String defect : defects()) {
      oneOf("publishedDefects", defect, Stream.concat(Stream.of("none"), DEFECTS.stream()).toList());
    }
    require(
        !hasDefect(EXCHANGE_PER_WORKER) || (protocol.equals("learn") && momentum == 0),
        "%s is a defect of LEARN without momentum: the protocol must be learn and momentum 0"
            .formatted(EXCHANGE_PER_WORKER));
    Attack forging = attackOrNull();
    if (forging != null) {
      forging.check(honest());
    }
    if (protocol.equals("server")) {
      require(graph.equals("complete"), "a server hears all nodes, so the graph cannot be " + graph);
      require(rounds == 1, "a server aggregates once in a step, so rounds cannot be " + rounds);
      require(!hasDefect(SHARED_FIRST_STEP), SHARED_FIRST_STEP + " is a defect of nodes without a server");
      Server.checkRule(this);
    } else {
      Network.of(this).checkRules();
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  private static void atLeast(String key, double value, int least) {
    String text = value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    require(value >= least && Double.isFinite(value), "%s is %s, but must be at least %d".formatted(key, text, least));
  }

  private static void oneOf(String key, String value, List<String> known) {
    require(known.contains(value), "unknown %s \"%s\"; known are %s".formatted(key, value, String.join(", ", known)));
  }

  private List<String> defects() {
    return Stream.of(publishedDefects.split(",", -1)).map(String::strip).toList();
  }

  boolean hasDefect(String defect) {
    return defects().contains(defect);
  }

  /** The number of examples in a gradient of a step, if a node has so many. */
  long batch(long step) {
    return batch + batchGrowth * step;
  }

  /** The attack, if there is one. */
  @Nullable Attack attackOrNull() {
    return byzantine == 0 || attack.equals(NO_ATTACK) ? null : Attacks.parse(attack);
  }

  /** How many nodes do harm. */
  int harmful() {
    return attack.equals(NO_ATTACK) ? 0 : byzantine;
  }

  /** How many nodes are honest. */
  public int honest() {
    return nodes - harmful();
  }

  RuleText ruleText() {
    return new RuleText(rule);
  }

  Schedule schedule() {
    return decay == 0 ? Schedule.constant(rate) : Schedule.inverse(rate, decay, decayEvery);
  }

  Optimizer optimizer(Schedule schedule) {
    return momentum == 0 ? new Sgd(schedule) : new PolyakMomentum(schedule, momentum);
  }
}
