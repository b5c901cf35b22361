package org.monna.simulation.report.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class PlotTest {

  private static final String HOSTILE = "a<b> & \"c\" 'd' \u0000\uD800 ]]>";

  /** Whatever it is given, a plot is well-formed XML. */
  private static List<Element> elements(String svg, String tag, String kind) throws Exception {
    Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    List<Element> found = new ArrayList<>();
    NodeList all = document.getElementsByTagName(tag);
    for (int i = 0; i < all.getLength(); i++) {
      if (List.of(((Element) all.item(i)).getAttribute("class").split(" ", -1)).contains(kind)) {
        found.add((Element) all.item(i));
      }
    }
    return found;
  }

  @Test
  void escaping() {
    assertEquals("a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39; \uFFFD\uFFFD ]]&gt;", Markup.escape(HOSTILE));
    assertEquals("Grüße, 𝛼\n", Markup.escape("Grüße, 𝛼\n"));
    assertEquals("<a b=\"&lt;\" c=\"0.33\">&amp;</a>", new Markup().element("a", "&", "b", "<", "c", 1 / 3.0).toString());
    assertEquals(List.of("0", "1200", "-0.1"), List.of(Markup.number(-0.0001), Markup.number(1200), Markup.number(-0.1)));
  }

  private static LinePlot.Point point(double x, double y, double spread) {
    return new LinePlot.Point(x, y, y - spread, y + spread);
  }

  private static LinePlot plot(LinePlot.Line... lines) {
    Scale hundred = Scale.linear(0, 100, 5);
    return new LinePlot("kind", HOSTILE, "x", "y", hundred, hundred, List.of(lines), new LinePlot.Reference(50, HOSTILE));
  }

  @Test
  void aLineGoesThroughItsPoints() throws Exception {
    List<LinePlot.Point> points = List.of(point(0, 0, 0), point(50, 100, 10), point(100, 50, 0));
    String svg = plot(new LinePlot.Line(HOSTILE, "A", 0, points)).svg(true);
    // The box of the axes is from (48, 30) to (366, 214).
    assertEquals("48 30 366 214", elements(svg, "svg", "plot").getFirst().getAttribute("data-box"));
    assertEquals("M48 214L207 30L366 122", elements(svg, "path", "stroke").getFirst().getAttribute("d"));
    // 110 is beyond the axis.
    assertEquals("M48 214L207 30L366 122L366 122L207 48.4L48 214Z", elements(svg, "path", "band").getFirst().getAttribute("d"));
  }

  @Test
  void gapsAndSinglePoints() throws Exception {
    List<LinePlot.Point> points = List.of(point(0, 10, 0), point(10, Double.NaN, 0), point(50, 50, 0), point(100, 50, 0));
    String svg = plot(new LinePlot.Line("m", "A", 0, points), new LinePlot.Line("n", "B", 1, List.of())).svg(false);
    assertEquals("M48 195.6h0.01M207 122L366 122", elements(svg, "path", "stroke").getFirst().getAttribute("d"));
    assertTrue(elements(svg, "path", "band").isEmpty());
    assertEquals(2, elements(svg, "g", "line").size());
    assertEquals(1, elements(svg, "text", "key").size());
  }

  @Test
  void keysDoNotCoverEachOther() throws Exception {
    LinePlot.Line[] lines = new LinePlot.Line[12];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = new LinePlot.Line("m", "A", i, List.of(point(0, 0, 0), point(100, i < 6 ? 0 : 99 + i / 100.0, 0)));
    }
    List<Double> heights =
        elements(plot(lines).svg(false), "text", "key").stream()
            .map(key -> Double.parseDouble(key.getAttribute("y")))
            .sorted()
            .toList();
    assertEquals(12, heights.size());
    for (int i = 1; i < heights.size(); i++) {
      assertTrue(heights.get(i) - heights.get(i - 1) > 10, heights.toString());
    }
    assertTrue(heights.getFirst() > 20 && heights.getLast() < 225, heights.toString());
  }

  @Test
  void cellsHoldTheirValues() throws Exception {
    HeatMap map =
        new HeatMap(
            HOSTILE,
            List.of(new HeatMap.Row(HOSTILE, "A", 0)),
            List.of("x", HOSTILE),
            List.of(List.of(new HeatMap.Cell(0.876, HOSTILE, HOSTILE), new HeatMap.Cell(Double.NaN, "", "none"))),
            1,
            Scale.percent(0, 1, 2));
    String svg = map.svg();
    assertEquals(1, elements(svg, "g", "cell").size());
    assertEquals(1, elements(svg, "g", "gap").size());
    assertEquals("87.6", elements(svg, "text", "on").getFirst().getTextContent());
  }

  @Test
  void colorsOfCellsAreThoseOfCividis() {
    assertEquals("#00224e", Palette.heat(0));
    assertEquals("#7d7c78", Palette.heat(0.5));
    assertEquals("#fee838", Palette.heat(1));
    assertEquals("#fee838", Palette.heat(7));
    // Half way between 0x00224e and 0x1a386f.
    assertEquals("#0d2d5e", Palette.heat(1 / 16.0));
  }

  @Test
  void barsAreAsLongAsTheirParts() throws Exception {
    BarPlot.Bar bar = new BarPlot.Bar(HOSTILE, "A", 0, new double[] {10, 0, 30});
    BarPlot plot = new BarPlot(HOSTILE, List.of("one", HOSTILE, "three"), List.of(bar), Scale.linear(0, 40, 5), "ms");
    List<Element> parts = elements(plot.svg(true), "rect", "part");
    assertEquals(2, parts.size());
    double first = Double.parseDouble(parts.get(0).getAttribute("width"));
    assertEquals(3 * first, Double.parseDouble(parts.get(1).getAttribute("width")), 0.02);
    assertEquals(
        Double.parseDouble(parts.get(0).getAttribute("x")) + first, Double.parseDouble(parts.get(1).getAttribute("x")), 0.02);
    assertEquals("40", elements(plot.svg(false), "text", "total").getFirst().getTextContent());
  }

  @Test
  void longNamesAreBroken() {
    assertEquals(List.of("alie"), Frame.twoLines("alie", 54, 11));
    assertEquals(List.of("sign-", "flipping"), Frame.twoLines("sign-flipping", 54, 11));
    assertEquals(List.of("geometric median,", "momentum"), Frame.twoLines("geometric median, momentum", 108, 11));
    assertEquals(List.of("dirichlet", "(0.1)"), Frame.twoLines("dirichlet(0.1)", 60, 11));
    List<String> lines = Frame.twoLines("x".repeat(100), 54, 11);
    assertEquals(2, lines.size());
    assertTrue(lines.getLast().endsWith("…"));
    assertFalse(lines.stream().anyMatch(line -> Frame.width(line, Frame.FONT) > 54));
  }
}
