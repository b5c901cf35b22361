package org.monna.simulation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The results as tables for other programs, as RFC 4180 has them, with all digits. What is not told is an empty field. */
final class Csv {

  private Csv() {}

  /** A line for each point of each curve. */
  static String points(Summary summary) {
    StringBuilder csv = new StringBuilder();
    csv.append("experiment,split,attack,method,rule,seed,step,accuracy,worst,loss,drift,id\r\n");
    for (Run run : summary.runs()) {
      for (Run.Point point : run.curve()) {
        line(
            csv,
            List.of(
                run.experiment(),
                run.split(),
                run.attack(),
                run.method(),
                run.rule(),
                String.valueOf(run.seed()),
                String.valueOf(point.step()),
                number(point.accuracy()),
                number(point.worst()),
                number(point.loss()),
                number(point.drift()),
                run.id()));
      }
    }
    return csv.toString();
  }

  /** A line for each method under each attack in each setting: its seeds together, after the last step. */
  static String ends(Summary summary) {
    StringBuilder csv = new StringBuilder();
    csv.append("experiment,split,attack,method,rule,seeds,steps,accuracy_mean,accuracy_std,accuracy_min,accuracy_max,worst_min");
    csv.append(",loss_mean,drift_mean");
    summary.purposes().forEach(purpose -> csv.append(',').append(quoted(purpose + "_seconds_per_step")));
    csv.append("\r\n");
    for (Cell cell : summary.cells()) {
      Cell.Point end = cell.end();
      List<String> fields = new ArrayList<>();
      fields.add(cell.setting().experiment());
      fields.add(cell.setting().split());
      fields.add(cell.attack());
      fields.add(cell.method());
      fields.add(cell.rule());
      fields.add(String.valueOf(cell.runs().size()));
      fields.add(String.valueOf(end.step()));
      fields.add(number(end.accuracy().mean()));
      fields.add(number(end.accuracy().deviation()));
      fields.add(number(end.accuracy().least()));
      fields.add(number(end.accuracy().most()));
      fields.add(number(end.worst()));
      fields.add(number(end.loss().mean()));
      fields.add(number(end.drift().mean()));
      summary.purposes().forEach(purpose -> fields.add(number(cell.secondsPerStep(purpose))));
      line(csv, fields);
    }
    return csv.toString();
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : String.valueOf(value);
  }

  private static void line(StringBuilder csv, List<String> fields) {
    csv.append(fields.stream().map(Csv::quoted).collect(Collectors.joining(","))).append("\r\n");
  }

  private static String quoted(String field) {
    boolean plain = field.chars().noneMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
