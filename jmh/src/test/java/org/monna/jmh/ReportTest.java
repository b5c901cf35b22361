package org.monna.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ReportTest {

  private static Measurement rule(String rule, String variant, int n, int f, int d, double score) {
    return new Measurement(
        "RuleBenchmark",
        variant,
        Map.of("rule", rule, "n", String.valueOf(n), "f", String.valueOf(f), "d", String.valueOf(d), "data", "ALIE"),
        score,
        "us/op",
        Map.of());
  }

  private static List<String> row(Table table, String first) {
    return table.rows().stream().filter(r -> r.get(0).equals(first)).findFirst().orElseThrow();
  }

  @Test
  void ratiosAreToTheMeanOfTheSameSize() {
    Report report =
        Report.of(
            List.of(
                rule("mean", "simd", 11, 2, 100, 7),
                rule("mean", "simd", 26, 5, 100, 10),
                rule("mean", "loops", 26, 5, 100, 25),
                rule("median", "simd", 26, 5, 100, 20),
                rule("median", "tensors", 26, 5, 100, 500),
                rule("median", "twoWorkers", 26, 5, 100, 12.5)));
    List<Table> tables = report.tables();
    assertEquals(List.of("n = 11, f = 2, d = 100, ALIE", "n = 26, f = 5, d = 100, ALIE"), tables.stream().map(Table::title).toList());
    assertEquals(List.of("median", "20.0", "2.00", "-", "50.0", "1.60"), row(tables.get(1), "median"));
    assertEquals(List.of("mean", "10.0", "1.00", "2.50", "-", "-"), row(tables.get(1), "mean"));
  }

  @Test
  void withoutTheMeanThereAreTimesAndNoRatios() {
    Report report = Report.of(List.of(rule("krum", "simd", 26, 5, 100, 20), rule("krum", "scalar", 26, 5, 100, 80)));
    assertEquals(List.of("krum", "20.0"), row(report.tables().get(0), "krum"));
    assertTrue(report.text().contains("krum"));
  }

  @Test
  void theMeanHasNoFSoAnyWillDo() {
    Report report = Report.of(List.of(rule("mean", "simd", 26, 5, 100, 10), rule("nna", "simd", 26, 12, 100, 15)));
    assertEquals(List.of("nna", "15.0", "1.50"), row(report.tables().get(1), "nna"));
  }

  @Test
  void nothingMeasuredIsNothingShown() {
    Report report = Report.of(List.of());
    assertTrue(report.tables().isEmpty());
    assertTrue(report.charts().isEmpty());
  }

  @Test
  void allocationIsShownWhereMeasured() {
    Measurement plain = rule("mean", "simd", 10, 2, 1000, 1);
    Measurement measured =
        new Measurement(plain.group(), plain.variant(), plain.parameters(), 1, "us/op", Map.of("gc.alloc.rate.norm", 48.0));
    Table table = Report.of(List.of(measured)).tables().get(0);
    assertEquals("bytes a call", table.header().get(table.header().size() - 1));
    assertEquals("48.0", row(table, "mean").get(table.header().size() - 1));
  }

  @Test
  void distancesAreGivenAsAShareOfThePeak() {
    Measurement peak =
        new Measurement(
            "MachineBenchmark",
            "subtractMultiplyAdd",
            Map.of("n", "10", "d", "1000"),
            MachineBenchmark.PEAK_OPERATIONS / 20_000,
            "us/op",
            Map.of());
    Measurement distances =
        new Measurement("KernelBenchmark", "pairwiseDistances", Map.of("n", "10", "f", "2", "d", "1000"), 4.5, "us/op", Map.of());
    Table table = Report.of(List.of(peak, distances)).tables().get(0);
    // 45 pairs of 1000 coordinates in 4.5 us are 10e9/s, the peak is 20e9/s.
    assertEquals("10.0 (50 % of peak)", row(table, "pairwiseDistances").get(4));
    assertEquals("20.0", row(table, "subtract, multiply, add in registers").get(4));
  }

  private static Measurement measured(String group, String variant, Map<String, String> parameters, double score) {
    return new Measurement(group, variant, parameters, score, "us/op", Map.of());
  }

  private static Table table(Report report, String title) {
    return report.tables().stream().filter(t -> t.title().startsWith(title)).findFirst().orElseThrow();
  }

  /** 10 x 1000 floats are 40,000 bytes: in 4 us 10 GB/s; a copy reads and writes them. */
  @Test
  void memoryIsInBytesThatAreMoved() {
    Map<String, String> size = Map.of("n", "10", "d", "1000");
    Table table =
        table(
            Report.of(
                List.of(
                    measured("MachineBenchmark", "copy", size, 4),
                    measured("MachineBenchmark", "read", size, 4),
                    measured("MachineBenchmark", "plainMean", size, 8),
                    rule("mean", "simd", 10, 2, 1000, 2),
                    rule("mean", "simd", 10, 2, 2000, 1))),
            "The machine's limits");
    assertEquals("20.0", row(table, "copy").get(3));
    assertEquals("10.0", row(table, "read").get(3));
    assertEquals("5.00", row(table, "plainMean").get(3));
    assertEquals("20.0", row(table, "mean of the library").get(3));
  }

  @Test
  void tensorsAreNoShareOfAPeakThatIsNotTheirs() {
    Map<String, String> size = Map.of("n", "10", "f", "2", "d", "1000");
    Table table =
        table(
            Report.of(
                List.of(
                    measured("MachineBenchmark", "subtractMultiplyAdd", Map.of("n", "10", "d", "1000"), 100),
                    measured("KernelBenchmark", "pairwiseDistancesTensorsGram", size, 4.5))),
            "The machine's limits");
    assertEquals(List.of("4.50", "-", "-"), row(table, "pairwiseDistancesTensorsGram").subList(2, 5));
  }

  @Test
  void firstCallsAreAgainstTheSettledOne() {
    Map<String, String> median = Map.of("rule", "median", "n", "26", "f", "5", "d", "1000");
    Map<String, String> krum = Map.of("rule", "krum", "n", "26", "f", "5", "d", "1000");
    Report report =
        Report.of(
            List.of(
                measured("FirstCallBenchmark", "first", median, 90_000),
                measured("FirstCallBenchmark", "settled", krum, 5_000),
                measured("FirstCallBenchmark", "settled", median, 9_000)));
    assertEquals(List.of("90.0", "9.00", "10.0"), row(table(report, "The first call"), "median").subList(2, 5));
  }

  @Test
  void overheadInTimeIsAPartOfAGradient() {
    Report report =
        Report.of(
            List.of(
                measured("GradientBenchmark", "gradient", Map.of(), 6_000),
                rule("nna", "simd", 26, 1, 431_080, 2_000),
                rule("nna", "simd", 26, 5, 431_080, 3_000)));
    assertEquals(
        List.of(List.of("nna", "1", "2.00", "33.3"), List.of("nna", "5", "3.00", "50.0")),
        table(report, "Overhead in time").rows());
  }

  @Test
  void powersOfTwoAreComparedPerCoordinate() {
    Report report =
        Report.of(
            List.of(
                rule("mean", "simd", 26, 5, 2048, 3), rule("mean", "simd", 26, 5, 2000, 2), rule("mean", "simd", 26, 5, 100, 1)));
    Table table = report.tables().stream().filter(t -> t.title().equals("Powers of two")).findFirst().orElseThrow();
    assertEquals(List.of(List.of("mean", "26", "2048", "3.00", "1.46")), table.rows());
  }

  @Test
  void overheadInGradients() {
    Map<String, Double> counters = new TreeMap<>(Map.of("slope", 1000.0, "intercept", 100.0, "rSquared", 0.9));
    for (int k = 0; k < 6; k++) {
      counters.put("gradients" + k, k == 5 ? Double.NaN : 100.0 + 40 * k);
      counters.put("spread" + k, 5.0);
    }
    Measurement measurement =
        new Measurement(
            "OverheadBenchmark", "gradients", Map.of("method", "MONNA", "sweep", "FRACTION", "seeds", "2"), 1, "s/op", counters);
    Report report = Report.of(List.of(measurement));
    Table counts = report.tables().get(0);
    List<String> row = counts.rows().get(0);
    assertEquals(List.of("NNA with momentum (MoNNA)", "n = 26, f = 0 to 5", "100 ± 5.00"), row.subList(0, 3));
    assertEquals(List.of("260 ± 5.00", "never"), row.subList(6, 8));
    Table fits = report.tables().get(1);
    assertEquals(List.of("f/n", "1000", "100", "0.900"), fits.rows().get(0).subList(2, 6));
    assertEquals(List.of("f(n-f)/(n-2f)²", "-", "-", "-"), fits.rows().get(1).subList(2, 6));
    assertEquals(2, report.charts().get(0).lines().size());
  }

  @Test
  void whatNoTableKnowsIsListed() {
    Measurement other = new Measurement("OtherBenchmark", "run", Map.of("k", "3"), 5, "ns/op", Map.of());
    assertEquals(List.of("OtherBenchmark.run", "{k=3}", "5.00", "ns/op"), Report.of(List.of(other)).tables().get(0).rows().get(0));
  }

  @Test
  void textIsEscaped() {
    Table table = new Table("a < b & \"c\"", "it's <i>", List.of("x|y", "z"), List.of(List.of("<script>", "1")));
    String html = table.html();
    assertFalse(html.contains("<script>") || html.contains("<i>"), html);
    assertTrue(html.contains("a &lt; b &amp; &quot;c&quot;"), html);
    assertTrue(html.contains("it&#39;s &lt;i&gt;"), html);
    assertTrue(table.markdown().contains("| x\\|y | z |\n|---|---:|\n"), table.markdown());
  }

  @Test
  void textTableIsAligned() {
    Table table = new Table("t", "", List.of("rule", "us"), List.of(List.of("a", "100"), List.of("median", "1")));
    assertEquals("t\n  rule     us\n  a       100\n  median    1\n", table.text());
  }

  @Test
  void numbers() {
    assertEquals("-", Table.number(Double.NaN));
    assertEquals("-", Table.number(Double.POSITIVE_INFINITY));
    assertEquals("0.123", Table.number(0.1234));
    assertEquals("1.23", Table.number(1.234));
    assertEquals("12.3", Table.number(12.34));
    assertEquals("1234", Table.number(1234.4));
  }

  /** The page is well-formed, also as XML, refers to nothing outside, and its points are within the drawing. */
  @Test
  void pageStandsAlone() throws Exception {
    List<Measurement> measurements = new ArrayList<>();
    for (int n : new int[] {11, 26, 64}) {
      measurements.add(rule("mean", "simd", n, n / 5, 431080, n));
      measurements.add(rule("median", "simd", n, n / 5, 431080, 3.0 * n));
    }
    Report report = Report.of(measurements);
    String page = report.html(Map.of("CPU", "<fast> & cheap"));
    assertTrue(page.contains("&lt;fast&gt; &amp; cheap"), page);
    assertFalse(page.contains("http"), "no link, no script, no font from elsewhere");
    assertFalse(report.charts().isEmpty());
    for (Chart chart : report.charts()) {
      Document svg =
          DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(chart.svg())));
      String[] box = svg.getDocumentElement().getAttribute("viewBox").split(" ", 4);
      var circles = svg.getElementsByTagName("circle");
      assertTrue(circles.getLength() >= 3, "points are drawn");
      for (int k = 0; k < circles.getLength(); k++) {
        double x = Double.parseDouble(circles.item(k).getAttributes().getNamedItem("cx").getNodeValue());
        double y = Double.parseDouble(circles.item(k).getAttributes().getNamedItem("cy").getNodeValue());
        assertTrue(x > 0 && x < Double.parseDouble(box[2]) && y > 0 && y < Double.parseDouble(box[3]), () -> x + ", " + y);
      }
    }
  }

  @Test
  void pointsThatCannotBeDrawnAreLeftOut() {
    Chart chart =
        new Chart(
            "t",
            new Chart.Axis("x", true),
            new Chart.Axis("y", false),
            List.of(
                new Chart.Line(
                    "l", false, List.of(new Chart.Point(1, 2, 0), new Chart.Point(0, 2, 0), new Chart.Point(10, Double.NaN, 0)))));
    assertEquals(1, chart.svg().split("<circle", -1).length - 1);
    assertFalse(chart.svg().contains("NaN"), chart.svg());
  }
}
