package org.monna.jmh;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.monna.simulation.report.plot.Markup;
import org.monna.simulation.report.plot.Scale;

/** Lines in a plane, drawn as SVG. Points that cannot be drawn (NaN, or not positive on a logarithmic axis) are left out. */
record Chart(String title, Axis x, Axis y, List<Line> lines) {

  record Axis(String label, boolean logarithmic) {

    /** From 0 if it is not logarithmic, to a little more than the largest value. */
    Scale scale(DoubleStream values) {
      double[] shown = values.filter(value -> Double.isFinite(value) && (!logarithmic || value > 0)).toArray();
      double low = DoubleStream.of(shown).min().orElse(1);
      double high = DoubleStream.of(shown).max().orElse(1);
      if (logarithmic) {
        return Scale.log(low, high);
      }
      double from = Math.min(low, 0);
      return Scale.linear(from, high + 0.04 * (high - from), 6);
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
  private static final int RIGHT = WIDTH - 12;
  private static final int TOP = 10;
  private static final int BOTTOM = HEIGHT - 46;
  private static final int COLORS = 8;
  private static final int ROW = 17;

  String svg() {
    return new Drawing().svg();
  }

  private Stream<Point> points() {
    return lines.stream().flatMap(line -> line.points.stream());
  }

  /** The chart in the making. */
  private final class Drawing {

    private final Scale across = x.scale(points().mapToDouble(Point::x));
    private final Scale up =
        y.scale(points().flatMapToDouble(p -> DoubleStream.of(p.y - p.deviation, p.y + p.deviation)));
    private final Markup svg = new Markup();

    String svg() {
      int legend = (lines.size() + 1) / 2 * ROW;
      svg.open("svg", "viewBox", "0 0 %d %d".formatted(WIDTH, HEIGHT + legend), "role", "img", "aria-label", title);
      for (double tick : across.ticks()) {
        svg.empty("line", "class", "grid", "x1", px(tick), "x2", px(tick), "y1", TOP, "y2", BOTTOM);
        svg.element("text", across.label(tick), "x", px(tick), "y", BOTTOM + 16, "text-anchor", "middle");
      }
      for (double tick : up.ticks()) {
        svg.empty("line", "class", "grid", "x1", LEFT, "x2", RIGHT, "y1", py(tick), "y2", py(tick));
        svg.element("text", up.label(tick), "x", LEFT - 6, "y", py(tick) + 4, "text-anchor", "end");
      }
      svg.element("text", x.label, "x", (LEFT + RIGHT) / 2, "y", BOTTOM + 36, "text-anchor", "middle");
      String beside = "translate(14 %d) rotate(-90)".formatted((TOP + BOTTOM) / 2);
      svg.element("text", y.label, "transform", beside, "text-anchor", "middle");
      for (int k = 0; k < lines.size(); k++) {
        Line line = lines.get(k);
        String color = "var(--s" + k % COLORS + ")";
        draw(line, color);
        int at = HEIGHT + k / 2 * ROW + 4;
        int from = k % 2 == 0 ? LEFT : (LEFT + WIDTH) / 2;
        stroke("M%d %dh22".formatted(from, at), line, color);
        svg.element("text", line.name, "x", from + 28, "y", at + 4);
      }
      return svg.close("svg").raw("\n").toString();
    }

    private void draw(Line line, String color) {
      StringBuilder path = new StringBuilder();
      for (Point p : line.points) {
        if (isPlaced(p)) {
          path.append(path.isEmpty() ? "M" : "L").append(Markup.number(px(p.x))).append(' ').append(Markup.number(py(p.y)));
        }
      }
      stroke(path.toString(), line, color);
      for (Point p : line.points) {
        if (line.dashed || !isPlaced(p)) {
          continue;
        }
        double low = py(p.y - p.deviation);
        if (p.deviation > 0 && !Double.isNaN(low)) {
          svg.empty("line", "x1", px(p.x), "x2", px(p.x), "y1", low, "y2", py(p.y + p.deviation), "stroke", color);
        }
        svg.open("circle", "cx", px(p.x), "cy", py(p.y), "r", 3.5, "fill", color);
        svg.element("title", "%s: %s, %s".formatted(line.name, across.label(p.x), Table.number(p.y))).close("circle");
      }
    }

    private void stroke(String path, Line line, String color) {
      String dashes = line.dashed ? "5 4" : "none";
      svg.empty("path", "d", path, "fill", "none", "stroke", color, "stroke-width", 2, "stroke-dasharray", dashes);
    }

    private boolean isPlaced(Point p) {
      return !Double.isNaN(px(p.x)) && !Double.isNaN(py(p.y));
    }

    private double px(double value) {
      return LEFT + across.at(value) * (RIGHT - LEFT);
    }

    private double py(double value) {
      return BOTTOM - up.at(value) * (BOTTOM - TOP);
    }
  }
}
