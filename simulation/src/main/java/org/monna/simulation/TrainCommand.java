package org.monna.simulation;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.simulation.data.Digits;
import org.monna.simulation.model.DjlModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code monna train}: trains on handwritten digits by several methods, under attack, and compares what was learnt. */
@Command(
    name = "train",
    showDefaultValues = true,
    description = {
      "Trains on handwritten digits without a server, with some nodes Byzantine, and compares D-SGD (which averages),"
          + " the trimmed mean and MoNNA, and any other rule.",
      "Gradients are those of a small neural network in PyTorch. The same seed gives the same numbers."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TrainCommand implements Callable<Integer> {

  /** The rate and momentum of MoNNA's MNIST experiments; the rate falls more slowly, and there are fewer steps. */
  private static final double RATE = 0.75;

  private static final double DECAY = 150;
  private static final double MOMENTUM = 0.99;
  private static final int BATCH = 25;

  @Spec private CommandSpec spec;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "26",
      description = "All nodes, the Byzantine ones included.")
  private int nodes;

  @Option(names = "--byzantine", paramLabel = "F", defaultValue = "5", description = "The Byzantine nodes.")
  private int byzantine;

  @Option(
      names = "--attack",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "sign-flipping,alie",
      converter = AttackByName.class,
      description = "What they send: sign-flipping, alie (A Little Is Enough).")
  private List<Attack> attacks;

  @Option(
      names = "--rule",
      paramLabel = "RULE",
      converter = RuleByText.class,
      description = "A rule to compare as well, such as \"nnm(f=5) | trimmed-mean(f=5)\". Can be given again.",
      showDefaultValue = Visibility.NEVER)
  private List<Aggregator> rules = List.of();

  @Option(names = "--steps", paramLabel = "STEPS", defaultValue = "300", description = "The steps of each training.")
  private int steps;

  @Option(
      names = "--alpha",
      paramLabel = "ALPHA",
      defaultValue = "1",
      description = "How even the classes are among the nodes: the parameter of a Dirichlet distribution.")
  private double alpha;

  @Option(names = "--seed", paramLabel = "SEED", defaultValue = "1", description = "Of all random choices.")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "THREADS",
      description = "Trainings at a time; by default one for each processor. The results do not depend on it.",
      showDefaultValue = Visibility.NEVER)
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--out", paramLabel = "FILE", defaultValue = "monna-train.json", description = "The results as JSON.")
  private Path out;

  @Override
  public Integer call() throws IOException, InterruptedException {
    long start = System.nanoTime();
    PrintWriter screen = spec.commandLine().getOut();
    Digits digits = Digits.load();
    ResultFile file;
    Comparison comparison;
    try {
      if (threads < 1) {
        throw new IllegalArgumentException("the number of threads is %d, but must be at least 1".formatted(threads));
      }
      Settings settings = new Settings(nodes, byzantine, steps, BATCH, alpha, RATE, DECAY, MOMENTUM, seed);
      comparison = new Comparison(settings, digits, attacks.stream().distinct().toList(), rules);
      file = new ResultFile(out);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    DjlModel.requireEngine();
    Results results;
    try (TrainingProgress progress = TrainingProgress.of(comparison.steps(), spec.commandLine().getErr())) {
      results = comparison.run(threads, progress);
    }
    screen.print(AccuracyTable.of(results));
    screen.flush();
    file.write(results);
    double seconds = (System.nanoTime() - start) / 1e9;
    screen.printf(Locale.ROOT, "%nResults written to %s after %.0f seconds.%n", out, seconds);
    screen.flush();
    return ExitCode.OK;
  }

  private static final class AttackByName implements ITypeConverter<Attack> {
    @Override
    public Attack convert(String name) {
      try {
        return Attack.named(name);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  private static final class RuleByText implements ITypeConverter<Aggregator> {
    @Override
    public Aggregator convert(String text) {
      try {
        return Aggregators.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
