package org.monna.jmh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code monna bench}: runs benchmarks, prints tables of ratios within the run, and writes them with JMH's own results and a page of
 * plots. Wrong use is told in one sentence on the error stream, with exit status 2; a failure has exit status 1 and leaves no files.
 */
@Command(
    name = "monna bench",
    description = {
      "Measures the rules against the plain mean, straightforward loops and tensor operations, in one run.",
      "Without arguments, a little of everything in less than five minutes. Arguments that are not listed here go to JMH, for"
          + " instance: -f 1 -p n=11 -p f=2 -p d=1000003 RuleBenchmark (JMH's help: -- -h)."
    },
    mixinStandardHelpOptions = true,
    version = "monna 0.1.0")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class Main implements Callable<Integer> {

  @Option(names = "--full", description = "The times of all rules, in about half an hour.")
  private boolean full;

  @Option(names = "--overhead", description = "The gradient overhead: of all methods for 26 nodes, of some for other numbers of nodes.")
  private boolean overhead;

  @Option(
      names = "--out",
      paramLabel = "NAME",
      defaultValue = "monna-bench",
      description = "Writes NAME.json, NAME.html and NAME.md (default: ${DEFAULT-VALUE}).")
  private Path out;

  @Parameters(paramLabel = "JMH", description = "Arguments of JMH.")
  private List<String> jmh = List.of();

  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Main());
    return commandLine
        .setUnmatchedOptionsArePositionalParams(true)
        .setParameterExceptionHandler((e, args) -> complain(commandLine, String.valueOf(e.getMessage()), CommandLine.ExitCode.USAGE))
        .setExecutionExceptionHandler(
            (e, command, parsed) ->
                switch (e) {
                  case NoBenchmarksException _ ->
                      complain(command, "no benchmark matches these names", CommandLine.ExitCode.USAGE);
                  case IllegalArgumentException _, CommandLineOptionException _ ->
                      complain(command, String.valueOf(e.getMessage()), CommandLine.ExitCode.USAGE);
                  case RunnerException _, IOException _ ->
                      complain(command, String.valueOf(e.getMessage()), CommandLine.ExitCode.SOFTWARE);
                  default -> throw e;
                });
  }

  private static int complain(CommandLine command, String message, int status) {
    command.getErr().printf("monna bench: %s (see monna bench --help)%n", message.strip().replaceAll("\\s*\\R\\s*", "; "));
    return status;
  }

  @Override
  public Integer call() throws CommandLineOptionException, RunnerException, IOException {
    String chosen = full && overhead ? " --full --overhead" : full ? " --full" : overhead ? " --overhead" : "";
    if (!chosen.isEmpty() && !jmh.isEmpty()) {
      throw new IllegalArgumentException("%s chooses the benchmarks, so \"%s\" cannot follow".formatted(chosen.strip(), jmh.get(0)));
    }
    CommandLineOptions options = new CommandLineOptions(jmh.toArray(String[]::new));
    if (options.shouldHelp() || options.shouldList() || options.shouldListProfilers() || options.shouldListResultFormats()) {
      org.openjdk.jmh.Main.main(jmh.toArray(String[]::new));
      return CommandLine.ExitCode.OK;
    }
    Outputs outputs = new Outputs(out, "json", "html", "md");
    Collection<RunResult> results =
        jmh.isEmpty() ? run(suites()) : new Runner(options).run();
    if (results.isEmpty()) {
      throw new RunnerException("no benchmark gave a result");
    }
    Map<String, String> environment =
        Environment.of("monna bench" + chosen + (jmh.isEmpty() ? "" : " " + String.join(" ", jmh)));
    Report report = Report.of(results.stream().map(Measurement::of).toList());
    System.out.printf("%n%s%n", report.text());
    System.out.printf(
        "written: %s%n",
        outputs.write(json(environment, results), report.html(environment), report.markdown(environment)));
    return CommandLine.ExitCode.OK;
  }

  private List<Options> suites() {
    List<Options> suites = new ArrayList<>(full ? Suites.full() : overhead ? List.of() : Suites.brief());
    suites.addAll(overhead ? Suites.overhead() : List.of());
    return suites;
  }

  private static Collection<RunResult> run(List<Options> suite) throws RunnerException {
    Collection<RunResult> results = new ArrayList<>();
    long begin = System.nanoTime();
    for (Options options : suite) {
      Progress progress = new Progress(System.err, begin);
      try {
        results.addAll(new Runner(options, progress).run());
      } catch (RunnerException e) {
        System.err.println(progress.last());
        throw e;
      }
    }
    return results;
  }

  /** JMH's results as it writes them itself, with the environment. */
  private static String json(Map<String, String> environment, Collection<RunResult> results) throws JsonProcessingException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ResultFormatFactory.getInstance(ResultFormatType.JSON, new PrintStream(bytes, true, StandardCharsets.UTF_8))
        .writeOut(results);
    return "{\"environment\": %s,\n\"results\": %s}\n"
        .formatted(new JsonMapper().writeValueAsString(environment), bytes.toString(StandardCharsets.UTF_8).strip());
  }
}
