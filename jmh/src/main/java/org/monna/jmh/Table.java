package org.monna.jmh;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.monna.simulation.report.plot.Markup;

/**
 * Cells under headings, the first column left-aligned, the others right-aligned.
 *
 * @param note what has to be known to read it; may be empty
 */
record Table(String title, String note, List<String> header, List<List<String>> rows) {

  /** What stands where nothing was measured. */
  static final String MISSING = "-";

  /** A number with three digits or so, {@link #MISSING} for NaN. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return MISSING;
    }
    double size = Math.abs(value);
    String format = size >= 100 || value == 0 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }

  /** Without the columns in which nothing was measured. */
  Table withoutEmptyColumns() {
    List<Integer> kept =
        IntStream.range(0, header.size())
            .filter(k -> k == 0 || rows.stream().anyMatch(row -> !row.get(k).equals(MISSING)))
            .boxed()
            .toList();
    return new Table(
        title,
        note,
        kept.stream().map(header::get).toList(),
        rows.stream().map(row -> kept.stream().map(row::get).toList()).toList());
  }

  /** For a terminal. */
  String text() {
    int[] widths = new int[header.size()];
    List<List<String>> lines = new ArrayList<>();
    lines.add(header);
    lines.addAll(rows);
    for (List<String> line : lines) {
      for (int k = 0; k < widths.length; k++) {
        widths[k] = Math.max(widths[k], line.get(k).length());
      }
    }
    StringBuilder text = new StringBuilder(title).append('\n');
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder();
      for (int k = 0; k < widths.length; k++) {
        String blanks = " ".repeat(widths[k] - line.get(k).length());
        row.append("  ").append(k == 0 ? line.get(k) + blanks : blanks + line.get(k));
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    return note.isEmpty() ? text.toString() : text.append("  ").append(note).append('\n').toString();
  }

  String markdown() {
    String alignment = "|---" + "|---:".repeat(header.size() - 1) + "|\n";
    String body = rows.stream().map(Table::markdownRow).collect(Collectors.joining());
    return "### " + title + "\n\n" + markdownRow(header) + alignment + body + (note.isEmpty() ? "" : "\n" + note + "\n");
  }

  private static String markdownRow(List<String> cells) {
    return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  String html() {
    String body = rows.stream().map(row -> htmlRow(row, "td")).collect(Collectors.joining());
    return "<h2>%s</h2>\n<div class=\"wide\"><table>\n%s%s</table></div>\n%s"
        .formatted(
            Markup.escape(title),
            htmlRow(header, "th"),
            body,
            note.isEmpty() ? "" : "<p class=\"note\">" + Markup.escape(note) + "</p>\n");
  }

  private static String htmlRow(List<String> cells, String tag) {
    return cells.stream()
        .map(cell -> "<" + tag + ">" + Markup.escape(cell) + "</" + tag + ">")
        .collect(Collectors.joining("", "<tr>", "</tr>\n"));
  }
}
