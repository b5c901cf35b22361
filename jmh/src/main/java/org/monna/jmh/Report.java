package org.monna.jmh;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the measurements of one run say, for those who read it: ratios within the run, as tables and charts.
 *
 * @param tables those of which something was measured
 * @param charts the same
 */
record Report(List<Table> tables, List<Chart> charts) {

  static Report of(List<Measurement> measurements) {
    Results results = new Results(measurements);
    return new Report(new Tables(results).all(), new Charts(results).all());
  }

  /** Everything for a terminal. */
  String text() {
    return tables.stream().map(Table::text).collect(Collectors.joining("\n"));
  }

  String markdown(Map<String, String> environment) {
    return environment.entrySet().stream().map(e -> "* %s: %s\n".formatted(e.getKey(), e.getValue())).collect(Collectors.joining())
        + "\n"
        + tables.stream().map(Table::markdown).collect(Collectors.joining("\n"));
  }

  String html(Map<String, String> environment) {
    return Html.page(environment, charts, tables);
  }
}
