package org.monna.simulation.report.plot;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

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
    Markup svg = Frame.open(columns.size() > 7 ? "heat wide" : "heat", title, width, height, 1.2);
    Frame.title(svg, title, 0, width);
    for (int c = 0; c < columns.size(); c++) {
      List<String> lines = Frame.twoLines(columns.get(c), COLUMN - 2, 10);
      for (int l = 0; l < lines.size(); l++) {
        double y = HEAD - 8 - 12 * (lines.size() - 1 - l);
        Frame.label(svg, lines.get(l), x(left, c) + COLUMN / 2, y, "middle", 10);
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
    Frame.key(svg, row.key, row.color, 3, y + ROW / 2 + 4);
    Frame.name(svg, row.name, y + ROW / 2, left);
  }

  private void cell(Markup svg, Cell cell, double x, double y, boolean summary) {
    String kind = (Double.isNaN(cell.value) ? "gap" : "cell") + (summary ? " summary" : "");
    svg.open("g", "class", kind).element("title", cell.told);
    Object[] box = {"x", x + 1.0, "y", y + 1.0, "width", COLUMN - 2, "height", ROW - 2, "rx", 3.0};
    if (Double.isNaN(cell.value)) {
      svg.empty("rect", with(box, "fill", "none", "stroke", Frame.GRID, "stroke-dasharray", "3 3", "class", "grid"));
    } else {
      double position = color.at(cell.value);
      svg.empty("rect", with(box, "fill", Palette.heat(position)));
      String ink = Palette.onHeat(position);
      double center = x + COLUMN / 2;
      double base = y + ROW / 2 + (cell.note.isEmpty() ? 4.5 : -0.5);
      Object[] value = {"x", center, "y", base, "font-size", 12.5, "font-weight", 600};
      Object[] note = {"x", center, "y", base + 11.5, "font-size", 9.0};
      Object[] both = {"text-anchor", "middle", "fill", ink, "class", "on"};
      svg.element("text", String.format(Locale.ROOT, "%.1f", cell.value / color.unit()), with(value, both));
      if (!cell.note.isEmpty()) {
        svg.element("text", cell.note, with(note, both));
      }
    }
    svg.close("g");
  }

  private static Object[] with(Object[] attributes, Object... more) {
    return Stream.of(attributes, more).flatMap(Stream::of).toArray();
  }

  /** What the colours mean. */
  private void bar(Markup svg, double left, double y) {
    int steps = 40;
    double width = 160.0 / steps;
    for (int i = 0; i < steps; i++) {
      String fill = Palette.heat((i + 0.5) / steps);
      svg.empty("rect", "x", left + i * width, "y", y, "width", width + 0.8, "height", 7.0, "fill", fill);
    }
    Frame.label(svg, color.label(color.low()), left, y + 19, "start");
    Frame.label(svg, color.label(color.high()) + (color.unit() < 1 ? " %" : ""), left + 160, y + 19, "end");
  }
}
