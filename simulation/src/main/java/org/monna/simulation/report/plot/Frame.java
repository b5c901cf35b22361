package org.monna.simulation.report.plot;

/** What all plots are drawn with. Lengths are in SVG's units, which are pixels where a figure is shown at its own size. */
final class Frame {

  static final String INK = "#1c2127";
  static final String SOFT = "#5b6470";
  static final String GRID = "#e3e6ea";
  static final double FONT = 11;

  private Frame() {}

  /** The start of a figure, which has a title and a white ground of its own. */
  static Markup open(String kind, String title, double width, double height, Object... attributes) {
    Markup svg = new Markup();
    Object[] own = {
      "xmlns", "http://www.w3.org/2000/svg",
      "viewBox", "0 0 %s %s".formatted(Markup.number(width), Markup.number(height)),
      "width", width,
      "height", height,
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

  static void title(Markup svg, String title, double x) {
    svg.element("text", title, "x", x, "y", 16.0, "font-size", 13.0, "font-weight", 600);
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
}
