package org.monna.simulation;

import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.optim.PolyakMomentum;
import org.monna.optim.Schedule;
import org.monna.simulation.data.Digits;
import org.monna.simulation.data.DirichletSplit;
import org.monna.simulation.data.Randomness;
import org.monna.simulation.model.DjlModel;
import org.monna.simulation.model.GradientModel;

/**
 * Trains by several methods under several attacks, all else being equal: D-SGD, which averages, first where all nodes
 * are honest, then under attack; the coordinate-wise trimmed mean and MoNNA under attack; and any other rules. All of
 * them with the same momentum.
 */
final class Comparison {

  /** What is told while trainings run, by any of their threads. */
  interface Progress {

    /** One step of one training is done. */
    void step();

    /** A training is done. */
    void done(Results.Run run);
  }

  /** One training. */
  private record Training(Method method, int byzantine, @Nullable Attack attack) {}

  private static final int HIDDEN_UNITS = 64;
  private static final int CURVE_POINTS = 10;

  private final Settings settings;
  private final Digits digits;
  private final List<Training> trainings = new ArrayList<>();

  /**
   * Plans the trainings and checks that all of them are possible.
   *
   * @param attacks not used if there are no Byzantine nodes
   * @param others rules to compare beside the usual ones
   * @throws IllegalArgumentException with a sentence that says what is not possible
   */
  Comparison(Settings settings, Digits digits, List<Attack> attacks, List<Aggregator> others) {
    this.settings = settings;
    this.digits = digits;
    int n = settings.nodes();
    int f = settings.byzantine();
    check(f >= 0, "the number of Byzantine nodes is %d, but cannot be negative".formatted(f));
    check(settings.honest() >= 2, "at least 2 nodes must be honest, but %d of %d are Byzantine".formatted(f, n));
    // In long, since 3 f can be too large for an int.
    check(n > 3L * f, "more than 3 nodes are needed for each Byzantine one, but f = %d and n = %d".formatted(f, n));
    int examples = digits.training().size();
    check(n <= examples, "%d nodes are too many for %d training examples".formatted(n, examples));
    check(settings.steps() >= 1, "the number of steps is %d, but must be at least 1".formatted(settings.steps()));
    double alpha = settings.alpha();
    check(alpha > 0 && Double.isFinite(alpha), "alpha is %s, but must be a number greater than 0".formatted(alpha));

    Method averaging = method("D-SGD", Aggregators.parse("mean"));
    List<Method> methods = new ArrayList<>();
    methods.add(averaging);
    methods.add(method("trimmed mean", Aggregators.parse("trimmed-mean(f=" + f + ")")));
    methods.add(method("MoNNA", Aggregators.parse("nna(f=" + f + ")")));
    others.stream().distinct().forEach(rule -> methods.add(method(rule.toString(), rule)));
    methods.forEach(m -> checkRule(m.rule()));

    if (f == 0) {
      methods.forEach(m -> trainings.add(new Training(m, 0, null)));
    } else {
      trainings.add(new Training(averaging, 0, null));
      attacks.forEach(attack -> methods.forEach(m -> trainings.add(new Training(m, f, attack))));
    }
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /** The rule itself says if it is given too few vectors: now, and not when others have been trained. */
  private void checkRule(Aggregator rule) {
    try {
      rule.need(settings.honest());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s; here every node obtains %d vectors".formatted(e.getMessage(), settings.honest()), e);
    }
  }

  private Method method(String name, Aggregator rule) {
    Schedule rate = Schedule.inverse(settings.rate(), settings.decay(), 1);
    return new Method(name, new PolyakMomentum(rate, settings.momentum()), rule);
  }

  /** The number of steps of all trainings together. */
  long steps() {
    return (long) trainings.size() * settings.steps();
  }

  /** Trains, with so many trainings at a time. The results do not depend on how many. */
  Results run(int threads, Progress progress) throws InterruptedException {
    List<Callable<Results.Run>> tasks = new ArrayList<>();
    trainings.forEach(training -> tasks.add(() -> train(training, progress)));
    List<Results.Run> runs = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      for (Future<Results.Run> run : executor.invokeAll(tasks)) {
        runs.add(run.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a training failed: " + e.getCause(), e.getCause());
    }
    try (GradientModel model = newModel()) {
      return new Results(
          new Results.Data("digits", Digits.SHA_256, digits.training().size(), digits.test().size()),
          new Results.Model(model.toString(), model.parameters(), DjlModel.engine()),
          settings,
          runs);
    }
  }

  private GradientModel newModel() {
    return DjlModel.perceptron(digits.training().features(), HIDDEN_UNITS, digits.training().classes());
  }

  private Results.Run train(Training training, Progress progress) {
    int honest = settings.nodes() - training.byzantine;
    int[][] shares =
        DirichletSplit.split(digits.training(), honest, settings.alpha(), Randomness.of(settings.seed(), "split", 0));
    try (GradientModel model = newModel()) {
      PeerToPeer learning =
          new PeerToPeer(
              model,
              training.method,
              IntStream.range(0, honest).mapToObj(i -> digits.training().select(shares[i])).toList(),
              training.byzantine,
              training.attack,
              settings.batch(),
              settings.seed());
      List<Results.Point> curve = new ArrayList<>();
      for (int step = 1; step <= settings.steps(); step++) {
        learning.step();
        if (step * (long) CURVE_POINTS / settings.steps() > (step - 1L) * CURVE_POINTS / settings.steps()) {
          curve.add(test(step, model, learning.models()));
        }
        progress.step();
      }
      Results.Run run =
          new Results.Run(
              training.method.name(),
              training.method.rule().toString(),
              settings.nodes(),
              training.byzantine,
              training.attack == null ? "none" : training.attack.toString(),
              curve);
      progress.done(run);
      return run;
    }
  }

  private Results.Point test(int step, GradientModel model, float[][] models) {
    IntSummaryStatistics correct = new IntSummaryStatistics();
    for (float[] parameters : models) {
      correct.accept(model.correct(parameters, digits.test()));
    }
    double all = digits.test().size();
    return new Results.Point(step, correct.getSum() / (all * models.length), correct.getMin() / all);
  }
}
