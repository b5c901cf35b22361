package org.monna.simulation.report.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * Sums as bars, stacked of their parts from left to right.
 *
 * @param title what is shown
 * @param parts the names of the parts
 * @param bars from top to bottom
 * @param length the axis along the bars, from 0
 * @param unit what the lengths are in
 */
public record BarPlot(String title, List<String> parts, List<Bar> bars, Scale length, String unit) {

  private static final double WIDTH = 400;
  private static final double ROW = 27;
  private static final double TOP = 28;

  /** The same in all figures, so that their bars can be compared. */
  private static final double LEFT = 134;

  private static final double END = WIDTH - 48;

  /**
   * @param color which of the palette's of lines, for the key
   * @param lengths of the parts; 0 for those that are missing
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Bar(String name, String key, int color, double[] lengths) {}

  public BarPlot {
    parts = List.copyOf(parts);
    bars = List.copyOf(bars);
  }

  /**
   * The figure as SVG.
   *
   * @param legend whether it tells what the parts are; a page of many figures does that once
   */
  public String svg(boolean legend) {
    double bottom = TOP + bars.size() * ROW;
    Markup svg = Frame.open("bars", title, WIDTH, bottom + 36 + (legend ? 20 : 0), 1);
    Frame.title(svg, title, 0, WIDTH);
    for (double tick : length.ticks()) {
      double x = x(tick);
      svg.empty("line", "x1", x, "x2", x, "y1", TOP, "y2", bottom, "stroke", Frame.GRID, "class", "grid");
      Frame.label(svg, length.label(tick), x, bottom + 14, "middle");
    }
    Frame.label(svg, unit, (LEFT + END) / 2, bottom + 29, "middle");
    for (int i = 0; i < bars.size(); i++) {
      bar(svg, bars.get(i), TOP + i * ROW);
    }
    if (legend) {
      legend(svg, bottom + 42);
    }
    svg.empty("line", "x1", LEFT, "x2", LEFT, "y1", TOP, "y2", bottom, "stroke", Frame.SOFT, "class", "axis");
    return svg.close("svg").toString();
  }

  private void legend(Markup svg, double y) {
    double x = 4;
    for (int p = 0; p < parts.size(); p++) {
      svg.empty("rect", "x", x, "y", y, "width", 9.0, "height", 9.0, "fill", Palette.part(p));
      svg.element("text", parts.get(p), "x", x + 13, "y", y + 8.5);
      x += 13 + Frame.width(parts.get(p), Frame.FONT) + 12;
    }
  }

  private void bar(Markup svg, Bar bar, double y) {
    svg.open("g", "class", "bar m", "data-m", bar.color);
    double base = y + ROW / 2 + 4;
    Frame.key(svg, bar.key, bar.color, 3, base);
    Frame.name(svg, bar.name, y + ROW / 2, LEFT);
    double from = 0;
    for (int p = 0; p < parts.size(); p++) {
      double to = from + bar.lengths[p];
      if (to > from) {
        double x = x(from);
        svg.open(
            "rect",
            "x",
            x,
            "y",
            y + 4,
            "width",
            x(to) - x,
            "height",
            ROW - 8,
            "fill",
            Palette.part(p),
            "class",
            "part fill " + Palette.partClass(p));
        svg.element("title", "%s, %s: %s %s".formatted(bar.name, parts.get(p), three(bar.lengths[p]), unit)).close("rect");
      }
      from = to;
    }
    svg.element("text", three(from), "x", x(from) + 5, "y", base, "class", "total");
    svg.close("g");
  }

  private double x(double value) {
    return LEFT + length.at(value) * (END - LEFT);
  }

  /** A number in three digits. */
  static String three(double value) {
    return Scale.shown(new BigDecimal(value).round(new MathContext(3)).doubleValue());
  }
}
