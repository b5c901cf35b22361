package org.monna.simulation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser. Screenshots are left in target/report for people to look at. */
class ReportPageTest {

  private static final Path SHOTS = Path.of("target", "report");

  /** What reaches out of the window, but for what is meant to be scrolled. */
  private static final String OVERFLOWING =
      """
      (() => {
        const width = document.documentElement.clientWidth;
        const bad = [...document.body.querySelectorAll('*')].filter(e => {
          if (e.parentElement.closest('.scroll') || e.closest('[hidden]') || e.closest('details:not([open])')) return false;
          const box = e.getBoundingClientRect();
          return box.width > 0 && (box.left < -0.5 || box.right > width + 0.5);
        });
        const names = bad.map(e => e.tagName + '.' + (e.getAttribute('class') || '') + ' ' + e.textContent.slice(0, 40));
        if (document.documentElement.scrollWidth > width) names.push('the page: ' + document.documentElement.scrollWidth);
        return names.join('; ');
      })()
      """;

  @TempDir(cleanup = CleanupMode.ALWAYS)
  private static Path directory;

  private static Chromium browser;

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> executable = Chromium.find();
    assumeTrue(executable.isPresent(), "no chromium, chromium-browser or google-chrome is on the PATH");
    browser = new Chromium(executable.get(), Files.createDirectory(directory.resolve("home")));
    Files.createDirectories(SHOTS);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  private static Path page(String name, String lines) throws IOException {
    Path results = Files.writeString(directory.resolve(name + ".jsonl"), lines);
    return ReportWriter.write(results, directory.resolve(name + ".html")).page();
  }

  /** Opens a page in a window, and checks what must hold of any. */
  private static void open(Path page, int width, boolean dark) throws Exception {
    browser.events.clear();
    browser.window(width, width < 600 ? 844 : 900, dark);
    browser.open(page.toUri());
    for (JsonNode event : browser.events) {
      if (Chromium.is(event, "Network.requestWillBeSent")) {
        String url = event.path("params").path("request").path("url").asText();
        assertTrue(url.equals(page.toUri().toString()) || url.startsWith("data:"), url);
      }
    }
    assertNoComplaint();
    assertEquals("", browser.evaluate(OVERFLOWING).asText(), "at a width of " + width);
  }

  /** No exception, no message of the console, no breach of the policy. */
  private static void assertNoComplaint() {
    for (JsonNode event : browser.events) {
      assertFalse(
          Chromium.is(event, "Runtime.exceptionThrown")
              || Chromium.is(event, "Runtime.consoleAPICalled")
              || Chromium.is(event, "Log.entryAdded"),
          event.toString());
    }
  }

  private static int count(String selector) throws Exception {
    return browser.evaluate("document.querySelectorAll('%s').length".formatted(selector)).intValue();
  }

  private static void shoot(String name, boolean whole) throws Exception {
    Files.write(SHOTS.resolve(name + ".png"), browser.screenshot(whole));
  }

  @Test
  void aWholeExperiment() throws Exception {
    Path page = page("grid", SampleResults.lines(3));
    assertTrue(Files.size(page) < 2_000_000, "bytes: " + Files.size(page));
    open(page, 1280, false);
    shoot("light", true);

    // 9 methods under 4 attacks, one without, in 2 splits.
    assertEquals(2 * (9 * 4 + 1), count("svg.accuracy g.line"));
    assertEquals(2 * (9 * 4 + 1), count("svg.accuracy g.line path.band"));
    assertEquals(2 * (9 * 4 + 1), count("svg.drift g.line"));
    assertEquals(2 * (9 * 4 + 1), count("svg.heat .cell:not(.summary)"));
    assertEquals(2 * 8, count("svg.heat .gap"));
    assertEquals(2 * 9, count("svg.heat .cell.summary"));
    assertEquals(9 * 4 + 1, count("svg.bars g.bar"));
    assertEquals(2 * (9 * 4 + 1), count("#table tbody tr"));
    assertEquals(2 * (9 * 4 + 1) * 3, count(".every tbody tr"));

    // Every label is inside its figure.
    assertEquals(
        "",
        browser
            .evaluate(
                """
                [...document.querySelectorAll('svg.plot')].flatMap(svg => {
                  const o = svg.getBoundingClientRect();
                  return [...svg.querySelectorAll('text')].filter(t => {
                    const i = t.getBoundingClientRect();
                    return i.left < o.left - 1 || i.right > o.right + 1 || i.top < o.top - 1 || i.bottom > o.bottom + 1;
                  }).map(t => t.textContent);
                }).join('; ')
                """)
            .asText());

    open(page, 1280, true);
    shoot("dark", true);
    open(page, 390, false);
    shoot("phone", true);
    open(page, 390, true);
    browser.evaluate("document.querySelectorAll('svg.accuracy')[1].scrollIntoView({block: 'center'})");
    shoot("phone-dark", false);
    open(page, 1280, false);
    Files.write(SHOTS.resolve("print.pdf"), browser.pdf());
    browser.call("Emulation.setEmulatedMedia", Map.of("media", "print"));
    shoot("print", true);
    browser.call("Emulation.setEmulatedMedia", Map.of("media", ""));
    assertNoComplaint();
  }

