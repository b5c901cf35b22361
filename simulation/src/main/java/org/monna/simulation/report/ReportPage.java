package org.monna.simulation.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.monna.simulation.report.plot.BarPlot;
import org.monna.simulation.report.plot.LinePlot;
import org.monna.simulation.report.plot.Markup;
import org.monna.simulation.report.plot.Palette;

/**
 * The page: one file without references to anything else, which browsers are told to hold it to. It is complete without its
 * script, which adds values under the pointer, and copying.
 */
final class ReportPage {

  private final Summary summary;
  private final Figures figures;
  private final Markup page = new Markup();

  private ReportPage(Summary summary) {
    this.summary = summary;
    this.figures = new Figures(summary);
  }

  static String of(Summary summary) {
    return new ReportPage(summary).html();
  }

  private String html() {
    String style = Palette.css() + resource("report.css");
    String script = resource("report.js");
    String title = String.join(", ", summary.settings().stream().map(Cell.Setting::experiment).distinct().toList());
    page.raw("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
    page.empty("meta", "charset", "utf-8");
    // Hashes, so that nothing in the results can become style or script even if it were not escaped.
    String policy =
        "default-src 'none'; style-src '%s'; script-src '%s'; img-src data:; base-uri 'none'; form-action 'none'"
            .formatted(hash(style), hash(script));
    page.empty("meta", "http-equiv", "Content-Security-Policy", "content", policy);
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.empty("meta", "name", "color-scheme", "content", "light dark");
    // Or a server would be asked for /favicon.ico.
    page.empty("link", "rel", "icon", "href", "data:,");
    page.element("title", title + " – MoNNA report");
    page.open("style").raw(style).close("style").close("head").raw("\n").open("body");
    header(title);
    page.open("main");
    finalAccuracy();
    curves();
    time();
    numbers();
    provenance();
    page.close("main");
    page.open("div", "id", "tip", "role", "status", "hidden", "").close("div");
    page.open("script").raw(script).close("script").close("body").close("html").raw("\n");
    return page.toString();
  }

  private void header(String title) {
    List<Run> runs = summary.runs();
    page.open("header").element("h1", title);
    List<String> facts = new ArrayList<>();
    facts.add(count(runs.size(), "run"));
    facts.add(count(summary.methods().size(), "method"));
    facts.add(count(summary.attacks().stream().filter(attack -> !attack.equals(Run.NO_ATTACK)).count(), "attack"));
    facts.add(count(summary.settings().size(), "split"));
    facts.add(count(runs.stream().map(Run::seed).distinct().count(), "seed"));
    each(run -> run.parameters() > 0 ? String.format(Locale.ROOT, "%,d parameters", run.parameters()) : "", facts);
    each(run -> run.commit().isEmpty() ? "" : "commit " + run.commit(), facts);
    each(run -> run.jdk().isEmpty() ? "" : "JDK " + run.jdk(), facts);
    page.open("ul", "class", "facts");
    facts.forEach(fact -> page.element("li", fact));
    page.close("ul");
    summary.notes().forEach(note -> page.element("p", note, "class", "note"));
    page.close("header").raw("\n");
  }

  private void each(Function<Run, String> fact, List<String> facts) {
    summary.runs().stream().map(fact).filter(text -> !text.isEmpty()).distinct().limit(4).forEach(facts::add);
  }

  private static String count(long count, String what) {
    return "%d %s%s".formatted(count, what, count == 1 ? "" : "s");
  }

  private void section(String id, String title, String explanation) {
    page.raw("\n").open("section", "id", id).element("h2", title).element("p", explanation, "class", "lead");
  }

  private void finalAccuracy() {
    section(
        "final",
        "Final accuracy",
        "Test accuracy after the last step in percent, mean of the honest nodes and of the seeds, ± standard deviation over the"
            + " seeds. Methods are sorted by their accuracy under the attack that harms them most.");
    page.open("div", "class", "maps");
    for (Cell.Setting setting : summary.settings()) {
      page.open("figure", "class", "scroll", "tabindex", "0").raw(figures.accuracies(setting).svg()).close("figure");
    }
    page.close("div").close("section");
  }

  private void curves() {
    section(
        "curves",
        "Accuracy over time",
        "Mean of the seeds; bands from the least to the greatest of them. A letter at a line's end is its method.");
    legend();
    panels(figures::accuracy);
    page.close("section");
    section(
        "drift",
        "Drift of the honest models",
        "Root of the mean squared distance of the honest nodes' models from their mean; logarithmic.");
    if (!panels(figures::drift)) {
      page.element("p", "No run recorded a drift above zero.", "class", "none");
    }
    page.close("section");
  }

  private interface Panel {
    @Nullable LinePlot of(Cell.Setting setting, String attack);
  }

  private boolean panels(Panel panel) {
    boolean drawn = false;
    for (Cell.Setting setting : summary.settings()) {
      List<LinePlot> plots =
          summary.attacks().stream().map(attack -> panel.of(setting, attack)).filter(Objects::nonNull).toList();
      if (plots.isEmpty()) {
        continue;
      }
      drawn = true;
      page.element("h3", summary.name(setting)).open("div", "class", "panels");
      plots.forEach(plot -> page.open("figure").raw(plot.svg(false)).close("figure").raw("\n"));
      page.close("div");
    }
    return drawn;
  }

  private void legend() {
    page.open("ul", "class", "legend");
    for (String method : summary.methods()) {
      int color = figures.color(method);
      page.open("li").open("button", "type", "button", "class", "m", "data-m", color, "aria-pressed", "false");
      page.raw(Palette.sample(color)).element("b", summary.key(method), "class", "ink " + Palette.seriesClass(color));
      page.element("span", method).close("button").close("li");
    }
    page.close("ul");
  }

  private void time() {
    List<String> purposes = summary.purposes();
    List<BarPlot> plots = summary.attacks().stream().map(figures::time).filter(Objects::nonNull).toList();
    section(
        "time", "Time of a step", "Mean over splits and seeds, in milliseconds; tests are spread over all steps.");
    if (plots.isEmpty()) {
      page.element("p", "No run recorded times.", "class", "none");
    } else {
      page.open("ul", "class", "legend parts");
      for (int p = 0; p < purposes.size(); p++) {
        page.open("li").raw(Palette.swatch(p)).element("span", purposes.get(p)).close("li");
      }
      page.close("ul").open("div", "class", "panels");
      plots.forEach(plot -> page.open("figure").raw(plot.svg(false)).close("figure").raw("\n"));
      page.close("div");
    }
    page.close("section");
  }

  private void numbers() {
    section(
        "numbers",
        "Numbers",
        "After the last step: accuracy in percent, mean and standard deviation over the seeds; the worst honest node of all seeds;"
            + " loss, drift and the time of a step are means.");
    page.open("p").element("button", "Copy as TSV", "type", "button", "id", "copy", "hidden", "").close("p");
    page.open("div", "class", "scroll", "tabindex", "0").open("table", "id", "table").open("thead").open("tr");
    boolean experiments = summary.settings().stream().map(Cell.Setting::experiment).distinct().count() > 1;
    List<String> names = new ArrayList<>(List.of("split", "attack", "method", "rule"));
    if (experiments) {
      names.addFirst("experiment");
    }
    names.forEach(name -> page.element("th", name, "scope", "col"));
    for (String name : List.of("seeds", "accuracy %", "std %", "worst %", "loss", "drift", "ms/step")) {
      page.element("th", name, "scope", "col", "class", "number");
    }
    page.close("tr").close("thead").open("tbody");
    for (Cell cell : summary.cells()) {
      Cell.Point end = cell.end();
      int color = figures.color(cell.method());
      page.open("tr", "class", "m", "data-m", color);
      if (experiments) {
        page.element("td", cell.setting().experiment());
      }
      page.element("td", cell.setting().split()).element("td", cell.attack());
      page.element("td", cell.method(), "class", "name ink " + Palette.seriesClass(color));
      page.element("td", cell.rule(), "class", "code rule");
      numeric(String.valueOf(cell.runs().size()));
      numeric(Figures.percent(end.accuracy().mean(), 2));
      numeric(end.accuracy().count() < 2 ? "" : Figures.percent(end.accuracy().deviation(), 2));
      numeric(Figures.percent(end.worst(), 2));
      numeric(four(end.loss().mean()));
      numeric(four(end.drift().mean()));
      numeric(four(1e3 * cell.secondsPerStep()));
      page.close("tr").raw("\n");
    }
    page.close("tbody").close("table").close("div").close("section");
  }

  private void numeric(String number) {
    page.element("td", number, "class", "number");
  }

  /** A number in four digits; nothing if it is not told. */
  private static String four(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    if (Double.isInfinite(value)) {
      return String.valueOf(value);
    }
    boolean small = value != 0 && Math.abs(value) < 1e-3;
    return small ? String.format(Locale.ROOT, "%.3e", value) : new BigDecimal(value).round(new MathContext(4)).toPlainString();
  }

  private void provenance() {
    List<Run> runs = summary.runs();
    Set<String> keys = new LinkedHashSet<>();
    runs.forEach(run -> keys.addAll(run.configuration().keySet()));
    List<String> sorted = keys.stream().sorted(Summary.NATURAL).toList();
    List<String> differing =
        sorted.stream()
            .filter(key -> runs.stream().map(run -> run.configuration().get(key)).distinct().count() > 1)
            .toList();
    section("configuration", "Configuration", "What all runs share, and below it what every single run was.");
    page.open("div", "class", "scroll", "tabindex", "0").open("table", "class", "shared").open("tbody");
    for (String key : sorted) {
      if (!differing.contains(key)) {
        String value = Objects.requireNonNull(runs.getFirst().configuration().get(key));
        page.open("tr").element("th", key, "scope", "row").element("td", value, "class", "code").close("tr");
      }
    }
    page.close("tbody").close("table").close("div");

    page.open("details").element("summary", "Every run (%d)".formatted(runs.size()));
    page.open("div", "class", "scroll", "tabindex", "0").open("table", "class", "every").open("thead").open("tr");
    List<String> names = List.of("id", "experiment", "split", "attack", "method", "rule", "seed", "parameters", "commit", "jdk");
    names.forEach(name -> page.element("th", name, "scope", "col"));
    differing.forEach(key -> page.element("th", key, "scope", "col"));
    page.close("tr").close("thead").open("tbody");
    for (Run run : runs) {
      page.open("tr");
      page.element("td", run.id(), "class", "code").element("td", run.experiment()).element("td", run.split());
      page.element("td", run.attack()).element("td", run.method()).element("td", run.rule(), "class", "code");
      page.element("td", String.valueOf(run.seed()), "class", "number");
      page.element("td", String.valueOf(run.parameters()), "class", "number");
      page.element("td", run.commit(), "class", "code").element("td", run.jdk(), "class", "code");
      differing.forEach(key -> page.element("td", run.configuration().getOrDefault(key, ""), "class", "code"));
      page.close("tr").raw("\n");
    }
    page.close("tbody").close("table").close("div").close("details").close("section");
  }

  private static String hash(String text) {
    return "sha256-" + Base64.getEncoder().encodeToString(DigestUtils.sha256(text));
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
