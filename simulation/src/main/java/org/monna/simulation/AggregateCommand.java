package org.monna.simulation;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.files.ExcludedRule;
import org.monna.files.FileAggregation;
import org.monna.files.FileEngine;
import org.monna.files.FileReport;
import org.monna.files.OutputFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code monna aggregate}: files in, a file out. */
@Command(
    name = "aggregate",
    showDefaultValues = true,
    description = {
      "Aggregates files that hold one vector each, such as the parameters that clients send, into one file of the same kind.",
      "Files are safetensors, NumPy arrays (.npy) or raw little-endian floats (.f32, .bin), together as large as the disk: they are read"
          + " block by block, twice at the most. The vector of a file is all its tensors but those that are excluded. F64 is rounded to"
          + " float. The output appears whole or not at all."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AggregateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "The inputs, in the order of the vectors.")
  private List<Path> inputs;

  @Option(
      names = "--rule",
      paramLabel = "RULE",
      required = true,
      description = "The rule, such as \"nnm(f=2) | trimmed-mean(f=2)\".")
  private String rule;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      required = true,
      description = "The output, of the kind of the inputs; replaced if it exists.")
  private Path out;

  @Option(
      names = "--weights",
      paramLabel = "W",
      split = ",",
      description = "A number of samples for each input, as in the rule weights(...), which comes before the rule.")
  private List<Double> weights = List.of();

  @Option(
      names = "--exclude",
      paramLabel = "REGEX",
      description = "Tensors with this in their name are left to --exclude-rule. Those of integers must be.")
  private @Nullable String exclude;

  @Option(
      names = "--exclude-rule",
      paramLabel = "NAME",
      defaultValue = "median",
      description = "What becomes of them, element by element: first (that of the first input), mean, median.")
  private ExcludedRule excludedRule;

  @Option(names = "--report", description = "Prints who was used with which weight, and why.", showDefaultValue = Visibility.NEVER)
  private boolean report;

  @Option(names = "--report-json", paramLabel = "FILE", description = "Saves the same as JSON.")
  private @Nullable Path reportJson;

  @Option(
      names = "--workers",
      paramLabel = "WORKERS",
      description = "Threads of this process; by default one for each processor. The result does not depend on it.",
      showDefaultValue = Visibility.NEVER)
  private @Nullable Integer workers;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "Runs on Apache Spark, such as spark://host:port, whose executors see the files under the same paths. The result does not"
              + " depend on it.")
  private @Nullable String master;

  @Override
  public Integer call() throws IOException {
    Path json = reportJson;
    if (json == null) {
      aggregate();
      return ExitCode.OK;
    }
    List<Path> others = new ArrayList<>(inputs);
    others.add(out);
    try (OutputFile file = OutputFile.create(json, others, 0)) {
      file.write(aggregate().toJson() + "\n");
      file.commit();
    }
    return ExitCode.OK;
  }

  private FileReport aggregate() throws IOException {
    long start = System.nanoTime();
    FileReport done;
    try (AggregationProgress progress = new AggregationProgress()) {
      FileAggregation aggregation =
          FileAggregation.of(parsedRule()).excluding(excluded(), excludedRule).telling(progress);
      done = master == null ? onThreads(aggregation) : onCluster(aggregation, master);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    PrintWriter screen = spec.commandLine().getOut();
    if (report) {
      screen.println(done);
    } else if (done.report().guaranteeIsVoid()) {
      screen.println("nothing is proved of the result: see --report");
    }
    screen.printf(
        Locale.ROOT,
        "%s: %s of n = %d vectors of d = %d, after %.1f seconds%n",
        out,
        done.report().rule(),
        done.report().n(),
        done.report().d(),
        (System.nanoTime() - start) / 1e9);
    screen.flush();
    return done;
  }

  private FileReport onThreads(FileAggregation aggregation) throws IOException {
    int threads = workers == null ? Runtime.getRuntime().availableProcessors() : workers;
    try (ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, threads - 1))) {
      return aggregation.on(pool, threads).run(inputs, out);
    }
  }

  private FileReport onCluster(FileAggregation aggregation, String url) throws IOException {
    if (workers != null) {
      throw new IllegalArgumentException("--workers %d: on a cluster it is --master that decides".formatted(workers));
    }
    for (FileEngine.Provider provider : ServiceLoader.load(FileEngine.Provider.class)) {
      try (FileEngine.Connected cluster = provider.connect(url)) {
        if (cluster != null) {
          return aggregation.on(cluster).run(inputs, out);
        }
      }
    }
    throw new IllegalArgumentException("--master %s: no cluster of this kind is known; Spark's is spark://host:port".formatted(url));
  }

  private Predicate<String> excluded() {
    try {
      return exclude == null ? name -> false : Pattern.compile(exclude).asPredicate();
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("--exclude %s: %s".formatted(exclude, e.getDescription()), e);
    }
  }

  private Aggregator parsedRule() {
    if (weights.isEmpty()) {
      return Aggregators.parse(rule);
    }
    return Aggregators.parse(
        "weights(" + String.join(", ", weights.stream().map(String::valueOf).toList()) + ") | " + rule);
  }
}