  @Test
  void valuesUnderThePointer() throws Exception {
    String lines = SampleResults.lines(2);
    Path page = page("pointer", lines);
    Cell cell =
        Summary.of(ResultLines.read(directory.resolve("pointer.jsonl"))).cells().stream()
            .filter(c -> c.attack().equals("alie") && c.method().equals("MoNNA"))
            .findFirst()
            .orElseThrow();
    open(page, 1280, false);
    // Under alie, at the last step.
    JsonNode at =
        browser.evaluate(
            """
            (() => {
              const svg = [...document.querySelectorAll('svg.accuracy')].find(s => s.getAttribute('aria-label') === 'alie');
              svg.scrollIntoView({block: 'center'});
              const box = svg.getBoundingClientRect(), right = +svg.dataset.box.split(' ')[2];
              return [box.left + (right - 1) * box.width / 400, box.top + box.height / 2];
            })()
            """);
    browser.mouse("mouseMoved", at.get(0).doubleValue(), at.get(1).doubleValue());
    shoot("pointer", false);
    assertEquals("step 300", browser.evaluate("document.querySelector('#tip div').textContent").asText());
    assertEquals(9, count("#tip tr"));
    JsonNode row =
        browser.evaluate(
            """
            [...[...document.querySelectorAll('#tip tr')].find(r => r.cells[1].textContent === 'MoNNA').cells]
              .map(c => c.textContent)
            """);
    assertEquals(100 * cell.end().accuracy().mean(), Double.parseDouble(row.get(2).asText()), 0.02);
    String[] spread = row.get(3).asText().split(" – ", -1);
    assertEquals(100 * cell.end().accuracy().least(), Double.parseDouble(spread[0]), 0.02);
    assertEquals(100 * cell.end().accuracy().most(), Double.parseDouble(spread[1]), 0.02);
    browser.mouse("mouseMoved", 2, 2);
    assertTrue(browser.evaluate("document.getElementById('tip').hidden").booleanValue());

    // One method in the foreground: a line in each of 9 panels less those it is not in, twice.
    browser.evaluate("document.querySelector('.legend button[data-m=\"0\"]').click()");
    assertEquals(2 * 4, count("svg.accuracy g.line:not(.off)"));
    assertEquals(2 * 4, count("#table tr.m:not(.off)"));
    browser.evaluate("document.querySelector('.legend button[data-m=\"0\"]').click()");
    assertEquals(0, count(".off"));

    // What the button copies is the table.
    browser.call("Browser.grantPermissions", Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
    String told =
        browser
            .evaluate(
                """
                new Promise(resolve => {
                  const button = document.getElementById('copy');
                  new MutationObserver(() => resolve(button.textContent)).observe(button, {childList: true});
                  button.click();
                })
                """)
            .asText();
    assertEquals("Copied 74 rows", told);
    String copied = browser.evaluate("navigator.clipboard.readText()").asText();
    assertEquals(75, copied.lines().count());
    String mean = Figures.percent(cell.end().accuracy().mean(), 2);
    assertTrue(copied.contains("\ndirichlet(1)\talie\tMoNNA\tnna(f=5)\t2\t" + mean + "\t"), copied);
    assertNoComplaint();
  }

  @Test
  void completeWithoutScript() throws Exception {
    Path page = page("plain", SampleResults.lines(1));
    browser.call("Emulation.setScriptExecutionDisabled", Map.of("value", true));
    try {
      open(page, 1280, false);
      assertEquals(2 * (9 * 4 + 1), count("svg.accuracy g.line path.stroke:not(.lead)"));
      // One seed has no spread.
      assertEquals(0, count("path.band"));
      assertTrue(browser.evaluate("document.getElementById('copy').hidden").booleanValue());
    } finally {
      browser.call("Emulation.setScriptExecutionDisabled", Map.of("value", false));
    }
  }

  /** What does not fit on a phone is scrolled, not shrunk until nobody can read it. */
  @Test
  void manyAttacks() throws Exception {
    StringBuilder lines = new StringBuilder(SampleResults.lines(1));
    for (int i = 0; i < 8; i++) {
      lines.append(SampleResults.lines(1).replace("alie", "attack " + i));
    }
    Path page = page("many", lines.toString());
    for (int width : new int[] {1280, 390}) {
      open(page, width, false);
      assertEquals(2 * (9 * 12 + 1), count("svg.heat .cell:not(.summary)"));
      int letters = browser.evaluate("document.querySelector('svg.heat .cell text').getBoundingClientRect().height").intValue();
      assertTrue(letters >= 13, "height of the letters: " + letters);
    }
  }

  /** Names are text, whatever they are, and no name is too long for a page. */
  @Test
  void namesThatAreMarkup() throws Exception {
    String hostile = "</script></title></style><img src=x onerror=alert(1)><script>alert(2)</script>&amp;\\\"'\\u0000\\u202e";
    String lines =
        SampleResults.lines(2)
            .replace("\"MoNNA\"", "\"" + hostile + "\"")
            .replace("\"alie\"", "\"" + hostile + "\"")
            .replace("\"dirichlet(1)\"", "\"" + hostile + "\"")
            .replace("\"fashion-quick\"", "\"" + hostile + "x".repeat(300) + "\"")
            .replace("\"33cc06c\"", "\"" + hostile + "\"")
            .replace("\"mnist-cnn\"", "\"" + hostile + "y".repeat(300) + "\"")
            .replace("\"jdk\"", "\"<b>\":1,\"jdk\"");
    Path page = page("hostile", lines);
    for (int width : new int[] {1280, 390}) {
      open(page, width, false);
      shoot("hostile-" + width, true);
      assertEquals(0, count("img"));
      assertEquals(1, count("script"));
      assertEquals(2 * (9 * 4 + 1), count("svg.accuracy g.line"));
      assertTrue(browser.evaluate("document.title").asText().startsWith("</script></title></style><img src=x"));
    }
  }
}
