package org.monna.simulation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.monna.Aggregators;
import org.monna.simulation.experiment.Experiment;
import org.monna.simulation.experiment.Laboratory;
import org.monna.simulation.experiment.Materials;
import org.monna.simulation.experiment.ResultLog;
import org.monna.simulation.experiment.RunResult;
import org.monna.simulation.model.DjlModel;
import org.monna.simulation.protocol.Configuration;
import org.monna.simulation.report.ReportWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code monna train}: the trainings of an experiment, under attack, and a comparison of what was learnt. */
@Command(
    name = "train",
    description = {
      "Trains with some nodes Byzantine, and compares. By default on handwritten digits without a server: D-SGD (which"
          + " averages), the trimmed mean and MoNNA.",
      "Gradients are those of a neural network in PyTorch. The same seed gives the same numbers. Interrupted, the same"
          + " command goes on from where it was; trainings that are done are not done again."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TrainCommand implements Callable<Integer> {

  private static final long WAIT_SECONDS = 60;

  @Spec private CommandSpec spec;

  @Option(
      names = "--experiment",
      paramLabel = "FILE",
      description = "What to train, as JSON; docs/experiments.md describes the format.")
  private @Nullable Path file;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "Or one of: digits (the default), fashion-quick, monna-mnist, monna-cifar.")
  private @Nullable String preset;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the files of data sets are; by default where packages of the system install them.")
  private @Nullable Path data;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "All nodes, the Byzantine ones included, instead of what the experiment says.")
  private @Nullable Integer nodes;

  @Option(names = "--byzantine", paramLabel = "F", description = "The Byzantine nodes, instead of what it says.")
  private @Nullable Integer byzantine;

  @Option(
      names = "--attack",
      paramLabel = "NAME",
      split = ",(?![^(]*\\))",
      description = "What they send, instead of what it says: alie, foe, sign-flipping, ...; a wrong name lists all.")
  private @Nullable List<String> attacks;

  @Option(
      names = "--rule",
      paramLabel = "RULE",
      description = "A rule to compare as well, such as \"nnm(f=5) | trimmed-mean(f=5)\". Can be given again.")
  private List<String> rules = List.of();

  @Option(names = "--split", paramLabel = "SPLIT", description = "How examples are shared: iid, dirichlet(1), ...")
  private @Nullable String split;

  @Option(names = "--steps", paramLabel = "STEPS", description = "The steps of each training.")
  private @Nullable Integer steps;

  @Option(names = "--seed", paramLabel = "SEED", split = ",", description = "Of all random choices; or several.")
  private @Nullable List<Long> seeds;

  @Option(
      names = "--threads",
      paramLabel = "THREADS",
      description = "By default one for each processor. The results do not depend on it.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--checkpoint",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "The time from one checkpoint of a training to the next.",
      showDefaultValue = Visibility.ALWAYS)
  private double checkpoint;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where results.jsonl and checkpoints go; by default monna-train/ and the experiment's name.")
  private @Nullable Path out;

  @Option(names = "--shares", description = "Trains nothing, and prints which node has how many examples of each class.")
  private boolean shares;

  @Option(names = "--report", description = "Makes a page of all results there: report.html beside them.")
  private boolean report;

  @Override
  public Integer call() throws IOException, InterruptedException {
    long start = System.nanoTime();
    try (Materials materials = new Materials(data)) {
      Experiment experiment;
      try {
        if (threads < 1) {
          throw new IllegalArgumentException("the number of threads is %d, but must be at least 1".formatted(threads));
        }
        if (!(checkpoint >= 0)) {
          throw new IllegalArgumentException("--checkpoint is %s seconds, but must be at least 0".formatted(checkpoint));
        }
        experiment = Experiment.read(withOptions(chosen()));
        DjlModel.requireEngine();
        for (Configuration configuration : experiment.configurations()) {
          materials.check(configuration);
        }
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), e.getMessage(), e);
      }
      if (shares) {
        showShares(experiment, materials);
        return ExitCode.OK;
      }
      Path directory = out == null ? Path.of("monna-train", experiment.name()) : out;
      ResultLog log = new ResultLog(directory.resolve("results.jsonl"));
      if (!train(experiment, materials, log)) {
        return ExitCode.SOFTWARE;
      }
      show(experiment, log, (System.nanoTime() - start) / 1e9);
      if (report) {
        Path page = directory.resolve("report.html");
        ReportWriter.write(log.file(), page);
        spec.commandLine().getOut().printf("The report is %s.%n", page);
        spec.commandLine().getOut().flush();
      }
      return ExitCode.OK;
    }
  }

  private ObjectNode chosen() throws IOException {
    if (file == null) {
      return Experiment.preset(preset == null ? "digits" : preset);
    }
    if (preset != null) {
      throw new IllegalArgumentException("--experiment %s and --preset %s are two experiments".formatted(file, preset));
    }
    return Experiment.file(file);
  }

  /** The experiment with what the command line says otherwise. */
  private ObjectNode withOptions(ObjectNode experiment) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    if (nodes != null) {
      experiment.put("nodes", nodes);
    }
    if (byzantine != null) {
      experiment.put("byzantine", byzantine);
    }
    if (steps != null) {
      experiment.put("steps", steps);
    }
    if (split != null) {
      experiment.put("split", split);
    }
    if (attacks != null) {
      ArrayNode array = experiment.putArray("attack");
      attacks.forEach(attack -> array.add(attack.strip()));
    }
    if (seeds != null) {
      ArrayNode array = experiment.putArray("seed");
      seeds.forEach(array::add);
    }
    for (String rule : rules) {
      // Checked here as well, so that the message is about the option.
      Aggregators.parse(rule.replace("{f}", "0").replace("{step}", "0"));
      if (!experiment.has("methods")) {
        // The only one, which has no keys of its own.
        experiment.putArray("methods").addObject();
      }
      // What is no array is told when the experiment is read.
      if (experiment.get("methods") instanceof ArrayNode methods) {
        methods.add(json.objectNode().put("rule", rule));
      }
    }
    return experiment;
  }

  /** Trains; false if it was interrupted. */
  private boolean train(Experiment experiment, Materials materials, ResultLog log)
      throws IOException, InterruptedException {
    Laboratory laboratory = new Laboratory(experiment, materials, log, checkpoint);
    PrintWriter err = spec.commandLine().getErr();
    int done = experiment.configurations().size() - laboratory.open();
    if (done > 0) {
      err.printf(
          "%d of %d trainings are in %s already.%n", done, experiment.configurations().size(), log.file());
      err.flush();
    }
    CountDownLatch ended = new CountDownLatch(1);
    Thread onInterrupt =
        new Thread(
            () -> {
              laboratory.stop();
              try {
                if (ended.await(WAIT_SECONDS, TimeUnit.SECONDS)) {
                  err.printf("%nInterrupted. What was done is kept: the same command goes on from there.%n");
                  err.flush();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Runtime.getRuntime().addShutdownHook(onInterrupt);
    try (TrainingProgress progress = new TrainingProgress(laboratory.steps(), err)) {
      return laboratory.run(threads, progress);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    } finally {
      ended.countDown();
      removeHook(onInterrupt);
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The machine is going down, and the hook runs.
    }
  }

  private void showShares(Experiment experiment, Materials materials) throws IOException {
    PrintWriter screen = spec.commandLine().getOut();
    Set<String> shown = new HashSet<>();
    for (Configuration c : experiment.configurations()) {
      String title = "%s, %s, %d honest nodes, seed %d".formatted(c.data(), c.split(), c.honest(), c.seed());
      if (shown.add(title)) {
        screen.printf("%s: %s%n", title, materials.summary(c));
      }
    }
    screen.flush();
  }

  private void show(Experiment experiment, ResultLog log, double seconds) {
    PrintWriter screen = spec.commandLine().getOut();
    Map<String, RunResult> results = log.results();
    List<RunResult> ours = new ArrayList<>();
    for (Configuration configuration : experiment.configurations()) {
      RunResult result = results.get(RunResult.id(configuration));
      if (result != null) {
        ours.add(result);
      }
    }
    screen.print(AccuracyTable.of(ours));
    screen.printf(Locale.ROOT, "%nResults are in %s after %.0f seconds.%n", log.file(), seconds);
    screen.flush();
  }
}
