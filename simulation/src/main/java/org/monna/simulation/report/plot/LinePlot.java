package org.monna.simulation.report.plot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lines over time with the spread around them. A line ends in its key, a letter or two, which the reader finds in the legend:
 * names would not fit next to each other.
 *
 * @param kind a class for the figure
 * @param title what this panel shows
 * @param xLabel what is on the horizontal axis
 * @param yLabel what is on the vertical one
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param lines drawn in this order
 * @param reference a level to compare with
 */
public record LinePlot(
    String kind,
    String title,
    String xLabel,
    String yLabel,
    Scale x,
    Scale y,
    List<Line> lines,
    @Nullable Reference reference) {

  private static final double WIDTH = 400;
  private static final double HEIGHT = 250;
  private static final double LEFT = 48;
  private static final double RIGHT = WIDTH - 34;
  private static final double TOP = 30;
  private static final double BOTTOM = HEIGHT - 36;

  /**
   * A line and its band.
   *
   * @param name of what it is the line
   * @param key stands for the name at the line's end
   * @param color which of the palette's
   * @param points from left to right; values that the axes have no place for are gaps
   */
  public record Line(String name, String key, int color, List<Point> points) {
    public Line {
      points = List.copyOf(points);
    }
  }

  /** A point of a line, and from where to where its values spread; the same where there is only one. */
  public record Point(double x, double y, double low, double high) {}

  /** A horizontal line, and what it says. */
  public record Reference(double y, String label) {}

  public LinePlot {
    lines = List.copyOf(lines);
  }

  /** The same under another title. */
  public LinePlot titled(String other) {
    return new LinePlot(kind, other, xLabel, yLabel, x, y, lines, reference);
  }

  /**
   * The figure as SVG.
   *
   * @param legend whether it tells what the keys stand for; a page of many figures does that once
   */
  public String svg(boolean legend) {
    double height = HEIGHT + (legend ? 8 + 15 * Math.ceilDiv(lines.size(), 2) : 0);
    Markup svg =
        Frame.open(
            "lines " + kind,
            title,
            WIDTH,
            height,
            1,
            "data-box",
            "%s %s %s %s".formatted((int) LEFT, (int) TOP, (int) RIGHT, (int) BOTTOM),
            "data-x",
            axis(x),
            "data-y",
            axis(y),
            "data-x-label",
            xLabel);
    Frame.title(svg, title, LEFT, WIDTH);
    axes(svg);
    if (reference != null) {
      reference(svg, reference);
    }
    double[] keys = keyHeights();
    for (int i = 0; i < lines.size(); i++) {
      line(svg, lines.get(i), keys[i]);
    }
    if (legend) {
      legend(svg);
    }
    return svg.close("svg").toString();
  }

  private void legend(Markup svg) {
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      double px = 8 + (i % 2) * (WIDTH / 2);
      double py = HEIGHT + 14 + 15 * (i / 2);
      svg.element("text", line.key, "x", px, "y", py, "font-weight", 700, "fill", Palette.series(line.color));
      svg.element("text", Frame.fitted(line.name, WIDTH / 2 - 32, Frame.FONT), "x", px + 18, "y", py);
    }
  }

  /** What a script needs to read values back. */
  private static String axis(Scale scale) {
    return scale.low() + " " + scale.high() + " " + (scale.log() ? "log" : "linear") + " " + scale.unit();
  }

  private void axes(Markup svg) {
    for (double tick : y.ticks()) {
      double py = py(tick);
      svg.empty("line", "x1", LEFT, "x2", RIGHT, "y1", py, "y2", py, "stroke", Frame.GRID, "class", "grid");
      Frame.label(svg, y.label(tick), LEFT - 6, py + 4, "end");
    }
    for (double tick : x.ticks()) {
      double px = px(tick);
      svg.empty("line", "x1", px, "x2", px, "y1", BOTTOM, "y2", BOTTOM + 4, "stroke", Frame.SOFT, "class", "axis");
      Frame.label(svg, x.label(tick), px, BOTTOM + 16, "middle");
    }
    svg.empty("line", "x1", LEFT, "x2", RIGHT, "y1", BOTTOM, "y2", BOTTOM, "stroke", Frame.SOFT, "class", "axis");
    double middle = (LEFT + RIGHT) / 2;
    Frame.label(svg, xLabel, middle, HEIGHT - 5, "middle");
    double center = (TOP + BOTTOM) / 2;
    svg.element(
        "text",
        yLabel,
        "transform",
        "translate(10 %s) rotate(-90)".formatted(Markup.number(center)),
        "text-anchor",
        "middle",
        "fill",
        Frame.SOFT,
        "class",
        "soft");
  }

  private void reference(Markup svg, Reference level) {
    double py = py(level.y);
    if (Double.isNaN(py)) {
      return;
    }
    svg.empty(
        "line", "x1", LEFT, "x2", RIGHT, "y1", py, "y2", py, "stroke", Frame.SOFT, "stroke-dasharray", "1 3", "class", "axis");
    Frame.label(svg, Frame.fitted(level.label, RIGHT - LEFT, 9.5), LEFT + 4, py - 4, "start", 9.5);
  }

  private void line(Markup svg, Line line, double keyY) {
    String color = Palette.series(line.color);
    String colorClass = Palette.seriesClass(line.color);
    svg.open("g", "class", "line m", "data-m", line.color, "data-name", line.name, "data-key", line.key);
    svg.element("title", line.name);
    StringBuilder path = new StringBuilder();
    StringBuilder band = new StringBuilder();
    pieces(
        line.points,
        piece -> {
          char command = 'M';
          for (Point point : piece) {
            at(path, command, point.x, point.y);
            command = 'L';
          }
          if (piece.size() == 1) {
            path.append('h').append("0.01"); // with round ends: a dot
          }
          if (piece.stream().anyMatch(p -> p.low < p.high)) {
            command = 'M';
            for (Point point : piece) {
              at(band, command, point.x, point.high);
              command = 'L';
            }
            piece.reversed().forEach(point -> at(band, 'L', point.x, point.low));
            band.append('Z');
          }
        });
    if (!band.isEmpty()) {
      svg.empty("path", "d", band, "fill", color, "fill-opacity", 0.14, "class", "band fill " + colorClass);
    }
    String dash = Palette.dash(line.color);
    svg.empty(
        "path",
        "d",
        path,
        "fill",
        "none",
        "stroke",
        color,
        "stroke-width",
        1.75,
        "stroke-linejoin",
        "round",
        "stroke-linecap",
        dash.isEmpty() ? "round" : "butt",
        "stroke-dasharray",
        dash.isEmpty() ? "none" : dash,
        "class",
        "stroke " + colorClass);
    if (!Double.isNaN(keyY)) {
      Point end = lastPlaced(line);
      String lead = "M%s %sL%s %s".formatted(number(px(end.x) + 2), number(clampedPy(end.y)), number(RIGHT + 12), number(keyY));
      svg.empty("path", "d", lead, "fill", "none", "stroke", color, "stroke-width", 0.7, "class", "lead stroke " + colorClass);
      Frame.key(svg, line.key, line.color, RIGHT + 15, keyY + 3.7);
    }
    svg.close("g");
  }

  private void at(StringBuilder path, char command, double px, double py) {
    path.append(command).append(number(px(px))).append(' ').append(number(clampedPy(py)));
  }

  private static String number(double value) {
    return Markup.number(value);
  }

  /** Runs of points without a gap. */
  private void pieces(List<Point> points, Consumer<List<Point>> each) {
    List<Point> piece = new ArrayList<>();
    for (Point point : points) {
      if (placed(point)) {
        piece.add(point);
      } else if (!piece.isEmpty()) {
        each.accept(List.copyOf(piece));
        piece.clear();
      }
    }
    if (!piece.isEmpty()) {
      each.accept(piece);
    }
  }

  private boolean placed(Point point) {
    return !Double.isNaN(x.at(point.x)) && !Double.isNaN(y.at(point.y));
  }

  private @Nullable Point lastPlacedOrNull(Line line) {
    return line.points.reversed().stream().filter(this::placed).findFirst().orElse(null);
  }

  private Point lastPlaced(Line line) {
    Point point = lastPlacedOrNull(line);
    if (point == null) {
      throw new IllegalStateException("a line without points has no key");
    }
    return point;
  }

  /** The height of every key: that of the line's end, moved so that no two are written over each other; NaN without an end. */
  private double[] keyHeights() {
    double[] heights = new double[lines.size()];
    List<Integer> ended = new ArrayList<>();
    for (int i = 0; i < heights.length; i++) {
      Point end = lastPlacedOrNull(lines.get(i));
      heights[i] = end == null ? Double.NaN : clampedPy(end.y);
      if (end != null) {
        ended.add(i);
      }
    }
    ended.sort(Comparator.comparingDouble(i -> heights[i]));
    double apart = Math.min(10.5, (BOTTOM - TOP + 12) / Math.max(ended.size(), 1));
    double least = TOP - 4;
    for (int i : ended) {
      heights[i] = Math.max(heights[i], least);
      least = heights[i] + apart;
    }
    double most = BOTTOM;
    for (int i : ended.reversed()) {
      heights[i] = Math.min(heights[i], most);
      most = heights[i] - apart;
    }
    return heights;
  }

  private double px(double value) {
    return LEFT + x.at(value) * (RIGHT - LEFT);
  }

  private double py(double value) {
    return BOTTOM - y.at(value) * (BOTTOM - TOP);
  }

  /** Within the plot: a band on a logarithmic axis may begin at 0. */
  private double clampedPy(double value) {
    double position = y.at(value);
    return Double.isNaN(position) ? BOTTOM : BOTTOM - Math.min(Math.max(position, 0), 1) * (BOTTOM - TOP);
  }
}
