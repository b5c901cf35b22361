package org.monna.simulation.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.util.Map;
import org.monna.simulation.data.Choice;

/**
 * The models that are known by name, all with the softmax cross-entropy as loss. As text:
 *
 * <ul>
 *   <li>{@code logistic}: multinomial logistic regression.
 *   <li>{@code mlp(units)}: a perceptron with one hidden layer of so many rectified linear units.
 *   <li>{@code cnn-mnist}: the network of MoNNA's MNIST experiments, 431,080 parameters. Convolutions 5 x 5 of 20 and 50
 *       channels, each followed by ReLU and a maximum over 2 x 2; then 500 units with ReLU.
 *   <li>{@code cnn-cifar}: the network of MoNNA's CIFAR-10 experiments, 1,310,922 parameters. Convolutions 3 x 3 of 64,
 *       64, 128 and 128 channels, each followed by ReLU and batch normalization; after every second a maximum over 2 x 2
 *       and dropout of a quarter; then 128 units with ReLU and dropout of a quarter.
 * </ul>
 *
 * <p>The parameters are layer after layer from the input to the output, each with its weights (a row for each output),
 * then its biases; for batch normalization the scales, then the shifts. Convolutional networks start from numbers
 * distributed as PyTorch's, like those of the experiments; the others by He et al.
 */
public final class Models {

  private static final Map<String, String> KNOWN =
      Map.of("logistic", "", "mlp", "units", "cnn-mnist", "", "cnn-cifar", "");

  private Models() {}

  /**
   * Makes a model, computed by PyTorch, which is started if it does not run yet.
   *
   * @param features the length of a row
   * @throws IllegalArgumentException with a sentence that says what is wrong with the text, or that rows of this length
   *     are not for this model
   */
  public static GradientModel create(String text, int features, int classes) {
    Choice choice = Choice.parse("model", text, KNOWN);
    return switch (choice.name()) {
      case "logistic" ->
          new DjlModel(choice.toString(), new Shape(features), DjlModel.Start.HE, dropOut -> dense(classes));
      case "mlp" -> perceptron(choice, features, classes);
      case "cnn-mnist" -> {
        requireFeatures(choice, 28 * 28, features, "gray images of 28 x 28 pixels");
        yield new DjlModel(
            choice.toString(), new Shape(1, 28, 28), DjlModel.Start.PYTORCH, dropOut -> mnist(classes));
      }
      default -> {
        requireFeatures(choice, 3 * 32 * 32, features, "images of 32 x 32 pixels in three colours");
        yield new DjlModel(
            choice.toString(), new Shape(3, 32, 32), DjlModel.Start.PYTORCH, dropOut -> cifar(classes, dropOut));
      }
    };
  }

  private static GradientModel perceptron(Choice choice, int features, int classes) {
    double units = choice.number();
    if (!(units >= 1 && units <= 1_000_000 && units == Math.rint(units))) {
      throw new IllegalArgumentException(
          "the model mlp: units is %s, but must be a whole number from 1 to 1000000".formatted(units));
    }
    return new DjlModel(
        choice.toString(),
        new Shape(features),
        DjlModel.Start.HE,
        dropOut -> new SequentialBlock().add(dense((int) units)).add(Activation.reluBlock()).add(dense(classes)));
  }

  private static void requireFeatures(Choice choice, int needed, int features, String images) {
    if (features != needed) {
      throw new IllegalArgumentException(
          "the model %s is for %s, %d numbers, but the data has rows of %d"
              .formatted(choice, images, needed, features));
    }
  }

  /** The maxima before ReLU instead of after it: the same numbers and gradients, with a quarter of the work for ReLU. */
  private static Block mnist(int classes) {
    return new SequentialBlock()
        .add(convolution(5, 0, 20))
        .add(halved())
        .add(Activation.reluBlock())
        .add(convolution(5, 0, 50))
        .add(halved())
        .add(Activation.reluBlock())
        .add(Blocks.batchFlattenBlock())
        .add(dense(500))
        .add(Activation.reluBlock())
        .add(dense(classes));
  }

  static Block cifar(int classes, DropOut dropOut) {
    SequentialBlock network = new SequentialBlock();
    for (int channels : new int[] {64, 128}) {
      for (int k = 0; k < 2; k++) {
        network.add(convolution(3, 1, channels)).add(Activation.reluBlock()).add(BatchNorm.builder().build());
      }
      network.add(halved()).add(dropOut.of(0.25));
    }
    return network
        .add(Blocks.batchFlattenBlock())
        .add(dense(128))
        .add(Activation.reluBlock())
        .add(dropOut.of(0.25))
        .add(dense(classes));
  }

  private static Block convolution(int width, int padding, int channels) {
    return Conv2d.builder()
        .setKernelShape(new Shape(width, width))
        .optPadding(new Shape(padding, padding))
        .setFilters(channels)
        .build();
  }

  private static Block halved() {
    return Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2));
  }

  private static Block dense(int units) {
    return Linear.builder().setUnits(units).build();
  }
}
