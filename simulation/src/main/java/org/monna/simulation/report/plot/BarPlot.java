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
  private static final double ROW = 20;
  private static final double TOP = 28;
  private static final double END = WIDTH - 48;

  /**
   * @param color which of the palette's of lines, for the key
   * @param lengths of the parts; 0 for those that are missing
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Bar(String name, String key, int color, double[] lengths) {
    double sum() {
      double sum = 0;
      for (double part : lengths) {
        sum += part;
      }
      return sum;
    }
  }

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
    double widest = bars.stream().mapToDouble(bar -> Frame.width(bar.name, Frame.FONT)).max().orElse(0);
    double left = Math.min(Math.max(widest + 28, 60), 150);
    double bottom = TOP + bars.size() * ROW;
    Markup svg = Frame.open("bars", title, WIDTH, bottom + 36 + (legend ? 20 : 0));
    Frame.title(svg, title, 0);
    for (double tick : length.ticks()) {
      double x = x(left, tick);
      svg.empty("line", "x1", x, "x2", x, "y1", TOP, "y2", bottom, "stroke", Frame.GRID, "class", "grid");
      svg.element(
          "text", length.label(tick), "x", x, "y", bottom + 14, "text-anchor", "middle", "fill", Frame.SOFT, "class", "soft");
    }
    svg.element(
        "text", unit, "x", (left + END) / 2, "y", bottom + 29, "text-anchor", "middle", "fill", Frame.SOFT, "class", "soft");
    for (int i = 0; i < bars.size(); i++) {
      bar(svg, bars.get(i), left, TOP + i * ROW);
    }
    if (legend) {
      legend(svg, bottom + 42);
    }
    svg.empty("line", "x1", left, "x2", left, "y1", TOP, "y2", bottom, "stroke", Frame.SOFT, "class", "axis");
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

  private void bar(Markup svg, Bar bar, double left, double y) {
    svg.open("g", "class", "bar m", "data-m", bar.color);
    double base = y + ROW / 2 + 4;
    svg.element(
        "text",
        bar.key,
        "x",
        8.0,
        "y",
        base,
        "text-anchor",
        "middle",
        "font-weight",
        700,
        "fill",
        Palette.series(bar.color),
        "class",
        "key fill " + Palette.seriesClass(bar.color));
    svg.open("text", "x", 20.0, "y", base);
    svg.element("title", bar.name).text(Frame.fitted(bar.name, left - 24, Frame.FONT)).close("text");
    double from = 0;
    for (int p = 0; p < parts.size(); p++) {
      double to = from + bar.lengths[p];
      if (to > from) {
        double x = x(left, from);
        svg.open(
            "rect",
            "x",
            x,
            "y",
            y + 3,
            "width",
            x(left, to) - x,
            "height",
            ROW - 6,
            "fill",
            Palette.part(p),
            "class",
            "part fill " + Palette.partClass(p));
        svg.element("title", "%s, %s: %s %s".formatted(bar.name, parts.get(p), three(bar.lengths[p]), unit)).close("rect");
      }
      from = to;
    }
    svg.element("text", three(from), "x", x(left, from) + 5, "y", base, "class", "total");
    svg.close("g");
  }

  private double x(double left, double value) {
    return left + length.at(value) * (END - left);
  }

  /** A number in three digits. */
  static String three(double value) {
    return Scale.shown(new BigDecimal(value).round(new MathContext(3)).doubleValue());
  }
}
