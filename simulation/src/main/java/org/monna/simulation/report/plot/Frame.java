package org.monna.simulation.report.plot;

import java.util.List;

/** What all plots are drawn with. Lengths are in SVG's units, which are pixels where a figure is shown at its own size. */
final class Frame {

  static final String INK = "#1c2127";
  static final String SOFT = "#5b6470";
  static final String GRID = "#e3e6ea";
  static final double FONT = 11;

  private Frame() {}

  /**
   * The start of a figure, which has a white ground of its own.
   *
   * @param scale how much larger than its units it is shown where nothing else is said
   */
  static Markup open(String kind, String title, double width, double height, double scale, Object... attributes) {
    Markup svg = new Markup();
    Object[] own = {
      "xmlns", "http://www.w3.org/2000/svg",
      "viewBox", "0 0 %s %s".formatted(Markup.number(width), Markup.number(height)),
      "width", scale * width,
      "height", scale * height,
      "class", "plot " + kind,
      "role", "img",
      "aria-label", title,
      "font-family", "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif",
      "font-size", FONT,
      "fill", INK
    };
    Object[] all = new Object[own.length + attributes.length];
    System.arraycopy(own, 0, all, 0, own.length);
    System.arraycopy(attributes, 0, all, own.length, attributes.length);
    svg.open("svg", all);
    svg.empty("rect", "width", width, "height", height, "fill", "#fff", "class", "ground");
    return svg;
  }

  static void title(Markup svg, String title, double x, double width) {
    svg.element("text", fitted(title, (width - x) / 1.1, 13), "x", x, "y", 16.0, "font-size", 13.0, "font-weight", 600);
  }

  /** A text of an axis. */
  static void label(Markup svg, String text, double x, double y, String anchor) {
    label(svg, text, x, y, anchor, FONT);
  }

  static void label(Markup svg, String text, double x, double y, String anchor, double font) {
    svg.element(
        "text", text, "x", x, "y", y, "text-anchor", anchor, "font-size", font, "fill", SOFT, "class", "soft");
  }

  /** What stands for a name, in its colour. */
  static void key(Markup svg, String key, int color, double x, double y) {
    String kind = "key fill " + Palette.seriesClass(color);
    svg.element("text", key, "x", x, "y", y, "font-weight", 700, "fill", Palette.series(color), "class", kind);
  }

  /** About as wide as a text will be; fonts differ. */
  static double width(String text, double font) {
    return 0.56 * font * text.length();
  }

  /** The beginning of a text that fits, or all of it. */
  static String fitted(String text, double width, double font) {
    int most = (int) Math.max(width / (0.56 * font), 2);
    return text.length() <= most ? text : text.substring(0, most - 1).stripTrailing() + "…";
  }

  /** A name in at most two lines, broken at a blank or a hyphen if there is one. */
  static List<String> twoLines(String name, double width, double font) {
    if (width(name, font) <= width) {
      return List.of(name);
    }
    int most = (int) (width / width("m", font));
    int cut = Math.min(most, name.length() - 1);
    for (int i = cut; i > 1; i--) {
      if (name.charAt(i) == ' ' || name.charAt(i) == '(' || name.charAt(i - 1) == '-' || name.charAt(i - 1) == '_') {
        cut = i;
        break;
      }
    }
    return List.of(name.substring(0, cut).strip(), fitted(name.substring(cut).strip(), width, font));
  }

  /** A name of a row, in one line or two around a height; from 20 to what belongs to the row. */
  static void name(Markup svg, String name, double center, double left) {
    List<String> lines = twoLines(name, left - 26, FONT);
    for (int l = 0; l < lines.size(); l++) {
      double base = center + 4 + (l - (lines.size() - 1) / 2.0) * 12;
      svg.open("text", "x", 20.0, "y", base).element("title", name).text(lines.get(l)).close("text");
    }
  }
}
