package org.monna.simulation.protocol;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.monna.Aggregator;
import org.monna.Optimizer;
import org.monna.baselines.CenteredClipping;
import org.monna.optim.Schedule;
import org.monna.simulation.attack.Attack;
import org.monna.simulation.attack.Scene;
import org.monna.simulation.attack.Scene.View;
import org.monna.simulation.data.Randomness;
import org.monna.simulation.mixing.Crew;
import org.monna.simulation.mixing.Survey;
import org.monna.simulation.protocol.Stopwatch.Part;

/**
 * Learning with a server: robust distributed stochastic heavy ball (Farhadkhani et al., Byzantine Machine Learning Made
 * Easy by Resilient Averaging of Momentums, ICML 2022, arXiv 2205.12173). Every honest worker sends the momentum of its
 * gradients at the server's model; the Byzantine ones see all of these; the server aggregates all n vectors by the rule and
 * takes a step. Without momentum it is robust D-SGD.
 *
 * <p>A rule of centered clipping starts from its last result, at first from zero. Attackers who look for the worst factor reckon with
 * a start from zero in every step.
 */
final class Server extends Training {

  private final Optimizer optimizer;
  private final Schedule rate;
  private final Optimizer.State[] states;
  private final float[] model;
  private final float[][] gradient;
  private final float[][] momenta;
  private CenteredClipping.@Nullable State clipping;

  Server(Configuration configuration, Gradients gradients, Crew crew, Stopwatch clock) {
    super(configuration, gradients, crew, clock);
    this.rate = configuration.schedule();
    // From zero by a rate of -1, a step leads to the momentum itself.
    this.optimizer = configuration.optimizer(Schedule.constant(-1));
    this.model = initial.clone();
    int h = gradients.nodes();
    this.states = new Optimizer.State[h];
    Arrays.setAll(states, i -> optimizer.newState(model.length));
    this.gradient = new float[h][model.length];
    this.momenta = new float[h][model.length];
    this.clipping = rule(0) instanceof CenteredClipping rule ? rule.newState(model.length) : null;
  }

  /** The rule says itself if it is given too few vectors: now, and not when others have been trained. */
  static void checkRule(Configuration configuration) {
    try {
      configuration.ruleText().forServer(configuration.byzantine(), 0).need(configuration.nodes());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s; here the server obtains %d vectors".formatted(e.getMessage(), configuration.nodes()), e);
    }
  }

  private Aggregator rule(long step) {
    return configuration.ruleText().forServer(configuration.byzantine(), step);
  }

  @Override
  public void step() {
    clock.start();
    float[][] everywhere = new float[states.length][];
    Arrays.fill(everywhere, model);
    loss = gradients.compute(everywhere, steps, gradient, mislabelled);
    crew.forEach(
        states.length,
        i -> {
          Arrays.fill(momenta[i], 0);
          states[i].step(momenta[i], gradient[i]);
        });
    clock.took(Part.GRADIENT);
    float[][] vectors = Arrays.copyOf(momenta, configuration.nodes());
    Aggregator rule = rule(steps);
    if (attack != null) {
      Arrays.fill(vectors, momenta.length, vectors.length, forge(attack, rule));
      clock.took(Part.ATTACK);
    }
    float[] aggregated = new float[model.length];
    if (clipping != null) {
      clipping.aggregate(crew.engine(), vectors, aggregated);
    } else {
      crew.engine().aggregate(rule, vectors, aggregated);
    }
    float now = (float) rate.rate(steps);
    for (int c = 0; c < model.length; c++) {
      model[c] -= now * aggregated[c];
    }
    clock.took(Part.AGGREGATION);
    steps++;
  }

  private float[] forge(Attack attack, Aggregator rule) {
    int[] all = IntStream.range(0, momenta.length).toArray();
    float[][] forged =
        attack.forge(
            new Scene(
                new Survey(momenta, crew),
                List.of(new View(all, configuration.byzantine(), rule)),
                configuration.harmful(),
                true,
                steps,
                crew,
                Randomness.of(configuration.seed(), "attack", 0, steps),
                attackMemory,
                this::meanMislabelled));
    if (forged.length != 1 || forged[0].length != model.length) {
      throw new IllegalStateException(
          "%s made %d vectors for one server and d = %d".formatted(attack, forged.length, model.length));
    }
    return forged[0];
  }

  @Override
  public float[][] models() {
    return new float[][] {model};
  }

  @Override
  public void save(DataOutput output) throws IOException {
    output.writeLong(steps);
    Floats.write(output, model);
    for (Optimizer.State state : states) {
      state.save(output);
    }
    Floats.write(output, attackMemory);
    Floats.write(output, clipping == null ? new float[0] : clipping.centre());
  }

  @Override
  public void restore(DataInput input) throws IOException {
    steps = input.readLong();
    Floats.read(input, model);
    for (int i = 0; i < states.length; i++) {
      states[i] = optimizer.restore(input, model.length);
    }
    Floats.read(input, attackMemory);
    float[] centre = new float[clipping == null ? 0 : model.length];
    Floats.read(input, centre);
    if (rule(0) instanceof CenteredClipping rule) {
      clipping = rule.newState(centre);
    }
  }
}
