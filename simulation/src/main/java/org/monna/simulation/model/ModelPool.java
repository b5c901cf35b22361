package org.monna.simulation.model;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;

/** As many equal models as there are threads that compute gradients at a time. */
public final class ModelPool implements AutoCloseable {

  private final Supplier<GradientModel> factory;
  private final Queue<GradientModel> idle = new ConcurrentLinkedQueue<>();

  public ModelPool(Supplier<GradientModel> factory) {
    this.factory = factory;
  }

  /** Lends a model to this thread alone. */
  public <T> T use(Function<GradientModel, T> work) {
    GradientModel model = idle.poll();
    if (model == null) {
      model = factory.get();
    }
    try {
      return work.apply(model);
    } finally {
      idle.add(model);
    }
  }

  /** Frees the models, none of which may be in use. */
  @Override
  public void close() {
    for (GradientModel model = idle.poll(); model != null; model = idle.poll()) {
      model.close();
    }
  }
}
