package org.monna.simulation.protocol;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.monna.Optimizer;
import org.monna.simulation.attack.Scene;
import org.monna.simulation.attack.Scene.View;
import org.monna.simulation.data.Randomness;
import org.monna.simulation.mixing.Crew;
import org.monna.simulation.mixing.Mixer;
import org.monna.simulation.mixing.Survey;
import org.monna.simulation.protocol.Stopwatch.Part;

/**
 * Learning without a server, step by step as in the experiments of MoNNA (arXiv 2209.10931):
 *
 * <ol>
 *   <li>every honest node computes the gradient of a batch of its own examples, at its own model, and changes its model
 *       by it, with momentum;
 *   <li>the Byzantine nodes see all these models and make their vectors;
 *   <li>every honest node obtains n-f vectors: its own model, those of n-2f-1 other honest nodes drawn anew, and those of
 *       the f Byzantine nodes, which are never late; in the synchronous form and on sparse graphs it obtains those of all
 *       whom it can hear;
 *   <li>it mixes them by the rule, and has its next model; the last three several times if there are more rounds.
 * </ol>
 *
 * <p>In LEARN (El-Mhamdi et al., Collaborative Learning in the Jungle, NeurIPS 2021, arXiv 2008.00742; as in MoNNA's
 * experiments, with one rule for both) the gradients are exchanged and mixed in the same way before the local step.
 *
 * <p>All nodes start from equal models, each with a copy of its own. Nothing is shared but what is sent.
 */
final class PeerToPeer extends Training {

  private final Network network;

  /** How often gradients are exchanged in a step: in LEARN only. */
  private final int gradientExchanges;

  private final Optimizer optimizer;

  private final Optimizer.State[] states;
  private final float[] attackMemoryOfGradients;
  private final float[][] models;
  private final float[][] gradient;

  /** Where gradients are computed, if it is not there: if what is left from the last step is used again. */
  private final float @Nullable [][] computed;

  PeerToPeer(Configuration configuration, Gradients gradients, Crew crew, Stopwatch clock) {
    super(configuration, gradients, crew, clock);
    this.network = Network.of(configuration);
    this.optimizer = configuration.optimizer(configuration.schedule());
    int h = gradients.nodes();
    int d = initial.length;
    boolean learn = configuration.protocol().equals("learn");
    boolean perWorker = configuration.hasDefect(Configuration.EXCHANGE_PER_WORKER);
    this.gradientExchanges = !learn ? 0 : perWorker ? h : 1;
    this.states = new Optimizer.State[h];
    this.models = new float[h][];
    for (int i = 0; i < h; i++) {
      states[i] = optimizer.newState(d);
      models[i] = initial.clone();
    }
    this.gradient = new float[h][d];
    this.computed = perWorker ? new float[h][d] : null;
    this.attackMemoryOfGradients = new float[learn ? attackMemory.length : 0];
  }

  @Override
  public void step() {
    clock.start();
    loss = gradients.compute(models, steps, computed == null ? gradient : computed, mislabelled);
    if (computed != null) {
      System.arraycopy(computed[0], 0, gradient[0], 0, computed[0].length);
    }
    clock.took(Part.GRADIENT);
    int rounds = configuration.rounds();
    long exchange = steps * (rounds + gradientExchanges);
    for (int k = 0; k < gradientExchanges; k++) {
      exchange(gradient, exchange++, attackMemoryOfGradients, this::meanMislabelled);
    }
    localSteps();
    clock.took(Part.GRADIENT);
    for (int round = 0; round < rounds; round++) {
      exchange(models, exchange++, attackMemory, this::mislabelledModel);
    }
    steps++;
  }

  private void localSteps() {
    if (steps == 0 && configuration.hasDefect(Configuration.SHARED_FIRST_STEP)) {
      for (int i = 0; i < states.length; i++) {
        states[i].step(models[0], gradient[i]);
      }
      Arrays.setAll(models, i -> i == 0 ? models[0] : models[0].clone());
      return;
    }
    crew.forEach(states.length, i -> states[i].step(models[i], gradient[i]));
  }

  /** Every honest node sends a vector and mixes what it obtains: the results take the place of what was sent. */
  private void exchange(float[][] sent, long exchange, float[] memory, Supplier<float[]> mislabelled) {
    List<View> views = network.views(steps);
    Survey survey = new Survey(sent, crew);
    float[][] forged = {};
    if (attack != null) {
      forged = attack.forge(scene(survey, views, exchange, memory, mislabelled));
      checkForged(forged, sent);
      clock.took(Part.ATTACK);
    }
    List<Mixer.Node> nodes = new ArrayList<>();
    for (int i = 0; i < sent.length; i++) {
      View view = views.get(i);
      int[] senders = network.senders(i, exchange);
      int[] received = Arrays.copyOf(senders, senders.length + view.byzantine());
      Arrays.fill(received, senders.length, received.length, sent.length + (forged.length > 1 ? i : 0));
      nodes.add(new Mixer.Node(view.rule(), received));
    }
    clock.took(Part.EXCHANGE);
    Mixer.mix(nodes, survey, forged, crew);
    clock.took(Part.AGGREGATION);
  }

  private Scene scene(
      Survey survey, List<View> views, long exchange, float[] memory, Supplier<float[]> mislabelled) {
    return new Scene(
        survey,
        views,
        configuration.harmful(),
        network.isComplete(),
        steps,
        crew,
        Randomness.of(configuration.seed(), "attack", 0, exchange),
        memory,
        mislabelled);
  }

  private void checkForged(float[][] forged, float[][] sent) {
    boolean possible = forged.length == 1 || forged.length == sent.length;
    for (float[] vector : forged) {
      possible &= vector.length == sent[0].length;
    }
    if (!possible) {
      throw new IllegalStateException(
          "%s made %d vectors, the first of length %d, for %d nodes and d = %d"
              .formatted(attack, forged.length, forged[0].length, sent.length, sent[0].length));
    }
  }

  /** The mean model after the local steps, moved by a plain step on wrong labels. */
  private float[] mislabelledModel() {
    float[] mislabelledGradient = meanMislabelled();
    float[] moved = crew.mean(models);
    double rate = configuration.schedule().rate(steps);
    for (int c = 0; c < moved.length; c++) {
      moved[c] = (float) (moved[c] - rate * mislabelledGradient[c]);
    }
    return moved;
  }

  @Override
  public float[][] models() {
    return models.clone();
  }

  @Override
  public void save(DataOutput output) throws IOException {
    output.writeLong(steps);
    for (int i = 0; i < models.length; i++) {
      Floats.write(output, models[i]);
      states[i].save(output);
      Floats.write(output, computed == null ? new float[0] : gradient[i]);
    }
    Floats.write(output, attackMemory);
    Floats.write(output, attackMemoryOfGradients);
  }

  @Override
  public void restore(DataInput input) throws IOException {
    steps = input.readLong();
    for (int i = 0; i < models.length; i++) {
      Floats.read(input, models[i]);
      states[i] = optimizer.restore(input, models[i].length);
      Floats.read(input, computed == null ? new float[0] : gradient[i]);
    }
    Floats.read(input, attackMemory);
    Floats.read(input, attackMemoryOfGradients);
  }
}
