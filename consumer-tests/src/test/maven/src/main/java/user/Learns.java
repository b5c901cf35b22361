package user;

import org.monna.Aggregators;
import org.monna.tribuo.RobustLinearTrainer;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.SGD;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Prints what models say of a point that is left and of one that is right: one that was trained by a robust rule, one by the mean. */
public final class Learns {

  private static final int WORKERS = 10;
  private static final int EXAMPLES = 4;

  private Learns() {}

  /** No arguments. */
  public static void main(String[] args) {
    MutableDataset<Label> training =
        new MutableDataset<>(new SimpleDataSourceProvenance("two points", new LabelFactory()), new LabelFactory());
    for (int i = 0; i < 25 * WORKERS * EXAMPLES; i++) {
      // Two of the ten are wrong, and loud.
      boolean wrong = i / EXAMPLES % WORKERS < 2;
      training.add(point(i % 2 == 0 ? -1 : 1, wrong));
    }
    for (String rule : new String[] {"nnm(f=2) | trimmed-mean(f=2)", "mean"}) {
      Model<Label> model =
          new RobustLinearTrainer(new LogMulticlass(), SGD.getSimpleSGD(0.01), 1, Aggregators.parse(rule), WORKERS, EXAMPLES)
              .train(training);
      System.out.println(told(model, -1) + " " + told(model, 1));
    }
  }

  private static String told(Model<Label> model, double x) {
    return model.predict(point(x, false)).getOutput().getLabel();
  }

  private static ArrayExample<Label> point(double x, boolean wrong) {
    Label label = new Label(x > 0 != wrong ? "right" : "left");
    return new ArrayExample<>(label, new String[] {"x", "y"}, new double[] {wrong ? 1000 * x : x, 1});
  }
}
