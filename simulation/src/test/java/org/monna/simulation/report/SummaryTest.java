package org.monna.simulation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SummaryTest {

  private static final Cell.Setting SETTING = new Cell.Setting("e", "iid");

  private static Run run(String method, String attack, long seed, Map<String, String> configuration, Run.Point... curve) {
    return new Run(
        "id", "e", method, "mean", attack, "iid", seed, configuration, 10, List.of(curve), Map.of("gradient", 2.0), "c", "25");
  }

  private static Run run(String method, String attack, long seed, double accuracy) {
    return run(method, attack, seed, Map.of(), new Run.Point(10, accuracy, accuracy, Double.NaN, Double.NaN));
  }

  private static Summary summary(Run... runs) {
    return Summary.of(new ResultLines(List.of(runs), List.of()));
  }

  @Test
  void seedsTogether() {
    Summary summary =
        summary(
            run("m", "alie", 2, Map.of(), new Run.Point(1, 0.2, 0.1, 2, 1), new Run.Point(2, 0.5, 0.4, 1, 3)),
            run("m", "alie", 1, Map.of(), new Run.Point(1, 0.4, 0.3, 4, Double.NaN), new Run.Point(2, 0.6, 0.2, 3, 5)),
            run("m", "alie", 3, Map.of(), new Run.Point(1, 0.6, 0.5, 6, 3), new Run.Point(4, 0.7, 0.6, 5, 7)));
    Cell cell = summary.cells().getFirst();
    assertEquals(List.of(1L, 2L, 3L), cell.runs().stream().map(Run::seed).toList());
    List<Cell.Point> curve = cell.curve();
    assertEquals(List.of(1, 2, 4), curve.stream().map(Cell.Point::step).toList());
    // (0.2 + 0.4 + 0.6) / 3; squares 0.04 + 0 + 0.04, over 2.
    assertEquals(0.4, curve.getFirst().accuracy().mean(), 1e-15);
    assertEquals(0.2, curve.getFirst().accuracy().deviation(), 1e-15);
    assertEquals(0.2, curve.getFirst().accuracy().least());
    assertEquals(0.6, curve.getFirst().accuracy().most());
    assertEquals(0.1, curve.getFirst().worst());
    assertEquals(4, curve.getFirst().loss().mean(), 1e-15);
    assertEquals(new Stat(2, 2, Math.sqrt(2), 1, 3), curve.getFirst().drift());
    assertEquals(2, curve.get(1).accuracy().count());
    // The ends: 0.5, 0.6, 0.7, at whatever step they are.
    assertEquals(0.6, cell.end().accuracy().mean(), 1e-15);
    assertEquals(0.1, cell.end().accuracy().deviation(), 1e-15);
    assertEquals(0.2, cell.end().worst());
    // 2 seconds over 2, 2 and 4 steps.
    assertEquals((1 + 1 + 0.5) / 3, cell.secondsPerStep("gradient"), 1e-15);
    assertTrue(Double.isNaN(cell.secondsPerStep("test")));
    assertEquals(List.of("gradient"), summary.purposes());
  }

  @Test
  void oneSeedHasNoDeviation() {
    assertTrue(Double.isNaN(Stat.of(0.5).deviation()));
    assertEquals(0, Stat.of(Double.NaN).count());
    assertTrue(Double.isNaN(Stat.of().mean()));
  }

  @Test
  void theOrderIsNotThatOfTheFile() {
    List<Run> runs =
        List.of(
            run("good", "foe", 1, 0.8),
            run("good", "alie", 1, 0.7),
            run("bad", "foe", 1, 0.9),
            run("bad", "alie", 1, 0.1),
            run("unattacked", "none", 1, 0.95));
    Summary one = Summary.of(new ResultLines(runs, List.of()));
    assertEquals(List.of("good", "bad", "unattacked"), one.methods());
    assertEquals(List.of("none", "alie", "foe"), one.attacks());
    assertEquals(one, Summary.of(new ResultLines(runs.reversed(), List.of())));
    assertEquals("B", one.key("bad"));
    assertEquals(null, one.cell(SETTING, "none", "good"));
  }

  @Test
  void namesInNaturalOrder() {
    assertEquals(
        List.of("dirichlet(1)", "dirichlet(5)", "dirichlet(10)", "iid"),
        Stream.of("iid", "dirichlet(10)", "dirichlet(5)", "dirichlet(1)").sorted(Summary.NATURAL).toList());
  }

  @Test
  void whatDiffersInMoreThanTheSeedIsNoRepetition() {
    Run.Point end = new Run.Point(1, 0.5, 0.5, 1, 1);
    Summary summary =
        summary(
            run("m", "alie", 1, Map.of("nodes", "26", "seed", "1", "model", "\"logistic\""), end),
            run("m", "alie", 2, Map.of("nodes", "26", "seed", "2", "model", "\"logistic\""), end),
            run("m", "alie", 1, Map.of("nodes", "11", "seed", "1", "model", "\"mlp(8)\""), end),
            run("other", "alie", 1, Map.of("nodes", "11"), end));
    assertEquals(
        List.of("m, model=logistic, nodes=26", "m, model=mlp(8), nodes=11", "other"), summary.methods());
    assertEquals(List.of(2, 1, 1), summary.cells().stream().map(cell -> cell.runs().size()).toList());
    assertEquals(List.of(), summary.notes());
  }

  @Test
  void theLastOfRepeatedRunsCounts() {
    Summary summary = summary(run("m", "alie", 1, 0.5), run("m", "alie", 1, 0.6));
    assertEquals(0.6, summary.cells().getFirst().end().accuracy().mean());
    assertEquals(1, summary.notes().size());
    assertTrue(summary.notes().getFirst().startsWith("1 of the runs were repeated"));
  }

  @Test
  void moreMethodsThanLetters() {
    Run[] runs = new Run[60];
    for (int i = 0; i < runs.length; i++) {
      runs[i] = run("m" + i, "alie", 1, 0.5);
    }
    Summary summary = summary(runs);
    assertEquals("Z", summary.key("m25"));
    assertEquals("AA", summary.key("m26"));
    assertEquals("BA", summary.key("m52"));
    assertEquals(60, summary.methods().stream().map(summary::key).distinct().count());
  }
}
