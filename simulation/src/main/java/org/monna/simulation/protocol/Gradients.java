package org.monna.simulation.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.monna.simulation.data.Dataset;
import org.monna.simulation.data.Randomness;
import org.monna.simulation.mixing.Crew;
import org.monna.simulation.model.ModelPool;
import org.monna.simulation.model.NormPenalty;

/** The gradients of the honest nodes, each on a batch of its own examples, drawn anew in each step. */
final class Gradients {

  private final Configuration configuration;
  private final List<Dataset> shares;
  private final ModelPool models;
  private final Crew crew;

  Gradients(Configuration configuration, List<Dataset> shares, ModelPool models, Crew crew) {
    this.configuration = configuration;
    this.shares = shares;
    this.models = models;
    this.crew = crew;
  }

  /** The number of honest nodes. */
  int nodes() {
    return shares.size();
  }

  float[] initialParameters() {
    return models.use(model -> model.initialParameters(configuration.seed()));
  }

  /**
   * Computes all gradients.
   *
   * @param parameters where, for each node
   * @param out overwritten
   * @param mislabelled overwritten by the gradients on the same batches with labels counted from the end, if wanted
   * @return the mean loss
   */
  double compute(float[][] parameters, long step, float[][] out, float @Nullable [][] mislabelled) {
    double[] losses = new double[shares.size()];
    crew.forEach(
        losses.length,
        i -> {
          Dataset batch = batch(i, step);
          losses[i] = gradient(parameters[i], batch, out[i]);
          if (mislabelled != null) {
            gradient(parameters[i], mislabel(batch), mislabelled[i]);
          }
        });
    return Arrays.stream(losses).sum() / losses.length;
  }

  private double gradient(float[] parameters, Dataset batch, float[] out) {
    double penalty = configuration.penalty();
    return models.use(
        model -> (penalty == 0 ? model : new NormPenalty(model, penalty)).gradient(parameters, batch, out));
  }

  private Dataset batch(int node, long step) {
    Dataset share = shares.get(node);
    int[] examples = IntStream.range(0, share.size()).toArray();
    int size = (int) Math.min(configuration.batch(step), examples.length);
    Randomness.drawToFront(examples, size, Randomness.of(configuration.seed(), "batches", node, step));
    Dataset batch = share.select(Arrays.copyOf(examples, size));
    return configuration.augmentation().equals(Configuration.MIRROR)
        ? batch.mirrored(Randomness.of(configuration.seed(), "mirrored", node, step))
        : batch;
  }

  private static Dataset mislabel(Dataset batch) {
    return batch.relabelled(label -> batch.classes() - 1 - label);
  }
}
