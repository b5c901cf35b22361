package org.monna.simulation.report.plot;

import java.util.List;
import java.util.Locale;

/**
 * Shares in a table whose cells are coloured, with the values written in them. Missing ones are gaps.
 *
 * @param title what is shown
 * @param rows the names of the rows, and the keys that stand for them elsewhere
 * @param columns the names of the columns
 * @param cells row by row, as many as there are columns
 * @param apart how many of the last columns stand apart, since they sum up the others
 * @param color from which value to which the colours go
 */
public record HeatMap(String title, List<Row> rows, List<String> columns, List<List<Cell>> cells, int apart, Scale color) {

  private static final double ROW = 31;
  private static final double COLUMN = 48;
  private static final double GAP = 10;
  private static final double HEAD = 58;

  /**
   * @param color which of the palette's of lines
   */
  public record Row(String name, String key, int color) {}

  /**
   * @param value NaN for a gap
   * @param note what is written below the value
   * @param told all about it
   */
  public record Cell(double value, String note, String told) {}

  public HeatMap {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
    cells = List.copyOf(cells);
  }

  /** The figure as SVG. */
  public String svg() {
    double widest = rows.stream().mapToDouble(row -> Frame.width(row.name, Frame.FONT)).max().orElse(0);
    double left = Math.min(Math.max(widest + 26, 70), 134);
    double width = left + columns.size() * COLUMN + (apart > 0 ? GAP : 0) + 2;
    double height = HEAD + rows.size() * ROW + 34;
    Markup svg = Frame.open("heat", title, width, height, 1.2);
    Frame.title(svg, title, 0, width);
    for (int c = 0; c < columns.size(); c++) {
      List<String> lines = Frame.twoLines(columns.get(c), COLUMN - 2, 10);
      for (int l = 0; l < lines.size(); l++) {
        double y = HEAD - 8 - 12 * (lines.size() - 1 - l);
        svg.element(
            "text", lines.get(l), "x", x(left, c) + COLUMN / 2, "y", y, "text-anchor", "middle", "font-size", 10.0, "fill", Frame.SOFT, "class", "soft");
      }
    }
    for (int r = 0; r < rows.size(); r++) {
      Row row = rows.get(r);
      double y = HEAD + r * ROW;
      svg.open("g", "class", "m", "data-m", row.color);
      name(svg, row, y, left);
      for (int c = 0; c < columns.size(); c++) {
        cell(svg, cells.get(r).get(c), x(left, c), y, c >= columns.size() - apart);
      }
      svg.close("g");
    }
    bar(svg, left, HEAD + rows.size() * ROW + 10);
    return svg.close("svg").toString();
  }

  private double x(double left, int column) {
    return left + column * COLUMN + (column >= columns.size() - apart ? GAP : 0);
  }

  private static void name(Markup svg, Row row, double y, double left) {
    String color = Palette.series(row.color);
    svg.element(
        "text",
        row.key,
        "x",
        8.0,
        "y",
        y + ROW / 2 + 4,
        "text-anchor",
        "middle",
        "font-weight",
        700,
        "fill",
        color,
        "class",
        "key fill " + Palette.seriesClass(row.color));
    Frame.name(svg, row.name, y + ROW / 2, left);
  }

  private void cell(Markup svg, Cell cell, double x, double y, boolean summary) {
    String kind = (Double.isNaN(cell.value) ? "gap" : "cell") + (summary ? " summary" : "");
    svg.open("g", "class", kind);
    svg.element("title", cell.told);
    double center = x + COLUMN / 2;
    if (Double.isNaN(cell.value)) {
      svg.empty(
          "rect",
          "x",
          x + 1.5,
          "y",
          y + 1.5,
          "width",
          COLUMN - 3,
          "height",
          ROW - 3,
          "rx",
          3.0,
          "fill",
          "none",
          "stroke",
          Frame.GRID,
          "stroke-dasharray",
          "3 3",
          "class",
          "grid");
    } else {
      double position = color.at(cell.value);
      String ink = Palette.onHeat(position);
      svg.empty(
          "rect", "x", x + 1, "y", y + 1, "width", COLUMN - 2, "height", ROW - 2, "rx", 3.0, "fill", Palette.heat(position));
      String shown = String.format(Locale.ROOT, "%.1f", cell.value / color.unit());
      double base = y + ROW / 2 + (cell.note.isEmpty() ? 4.5 : -0.5);
      svg.element(
          "text", shown, "x", center, "y", base, "text-anchor", "middle", "font-size", 12.5, "font-weight", 600, "fill", ink, "class", "on");
      if (!cell.note.isEmpty()) {
        svg.element(
            "text", cell.note, "x", center, "y", base + 11.5, "text-anchor", "middle", "font-size", 9.0, "fill", ink, "class", "on");
      }
    }
    svg.close("g");
  }

  /** What the colours mean. */
  private void bar(Markup svg, double left, double y) {
    int steps = 40;
    double width = 160.0 / steps;
    for (int i = 0; i < steps; i++) {
      String fill = Palette.heat((i + 0.5) / steps);
      svg.empty("rect", "x", left + i * width, "y", y, "width", width + 0.3, "height", 7.0, "fill", fill);
    }
    svg.element("text", color.label(color.low()), "x", left, "y", y + 19, "fill", Frame.SOFT, "class", "soft");
    svg.element(
        "text",
        color.label(color.high()) + (color.unit() < 1 ? " %" : ""),
        "x",
        left + 160,
        "y",
        y + 19,
        "text-anchor",
        "end",
        "fill",
        Frame.SOFT,
        "class",
        "soft");
  }
}
