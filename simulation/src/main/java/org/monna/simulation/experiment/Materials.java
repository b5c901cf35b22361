package org.monna.simulation.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.monna.simulation.data.DataSets;
import org.monna.simulation.data.Dataset;
import org.monna.simulation.data.Examples;
import org.monna.simulation.data.Randomness;
import org.monna.simulation.data.Split;
import org.monna.simulation.model.GradientModel;
import org.monna.simulation.model.ModelPool;
import org.monna.simulation.model.Models;
import org.monna.simulation.protocol.Configuration;

/** What trainings are made of: examples and models, made once for all that want the same. Thread-safe. */
public final class Materials implements AutoCloseable {

  private final @Nullable Path folder;
  private final Map<String, Examples> examples = new HashMap<>();
  private final Map<String, ModelPool> models = new HashMap<>();

  /**
   * @param folder where the files of data sets are; null means where packages install them
   */
  public Materials(@Nullable Path folder) {
    this.folder = folder;
  }

  /**
   * Checks that there are such data, images if they are to be mirrored, such a split for so many nodes, and such a model.
   *
   * @throws IllegalArgumentException with a sentence, if not
   * @throws IOException with a sentence, if the data cannot be read
   */
  public void check(Configuration configuration) throws IOException {
    Dataset training = examples(configuration).training();
    if (!configuration.augmentation().equals("none") && !training.hasImages()) {
      throw new IllegalArgumentException(
          "the examples of %s are no images, so that augmentation must be none".formatted(configuration.data()));
    }
    Split.parse(configuration.split()).check(training, configuration.honest());
    models(configuration).use(GradientModel::parameters);
  }

  synchronized Examples examples(Configuration configuration) throws IOException {
    Examples known = examples.get(configuration.data());
    if (known == null) {
      known = DataSets.load(configuration.data(), folder);
      examples.put(configuration.data(), known);
    }
    return known;
  }

  synchronized ModelPool models(Configuration configuration) throws IOException {
    Examples data = examples(configuration);
    Supplier<GradientModel> factory = () -> model(configuration.model(), data);
    return models.computeIfAbsent(configuration.data() + " " + configuration.model(), _ -> new ModelPool(factory));
  }

  private static GradientModel model(String name, Examples data) {
    return Models.create(name, data.training().features(), data.training().classes());
  }

  /** The training examples of each honest node. */
  int[][] shares(Configuration configuration) throws IOException {
    return Split.parse(configuration.split())
        .shares(
            examples(configuration).training(),
            configuration.honest(),
            Randomness.of(configuration.seed(), "split", 0));
  }

  /** Who has what: a table of the examples of each class at each honest node. */
  public String summary(Configuration configuration) throws IOException {
    return Split.summary(examples(configuration).training(), shares(configuration));
  }

  @Override
  public synchronized void close() {
    models.values().forEach(ModelPool::close);
  }
}
