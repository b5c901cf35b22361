package org.monna.simulation;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.monna.simulation.report.ReportWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code monna report}: makes a page of results. */
@Command(
    name = "report",
    description = {
      "Makes a page of results that opens in any browser, without a network: accuracy curves, final accuracy by method and"
          + " attack, drift, times, numbers to copy, and the configuration.",
      "A directory next to it takes tables (CSV) and the figures (SVG)."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ReportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RESULTS", description = "The results: a JSON object for each finished run, one a line.")
  private Path results;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "The page; by default named as the results, with .html.")
  private @Nullable Path out;

  @Override
  public Integer call() throws IOException {
    Path page = out;
    if (page == null) {
      Path name = results.getFileName();
      page = results.resolveSibling((name == null ? "results" : name.toString()).replaceFirst("\\.jsonl?$", "") + ".html");
    }
    ReportWriter.Written written = ReportWriter.write(results, page);
    PrintWriter screen = spec.commandLine().getOut();
    written.notes().forEach(screen::println);
    screen.printf("Report of %d runs written to %s, tables and figures to %s.%n", written.runs(), page, written.files());
    screen.flush();
    return ExitCode.OK;
  }
}
