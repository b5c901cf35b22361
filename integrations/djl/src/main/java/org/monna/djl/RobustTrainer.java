package org.monna.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.Pair;
import java.util.List;
import java.util.function.Predicate;
import org.monna.Aggregator;
import org.monna.Engine;

/**
 * A trainer that learns robustly from several workers, in the place of {@code model.newTrainer(config)}.
 *
 * <p>A worker is one part of a batch: {@code EasyTrain} splits each batch into as many parts as {@link #getDevices} has entries and
 * calls {@code backward} for each, so the rows i b to (i+1) b - 1 of a batch of n b rows are those of worker i. Each call of {@code
 * backward} between two steps is one vector, whoever calls it, and {@link #step} aggregates all of them; see {@link
 * RobustParameterServer} for what becomes of them. Workers share the devices of the configuration in turn, so that many workers can be
 * trained on one CPU.
 *
 * <p>DJL has no way to give a trainer a parameter server: an engine makes it. Therefore this is a subclass with a parameter store of
 * its own. As {@code newTrainer} does, it gives the model the initializers of the configuration; it does not unfreeze the parameters
 * of a model that was loaded: {@code model.getBlock().freezeParameters(false)} does. Calls of {@code backward} come one after the
 * other, even from several threads.
 */
public final class RobustTrainer extends Trainer {

  private final int workers;
  private final RobustParameterServer server;
  private final ParameterStore store;
  private int taken;

  /** Aggregates on the thread that calls {@link #step}. */
  public RobustTrainer(Model model, TrainingConfig config, Aggregator rule, int workers) {
    this(model, config, rule, workers, Engine.sequential());
  }

  /**
   * @param model with a block
   * @param config with an optimizer, a loss and different devices
   * @param rule must be defined for this number of workers
   * @param workers the number n of parts of a batch, at least 1
   * @param engine aggregates
   * @throws IllegalArgumentException if the rule is not defined for n workers
   */
  public RobustTrainer(Model model, TrainingConfig config, Aggregator rule, int workers, Engine engine) {
    super(initialized(model, config, rule, workers), config);
    this.workers = workers;
    this.server = new RobustParameterServer(rule, config.getOptimizer(), engine);
    this.store = new ParameterStore(getManager(), false);
    store.setParameterServer(server, super.getDevices());
  }

  /** Checks before anything is made. */
  private static Model initialized(Model model, TrainingConfig config, Aggregator rule, int workers) {
    if (workers < 1) {
      throw new IllegalArgumentException("the number of workers must be at least 1, not " + workers);
    }
    rule.need(workers);
    for (Pair<Initializer, Predicate<Parameter>> pair : config.getInitializers()) {
      if (pair.getKey() != null && pair.getValue() != null) {
        model.getBlock().setInitializer(pair.getKey(), pair.getValue());
      }
    }
    return model;
  }

  /** One for each worker, so that batches are split among them; the devices of the configuration in turn. */
  @Override
  public Device[] getDevices() {
    Device[] devices = super.getDevices();
    // Listeners are told of the trainer by the constructor above, before there are workers.
    Device[] each = new Device[Math.max(workers, devices.length)];
    for (int i = 0; i < each.length; i++) {
      each[i] = devices[i % devices.length];
    }
    return each;
  }

  @Override
  public void initialize(Shape... shapes) {
    Model model = getModel();
    model.getBlock().initialize(model.getNDManager(), model.getDataType(), shapes);
    for (Parameter parameter : model.getBlock().getParameters().values()) {
      for (Device device : super.getDevices()) {
        store.getValue(parameter, device, true);
      }
    }
  }

  @Override
  public NDList forward(NDList input) {
    long begin = System.nanoTime();
    NDList output = getModel().getBlock().forward(store, input, true);
    addMetric("forward", begin);
    return output;
  }

  @Override
  @SuppressWarnings("NullAway") // DJL passes null where there are no parameters of the call
  public NDList forward(NDList data, NDList labels) {
    long begin = System.nanoTime();
    NDList output = getModel().getBlock().forward(store, data, labels, null);
    addMetric("forward", begin);
    return output;
  }

  @Override
  public NDList evaluate(NDList input) {
    return getModel().getBlock().forward(store, input, false);
  }

  /** As of DJL, but each call of {@code backward} is one worker's gradient, not added to those before. */
  @Override
  public GradientCollector newGradientCollector() {
    GradientCollector gradients = super.newGradientCollector();
    return new GradientCollector() {

      @Override
      public void backward(NDArray target) {
        // Copies of a parameter are shared by the workers of a device, and so is the memory of its gradient.
        synchronized (store) {
          gradients.backward(target);
          take(target.getDevice());
        }
      }

      @Override
      public void zeroGradients() {
        gradients.zeroGradients();
      }

      @Override
      public void close() {
        gradients.close();
      }
    };
  }

  private void take(Device device) {
    for (Parameter parameter : trainable()) {
      try (NDArray gradient = store.getValue(parameter, device, true).getGradient()) {
        server.take(taken, parameter.getId(), gradient);
        // An engine adds to what is there, and a NaN would stay for ever. Subtracting it from itself would leave it.
        gradient.set(new NDIndex("..."), 0);
      }
    }
    taken++;
  }

  private List<Parameter> trainable() {
    return getModel().getBlock().getParameters().values().stream().filter(Parameter::requiresGradient).toList();
  }

  /**
   * Aggregates all gradients since the last step and updates the parameters on all devices.
   *
   * @throws IllegalStateException if {@code backward} was not called
   * @throws IllegalArgumentException if the rule is not defined for as many gradients as there were
   */
  @Override
  public void step() {
    long begin = System.nanoTime();
    synchronized (store) {
      taken = 0;
      for (Parameter parameter : trainable()) {
        NDArray[] copies = new NDArray[super.getDevices().length];
        for (int i = 0; i < copies.length; i++) {
          copies[i] = store.getValue(parameter, super.getDevices()[i], true);
        }
        server.willUpdate(parameter.getId(), copies);
      }
      server.step();
    }
    addMetric("step", begin);
  }

  @Override
  public void close() {
    store.sync();
    super.close();
  }
}
