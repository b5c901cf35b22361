package org.monna.jmh;

import static org.monna.simulation.report.plot.Markup.escape;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The report as one page that needs nothing else: tables, and plots as inline SVG. */
final class Html {

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1b1f24; --faint: #d5d9de; --paper: #fff; --quiet: #59636e;
        --s0: #0b6bcb; --s1: #c2410c; --s2: #15803d; --s3: #9333ea; --s4: #b45309; --s5: #be185d; --s6: #0e7490; --s7: #475569; }
      @media (prefers-color-scheme: dark) { :root { --ink: #e6e9ed; --faint: #3a4149; --paper: #14181d; --quiet: #9aa4af;
        --s0: #60a5fa; --s1: #fb923c; --s2: #4ade80; --s3: #c084fc; --s4: #fbbf24; --s5: #f472b6; --s6: #22d3ee; --s7: #94a3b8; } }
      body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 72rem; margin: 2rem auto;
        padding: 0 1rem; }
      h1 { font-size: 1.6rem; margin-bottom: .3rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .4rem; }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
      th, td { text-align: right; padding: .15rem .7rem; border-bottom: 1px solid var(--faint); white-space: nowrap; }
      th:first-child, td:first-child { text-align: left; padding-left: 0; } th { font-weight: 600; }
      .wide { overflow-x: auto; } .note { color: var(--quiet); max-width: 60rem; margin: .4rem 0; }
      .plots { display: flex; flex-wrap: wrap; gap: 1.5rem 2rem; } figure { margin: 0; flex: 1 1 30rem; max-width: 36rem; }
      figcaption { font-weight: 600; margin-bottom: .2rem; } svg { width: 100%; height: auto; }
      svg text { fill: var(--ink); font: 12px system-ui, sans-serif; } svg .grid { stroke: var(--faint); }
      dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; color: var(--quiet); } dd { margin: 0; }
      """;

  private Html() {}

  static String page(Map<String, String> environment, List<Chart> charts, List<Table> tables) {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>MoNNA: benchmarks</title>
        <style>
        %s</style>
        </head>
        <body>
        <h1>MoNNA: benchmarks</h1>
        <dl>
        %s</dl>
        <div class="plots">
        %s</div>
        %s</body>
        </html>
        """
        .formatted(
            STYLE,
            environment.entrySet().stream()
                .map(e -> "<dt>%s</dt><dd>%s</dd>\n".formatted(escape(e.getKey()), escape(e.getValue())))
                .collect(Collectors.joining()),
            charts.stream()
                .map(c -> "<figure><figcaption>%s</figcaption>\n%s</figure>\n".formatted(escape(c.title()), c.svg()))
                .collect(Collectors.joining()),
            tables.stream().map(Table::html).collect(Collectors.joining()));
  }
}
