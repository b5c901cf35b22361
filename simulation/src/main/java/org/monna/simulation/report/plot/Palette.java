package org.monna.simulation.report.plot;

import java.util.Locale;

/**
 * Colours that people with any colour vision tell apart: after Okabe and Ito and after Tol, darkened or lightened where
 * lines would be too faint on the page. There are more methods than such colours, so that dashes and letters tell as well.
 */
public final class Palette {

  private static final String[] LIGHT = {
    "#0072b2", "#d55e00", "#009e73", "#aa3377", "#b07d00", "#3b2a9e", "#1f9ccf", "#8c1d40", "#5f6670", "#55801a"
  };
  private static final String[] DARK = {
    "#5aaef0", "#ff8b4d", "#2fcf9f", "#e583bb", "#efb93a", "#a79bff", "#83dcff", "#f0718f", "#b9c0ca", "#a5cf62"
  };
  private static final String[] DASHES = {"", "7 3", "2.5 2.5"};

  private static final String[] PART_LIGHT = {"#9db4c8", "#c8553d", "#e3b23c", "#1b6ca8", "#c9c4bc", "#6b4e90", "#4f8f6b"};
  private static final String[] PART_DARK = {"#6f8aa3", "#e5775f", "#e8bd55", "#57a8e8", "#77736c", "#a98bd0", "#7cc09a"};

  /** Cividis, which is the same for most colour-blind people, in steps of an eighth. */
  private static final int[] HEAT = {0x00224e, 0x1a386f, 0x434e6c, 0x61656f, 0x7d7c78, 0x9b9476, 0xbcae6c, 0xdec958, 0xfee838};

  private Palette() {}

  static String series(int index) {
    return LIGHT[index % LIGHT.length];
  }

  static String part(int index) {
    return PART_LIGHT[index % PART_LIGHT.length];
  }

  static String dash(int index) {
    return DASHES[(index + index / LIGHT.length) % DASHES.length];
  }

  /** Which of the colours of lines this is; its class is {@code c0}, {@code c1}... */
  public static String seriesClass(int index) {
    return "c" + index % LIGHT.length;
  }

  static String partClass(int index) {
    return "p" + index % PART_LIGHT.length;
  }

  /** From dark blue for 0 to yellow for 1. */
  static String heat(double position) {
    double place = Math.min(Math.max(position, 0), 1) * (HEAT.length - 1);
    int below = (int) Math.min(place, HEAT.length - 2);
    double weight = place - below;
    int color = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double mixed = (1 - weight) * (HEAT[below] >> shift & 255) + weight * (HEAT[below + 1] >> shift & 255);
      color |= (int) Math.rint(mixed) << shift;
    }
    return String.format(Locale.ROOT, "#%06x", color);
  }

  /** Black or white, whichever is easier to read on {@link #heat}. */
  static String onHeat(double position) {
    return position > 0.45 ? "#000" : "#fff";
  }

  /** A piece of a line, for a legend in HTML. */
  public static String sample(int index) {
    String dash = dash(index).isEmpty() ? "none" : dash(index);
    String kind = "stroke " + seriesClass(index);
    return new Markup()
        .open("svg", "viewBox", "0 0 26 10", "width", 26, "height", 10, "aria-hidden", "true")
        .empty("path", "d", "M1 5H25", "stroke", series(index), "stroke-width", 2.5, "stroke-dasharray", dash, "class", kind)
        .close("svg")
        .toString();
  }

  /** A piece of a bar, for a legend in HTML. */
  public static String swatch(int index) {
    return new Markup()
        .open("svg", "viewBox", "0 0 12 12", "width", 12, "height", 12, "aria-hidden", "true")
        .empty("rect", "width", 12, "height", 12, "rx", 2, "fill", part(index), "class", "fill " + partClass(index))
        .close("svg")
        .toString();
  }

  /** Style rules that make a page's {@code --c0}... the colours of lines and {@code --p0}... those of parts. */
  public static String css() {
    StringBuilder css = new StringBuilder(":root{");
    variables(css, "c", LIGHT);
    variables(css, "p", PART_LIGHT);
    css.append("}\n@media screen and (prefers-color-scheme:dark){:root{");
    variables(css, "c", DARK);
    variables(css, "p", PART_DARK);
    css.append("}}\n");
    for (int i = 0; i < LIGHT.length; i++) {
      css.append(".stroke.c%1$d{stroke:var(--c%1$d)}.fill.c%1$d{fill:var(--c%1$d)}.ink.c%1$d{color:var(--c%1$d)}\n".formatted(i));
    }
    for (int i = 0; i < PART_LIGHT.length; i++) {
      css.append(".fill.p%d{fill:var(--p%d)}\n".formatted(i, i));
    }
    return css.toString();
  }

  private static void variables(StringBuilder css, String prefix, String[] colors) {
    for (int i = 0; i < colors.length; i++) {
      css.append("--%s%d:%s;".formatted(prefix, i, colors[i]));
    }
  }
}
