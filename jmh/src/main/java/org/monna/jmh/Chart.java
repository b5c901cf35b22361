package org.monna.jmh;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Lines in a plane, drawn as SVG. Points that cannot be drawn (NaN, or not positive on a logarithmic axis) are left out. */
record Chart(String title, Axis x, Axis y, List<Line> lines) {

  record Axis(String label, boolean logarithmic) {

    boolean shows(double value) {
      return Double.isFinite(value) && (!logarithmic || value > 0);
    }

    double position(double value) {
      return logarithmic ? Math.log10(value) : value;
    }
  }

  /**
   * @param deviation up and down from y; 0 for none
   */
  record Point(double x, double y, double deviation) {}

  /**
   * @param dashed for lines that were computed, which have no marks
   */
  record Line(String name, boolean dashed, List<Point> points) {}

  private static final int WIDTH = 560;
  private static final int HEIGHT = 340;
  private static final int LEFT = 62;
  private static final int RIGHT = 12;
  private static final int TOP = 10;
  private static final int BOTTOM = 46;
  private static final int COLORS = 8;
  private static final int ROW = 17;

  String svg() {
    Scale across = Scale.of(x, this, Point::x, Point::x, LEFT, WIDTH - RIGHT);
    Scale up = Scale.of(y, this, p -> p.y - p.deviation, p -> p.y + p.deviation, HEIGHT - BOTTOM, TOP);
    int legend = (lines.size() + 1) / 2 * ROW;
    StringBuilder svg = new StringBuilder();
    add(svg, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n", WIDTH, HEIGHT + legend, Html.escape(title));
    for (double tick : across.ticks()) {
      double at = across.at(tick);
      add(svg, "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>%n", at, at, TOP, HEIGHT - BOTTOM);
      add(svg, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n", at, HEIGHT - BOTTOM + 16, label(tick));
    }
    for (double tick : up.ticks()) {
      double at = up.at(tick);
      add(svg, "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>%n", LEFT, WIDTH - RIGHT, at, at);
      add(svg, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n", LEFT - 6, at + 4, label(tick));
    }
    add(
        svg,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
        (LEFT + WIDTH - RIGHT) / 2,
        HEIGHT - BOTTOM + 36,
        Html.escape(x.label));
    int middle = (TOP + HEIGHT - BOTTOM) / 2;
    add(
        svg,
        "<text transform=\"translate(14 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>%n",
        middle,
        Html.escape(y.label));
    for (int k = 0; k < lines.size(); k++) {
      draw(svg, lines.get(k), color(k), across, up);
      int at = HEIGHT + k / 2 * ROW + 4;
      int from = k % 2 == 0 ? LEFT : (LEFT + WIDTH) / 2;
      add(
          svg,
          "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" stroke=\"%s\" stroke-width=\"2\"%s/><text x=\"%d\" y=\"%d\">%s</text>%n",
          from,
          from + 22,
          at,
          at,
          color(k),
          dash(lines.get(k)),
          from + 28,
          at + 4,
          Html.escape(lines.get(k).name));
    }
    return svg.append("</svg>\n").toString();
  }

  private void draw(StringBuilder svg, Line line, String color, Scale across, Scale up) {
    StringBuilder path = new StringBuilder();
    for (Point p : line.points) {
      if (x.shows(p.x) && y.shows(p.y)) {
        add(path, "%s%.1f %.1f", path.isEmpty() ? "M" : " L", across.at(p.x), up.at(p.y));
      }
    }
    add(svg, "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"%s/>%n", path, color, dash(line));
    for (Point p : line.points) {
      if (line.dashed || !x.shows(p.x) || !y.shows(p.y)) {
        continue;
      }
      double at = across.at(p.x);
      if (p.deviation > 0 && y.shows(p.y - p.deviation)) {
        double low = up.at(p.y - p.deviation);
        double high = up.at(p.y + p.deviation);
        add(svg, "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n", at, at, low, high, color);
      }
      add(
          svg,
          "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"><title>%s: %s, %s</title></circle>%n",
          at,
          up.at(p.y),
          color,
          Html.escape(line.name),
          label(p.x),
          Table.number(p.y));
    }
  }

  private static String dash(Line line) {
    return line.dashed ? " stroke-dasharray=\"5 4\"" : "";
  }

  private static String color(int k) {
    return "var(--s" + k % COLORS + ")";
  }

  private static void add(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format.replace("%n", "\n"), values));
  }

  /** A number without digits that say nothing. */
  static String label(double value) {
    double size = Math.abs(value);
    if (size >= 1e6) {
      return trim(value / 1e6) + "M";
    }
    return size >= 1e4 ? trim(value / 1e3) + "k" : trim(value);
  }

  private static String trim(double value) {
    String text = String.format(Locale.ROOT, "%.3f", value);
    return text.replaceAll("\\.?0+$", "");
  }

  /** From values to places in the drawing. */
  private record Scale(Axis axis, double low, double high, double from, double to) {

    static Scale of(
        Axis axis, Chart chart, ToDoubleFunction<Point> least, ToDoubleFunction<Point> most, double from, double to) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (Line line : chart.lines) {
        for (Point p : line.points) {
          for (double value : new double[] {least.applyAsDouble(p), most.applyAsDouble(p)}) {
            if (axis.shows(value)) {
              low = Math.min(low, value);
              high = Math.max(high, value);
            }
          }
        }
      }
      if (low > high) {
        low = 1;
        high = 1;
      }
      if (!axis.logarithmic) {
        low = Math.min(low, 0);
        high = high == low ? low + 1 : high + 0.04 * (high - low);
      } else {
        low /= 1.15;
        high *= 1.15;
      }
      return new Scale(axis, low, high, from, to);
    }

    double at(double value) {
      double share =
          (axis.position(value) - axis.position(low)) / (axis.position(high) - axis.position(low));
      return from + share * (to - from);
    }

    /** Round numbers: 1, 2, 5 times powers of ten. */
    List<Double> ticks() {
      List<Double> ticks = new ArrayList<>();
      if (axis.logarithmic) {
        boolean all = high / low < 200;
        for (int power = (int) Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
          for (int digit : all ? new int[] {1, 2, 5} : new int[] {1}) {
            double tick = digit * Math.pow(10, power);
            if (tick >= low && tick <= high) {
              ticks.add(tick);
            }
          }
        }
        return ticks;
      }
      double rough = (high - low) / 6;
      double power = Math.pow(10, Math.floor(Math.log10(rough)));
      double step = power * (rough / power > 5 ? 10 : rough / power > 2 ? 5 : rough / power > 1 ? 2 : 1);
      for (long k = (long) Math.ceil(low / step); k * step <= high; k++) {
        ticks.add(k * step);
      }
      return ticks;
    }
  }
}
