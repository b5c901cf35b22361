package org.monna.simulation.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportWriterTest {

  private static final String RUN =
      """
      {"id":"1f","experiment":"e","method":"m, \\"quoted\\"","rule":"mean","attack":"alie","split":"iid","seed":1,\
      "configuration":{"nodes":26},"parameters":10,"curve":[{"step":1,"accuracy":0.5,"worst":0.25,"loss":"NaN"},\
      {"step":3,"accuracy":0.75,"worst":0.5,"drift":2}],"seconds":{"test":3,"gradient":6},"commit":"abc","jdk":"25"}
      """;

  @TempDir Path directory;

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("results.jsonl"), text);
  }

  private Path page() {
    return directory.resolve("page.html");
  }

  @Test
  void tablesHoldAllDigits() throws IOException {
    ReportWriter.Written written = ReportWriter.write(file(RUN), page());
    assertEquals(1, written.runs());
    assertEquals(List.of(), written.notes());
    assertEquals(
        """
        experiment,split,attack,method,rule,seed,step,accuracy,worst,loss,drift,id
        e,iid,alie,"m, ""quoted""\",mean,1,1,0.5,0.25,,,1f
        e,iid,alie,"m, ""quoted""\",mean,1,3,0.75,0.5,,2.0,1f
        """
            .replace("\n", "\r\n"),
        Files.readString(written.files().resolve("results.csv")));
    assertEquals(
        """
        experiment,split,attack,method,rule,seeds,steps,accuracy_mean,accuracy_std,accuracy_min,accuracy_max,worst_min,loss_mean,\
        drift_mean,gradient_seconds_per_step,test_seconds_per_step
        e,iid,alie,"m, ""quoted""\",mean,1,3,0.75,,0.75,0.75,0.5,,2.0,2.0,1.0
        """
            .replace("\n", "\r\n"),
        Files.readString(written.files().resolve("summary.csv")));
  }

  @Test
  void everyFigureIsAFile() throws Exception {
    ReportWriter.Written written = ReportWriter.write(file(SampleResults.lines(1)), page());
    assertEquals(directory.resolve("page-files"), written.files());
    try (Stream<Path> files = Files.list(written.files())) {
      List<Path> figures = files.filter(file -> file.toString().endsWith(".svg")).toList();
      // For each split a heat map, and 5 panels of accuracy and of drift; 5 of times.
      assertEquals(2 * (1 + 5 + 5) + 5, figures.size());
      for (Path figure : figures) {
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(figure.toFile());
      }
    }
    assertTrue(Files.exists(written.files().resolve("accuracy-dirichlet-1-no-attack.svg")));
  }

  @Test
  void sameResultsSameBytesAndNothingElse() throws IOException {
    String lines = SampleResults.lines(2);
    ReportWriter.write(file(lines), page());
    byte[] first = Files.readAllBytes(page());
    // Runs finish in any order.
    List<String> shuffled = Arrays.asList(lines.split("\n", -1));
    ReportWriter.write(file(String.join("\n", shuffled.reversed())), page());
    assertArrayEquals(first, Files.readAllBytes(page()));
    try (Stream<Path> all = Files.list(directory)) {
      assertEquals(
          List.of("page-files", "page.html", "results.jsonl"), all.map(path -> path.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void aLineCutOffByAKillIsLeftOut() throws IOException {
    byte[] line = RUN.replace("\"abc\"", "\"ä\"").strip().getBytes(StandardCharsets.UTF_8);
    byte[] first = RUN.getBytes(StandardCharsets.UTF_8);
    Path results = file(RUN);
    for (int length = 1; length <= line.length; length++) {
      byte[] cut = Arrays.copyOf(first, first.length + length);
      System.arraycopy(line, 0, cut, first.length, length);
      Files.write(results, cut);
      ResultLines lines = ResultLines.read(results);
      // A whole line may lack its end.
      assertEquals(length == line.length ? 2 : 1, lines.runs().size());
      assertEquals(
          length == line.length ? List.of() : List.of("Line 2 of the results is cut off, as by a kill, and is left out."),
          lines.notes());
    }
    Files.write(results, (RUN + RUN.substring(0, 99)).getBytes(StandardCharsets.UTF_8));
    ReportWriter.write(results, page());
    assertTrue(Files.readString(page()).contains("Line 2 of the results is cut off"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      textBlock =
          """
          {"id"        ~ {"id"}      ~ not a JSON object: Unexpected character
          }]           ~ }           ~ not a JSON object: Unexpected
          "id":"1f"    ~ "id":7      ~ "id" must be a string
          "method":    ~ "method2":  ~ "method" must be a string
          "curve":     ~ "curves":   ~ "curve" must be an array of at least one point
          "step":3     ~ "step":1    ~ the steps of "curve" must be whole numbers that grow
          "step":3     ~ "step":3.5  ~ the steps of "curve" must be whole numbers that grow
          "seed":1     ~ "seed":"1"  ~ "seed" must be a whole number
          :0.75        ~ :75         ~ "accuracy" must be a number from 0 to 1 in all points of "curve"
          "worst":0.25 ~ "worst":""  ~ "worst" must be a number from 0 to 1 in all points of "curve"
          "drift":2    ~ "drift":"a" ~ "drift" must be a number
          "test":3     ~ "test":-3   ~ "seconds" must be numbers that are not negative
          "jdk":       ~ "id":       ~ not a JSON object: Duplicate field 'id'
          """)
  void aBrokenLineIsNamed(String good, String bad, String message) throws IOException {
    String broken = RUN.replace(good, bad);
    assertFalse(broken.equals(RUN));
    Path results = file(RUN + broken + RUN);
    IOException e = assertThrows(IOException.class, () -> ReportWriter.write(results, page()));
    assertTrue(e.getMessage().startsWith(results + ", line 2: " + message), e.getMessage());
    assertFalse(Files.exists(page()));
    assertFalse(Files.exists(directory.resolve("page-files")));
  }
}
