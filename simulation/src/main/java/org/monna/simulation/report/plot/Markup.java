package org.monna.simulation.report.plot;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * HTML or XML in the making. Texts and attribute values are escaped, whatever they hold; tags and attribute names are the code's
 * own.
 */
public final class Markup {

  private final StringBuilder out = new StringBuilder();

  /**
   * Opens an element.
   *
   * @param attributes names and values, in turns; numbers are written with at most two decimals
   */
  public Markup open(String tag, Object... attributes) {
    tag(tag, attributes);
    out.append('>');
    return this;
  }

  public Markup close(String tag) {
    out.append("</").append(tag).append('>');
    return this;
  }

  /** An element without content. */
  public Markup empty(String tag, Object... attributes) {
    tag(tag, attributes);
    out.append("/>");
    return this;
  }

  /** An element that holds a text. */
  public Markup element(String tag, String text, Object... attributes) {
    return open(tag, attributes).text(text).close(tag);
  }

  public Markup text(String text) {
    out.append(escape(text));
    return this;
  }

  /** What is markup already. */
  public Markup raw(String markup) {
    out.append(markup);
    return this;
  }

  private void tag(String tag, Object... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      Object value = attributes[i + 1];
      String text = value instanceof Double number ? number(number) : value.toString();
      out.append(' ').append(attributes[i]).append("=\"").append(escape(text)).append('"');
    }
  }

  /** The text, so that neither HTML nor XML finds markup in it, in an element or a quoted attribute. */
  public static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(allowed(c) ? c : 0xFFFD);
              }
            });
    return escaped.toString();
  }

  /** XML has no way to write the others, not even escaped. */
  private static boolean allowed(int c) {
    boolean control = c < 0x20 ? c != '\t' && c != '\n' && c != '\r' : c >= 0x7F && c < 0xA0;
    boolean surrogate = c >= 0xD800 && c < 0xE000;
    return !control && !surrogate && c != 0xFFFE && c != 0xFFFF;
  }

  /** A finite number as coordinates are written: at most two decimals, none that say nothing. */
  public static String number(double value) {
    return plain(BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN));
  }

  static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
