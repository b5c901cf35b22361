package org.monna.simulation.report;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.monna.files.OutputFile;
import org.monna.simulation.report.plot.BarPlot;
import org.monna.simulation.report.plot.LinePlot;

/**
 * Makes a report of results: a page, and in a directory next to it, named as the page with "-files" for its ending, all points
 * as results.csv, the final values as summary.csv, and every figure as SVG. The same results give the same bytes.
 */
public final class ReportWriter {

  private ReportWriter() {}

  /**
   * What was written.
   *
   * @param page the report
   * @param files the directory of tables and figures
   * @param runs how many runs the report is of
   * @param notes what the reader must know of the results; they are on the page as well
   */
  public record Written(Path page, Path files, int runs, List<String> notes) {}

  /**
   * Reads results and writes their report. Each file is written whole or not at all, the page last.
   *
   * @param resultsJsonl a JSON object for each finished run, in a line; one at the end that is cut off is left out
   * @param htmlOut the page
   * @throws IOException naming file and line if the results are not as they should be, before anything is written; or if
   *     writing fails
   */
  public static Written write(Path resultsJsonl, Path htmlOut) throws IOException {
    Summary summary = Summary.of(ResultLines.read(resultsJsonl));
    Path files;
    try (OutputFile page = OutputFile.create(htmlOut, List.of(resultsJsonl), 0)) {
      files = htmlOut.resolveSibling(htmlOut.getFileName().toString().replaceFirst("(?<=.)\\.[^.]*$", "") + "-files");
      try {
        Files.createDirectories(files);
      } catch (FileAlreadyExistsException e) {
        throw new IOException("cannot write to %s: it is no directory".formatted(files), e);
      }
      write(files.resolve("results.csv"), Csv.points(summary));
      write(files.resolve("summary.csv"), Csv.ends(summary));
      for (Map.Entry<String, String> figure : figures(summary).entrySet()) {
        write(files.resolve(figure.getKey()), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + figure.getValue() + "\n");
      }
      page.write(ReportPage.of(summary));
      page.commit();
    }
    return new Written(htmlOut, files, summary.runs().size(), summary.notes());
  }

  private static void write(Path path, String text) throws IOException {
    try (OutputFile file = OutputFile.create(path, List.of(), 0)) {
      file.write(text);
      file.commit();
    }
  }

  private static Map<String, String> figures(Summary summary) {
    Figures figures = new Figures(summary);
    Map<String, String> named = new LinkedHashMap<>();
    for (Cell.Setting setting : summary.settings()) {
      name(named, "final " + summary.name(setting), figures.accuracies(setting).svg());
      for (String attack : summary.attacks()) {
        String what = summary.name(setting) + ", " + Figures.attackName(attack);
        name(named, "accuracy " + what, svg(figures.accuracy(setting, attack), what));
        name(named, "drift " + what, svg(figures.drift(setting, attack), what));
      }
    }
    for (String attack : summary.attacks()) {
      BarPlot time = figures.time(attack);
      name(named, "time " + Figures.attackName(attack), time == null ? null : time.svg(true));
    }
    return named;
  }

  private static @Nullable String svg(@Nullable LinePlot plot, String title) {
    return plot == null ? null : plot.titled(title).svg(true);
  }

  /** Under a file name that is one anywhere, whatever the names in the results are. */
  private static void name(Map<String, String> figures, String what, @Nullable String svg) {
    if (svg == null) {
      return;
    }
    String slug = what.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    String start = slug.substring(0, Math.min(slug.length(), 100));
    String file = start + ".svg";
    for (int i = 2; figures.containsKey(file); i++) {
      file = "%s-%d.svg".formatted(start, i);
    }
    figures.put(file, svg);
  }
}
