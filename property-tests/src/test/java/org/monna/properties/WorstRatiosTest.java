package org.monna.properties;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.function.Executable;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.Certificate;
import org.monna.Geometry;
import org.monna.Guarantee;
import org.monna.Plan;
import org.monna.spi.RuleDefinition;
import org.monna.testkit.AdversarialSearch;
import org.monna.testkit.AdversarialSearch.Budget;
import org.monna.testkit.AdversarialSearch.Worst;
import org.monna.testkit.BoundKind;

/**
 * An adversary searches for the worst vectors for every guarantee of every rule: none may be violated, and those that
 * are known to be tight must be met.
 *
 * <p>With the system property {@code worst.ratios}, which names a file, the search is a long one and its table is
 * written there: {@code ./mvnw -Psearch verify -pl property-tests -am}.
 */
class WorstRatiosTest {

  private static final long SEED = 20260101;

  /** Rounding of the result to float, which is all that may be above the bound. */
  private static final double ROUNDING = 1e-5;

  /**
   * The rules with %d for f and, where a rule has one, {@code pivot=%p}. A rule that is not named here joins by
   * itself as {@code rule(f=%d)}, a pre-aggregator before the trimmed mean; a line is needed for other parameters and
   * pipelines.
   */
  private static final List<String> LINES =
      List.of(
          "mean",
          "median",
          "trimmed-mean(f=%d)",
          "krum(f=%d)",
          "krum(f=%d, neighbors=n-f-2)",
          "multi-krum(f=%d)",
          "multi-krum(f=%d, m=1)",
          "geometric-median",
          "nna(f=%d, pivot=%p)",
          "nnm(f=%d) | trimmed-mean(f=%d)",
          "nnm(f=%d) | median",
          "nnm(f=%d) | krum(f=%d)",
          "nnm(f=%d) | mean",
          "arc(f=%d) | trimmed-mean(f=%d)",
          "arc(f=%d) | krum(f=%d)",
          "arc(f=%d) | nnm(f=%d) | trimmed-mean(f=%d)",
          "bucketing(s=2, seed=1, round=0) | median",
          "clipping(c=1) | trimmed-mean(f=%d)",
          "centered-clipping(tau=1)");

  /** A name whose parameters are not to be guessed. */
  private static final Set<String> WITHOUT_LINE = Set.of("weights");

  /** The least ratio that must be found. */
  private static final Map<String, Map<BoundKind, Double>> TIGHT =
      Map.of(
          "trimmed-mean(f=%d)", Map.of(BoundKind.KAPPA, 0.999),
          "median", Map.of(BoundKind.KAPPA, 0.999),
          "minimum-diameter-averaging(f=%d)", Map.of(BoundKind.LAMBDA, 0.999, BoundKind.KAPPA, 0.999),
          "mean-around-median(f=%d)", Map.of(BoundKind.LAMBDA, 0.999),
          "phocas(f=%d)", Map.of(BoundKind.LAMBDA, 0.999),
          "nna(f=%d, pivot=%p)", Map.of(BoundKind.MIXING_ALPHA, 0.999),
          "krum(f=%d)", Map.of(BoundKind.KAPPA, 0.749));

  private static final List<Double> CONTRASTS = List.of(10.0, 100.0, 1000.0);

  private record Row(String rule, Worst worst) {

    boolean is(String line, BoundKind kind) {
      return rule.equals(line) && worst.kind() == kind;
    }
  }

  private record Unbounded(String rule, String reason, List<Double> ratios) {}

  @Test
  void noGuaranteeIsViolatedAndTightOnesAreMet(TestReporter reporter) throws IOException {
    String file = System.getProperty("worst.ratios", "");
    AdversarialSearch search = new AdversarialSearch(SEED, file.isEmpty() ? Budget.SHORT : Budget.LONG, 11);
    List<Row> rows = new ArrayList<>();
    List<Unbounded> unbounded = new ArrayList<>();
    for (String line : lines()) {
      List<Worst> worst = search.worst((f, pivot) -> make(line, f, pivot));
      worst.forEach(w -> rows.add(new Row(line, w)));
      if (worst.isEmpty()) {
        unbounded.add(unbounded(search, line));
      }
    }
    String table = table(rows, unbounded);
    reporter.publishEntry("worst ratios", "\n" + table);
    List<Executable> checks = new ArrayList<>();
    rows.forEach(row -> checks.add(() -> check(row)));
    unbounded.forEach(row -> checks.add(() -> check(row)));
    TIGHT.forEach(
        (rule, kinds) ->
            kinds.keySet().forEach(kind -> checks.add(() -> assertTrue(rows.stream().anyMatch(r -> r.is(rule, kind)), rule + ": no " + kind))));
    assertAll(checks);
    if (!file.isEmpty()) {
      Files.writeString(Path.of(file), page(table));
    }
  }

  /** A rule with a certificate that is not its own. */
  private record Claiming(Aggregator rule, double factor) implements Aggregator {

    @Override
    public Geometry.Need need(int n) {
      return rule.need(n);
    }

    @Override
    public Plan plan(Geometry geometry) {
      return rule.plan(geometry);
    }

    @Override
    public Certificate certificate(int n) {
      Certificate own = rule.certificate(n);
      return Certificate.of(n, own.f(), new Guarantee.Robustness(own.kappa().orElseThrow() * factor, "a lie"));
    }
  }

  @Test
  void aBoundThatIsAPercentTooSmallIsRefuted() {
    AdversarialSearch search = new AdversarialSearch(SEED, Budget.SHORT, 5);
    List<Worst> worst = search.worst((f, pivot) -> new Claiming(make("trimmed-mean(f=%d)", f, 0), 0.99));
    assertEquals(1, worst.size());
    assertTrue(worst.get(0).ratio() > 1 + ROUNDING, () -> "not refuted: " + worst);
  }

  @Test
  void theSameSeedFindsTheSame() {
    assertEquals(search(SEED), search(SEED));
    assertNotEquals(search(SEED), search(SEED + 1));
  }

  private static String search(long seed) {
    AdversarialSearch search = new AdversarialSearch(seed, new Budget(8, 20, 2, 2, 50), 5);
    List<Worst> worst = search.worst((f, pivot) -> make("krum(f=%d)", f, pivot));
    return worst.stream().map(w -> w.ratio() + vectors(w)).collect(Collectors.joining());
  }

  /** The lines, and one for every name that is in none of them. */
  private static List<String> lines() {
    List<String> lines = new ArrayList<>(LINES);
    Set<String> named = LINES.stream().flatMap(WorstRatiosTest::names).collect(Collectors.toCollection(HashSet::new));
    named.addAll(WITHOUT_LINE);
    for (RuleDefinition definition : Aggregators.known()) {
      if (!named.contains(definition.name())) {
        String stage = definition.name() + (definition.parameters().contains("f") ? "(f=%d)" : "");
        lines.add(definition.aggregator() == null ? stage + " | trimmed-mean(f=%d)" : stage);
      }
    }
    return lines;
  }

  private static Stream<String> names(String line) {
    return Arrays.stream(line.split("\\|")).map(stage -> stage.strip().replaceFirst("\\(.*", ""));
  }

  private static Aggregator make(String line, int f, int pivot) {
    return Aggregators.parse(line.replace("%d", Integer.toString(f)).replace("%p", Integer.toString(pivot)));
  }

  private static Unbounded unbounded(AdversarialSearch search, String line) {
    Aggregator rule = make(line, 2, 0);
    List<Double> ratios = CONTRASTS.stream().map(contrast -> search.unbounded(rule, 7, 2, 2, contrast)).toList();
    return new Unbounded(line, rule.certificate(7, 2).reason(), ratios);
  }

  private static void check(Row row) {
    Worst worst = row.worst;
    assertTrue(worst.ratio() <= 1 + ROUNDING, () -> row.rule + " violates its bound: " + line(row) + vectors(worst));
    double least = TIGHT.getOrDefault(row.rule, Map.of()).getOrDefault(worst.kind(), 0.0);
    assertTrue(worst.ratio() >= least, () -> "the search lost its bite: at least " + least + " expected: " + line(row));
  }

  private static void check(Unbounded row) {
    for (int i = 1; i < row.ratios.size(); i++) {
      double growth = row.ratios.get(i) / row.ratios.get(i - 1);
      assertTrue(growth > 20, () -> row.rule + " has no certificate, but nothing shows that it has no bound: " + line(row));
    }
  }

  private static String vectors(Worst worst) {
    return "\n" + Arrays.stream(worst.vectors()).map(Arrays::toString).collect(Collectors.joining("\n"));
  }

  private static String table(List<Row> rows, List<Unbounded> unbounded) {
    String head = "| rule | guarantee | worst / bound | n | f | d | inputs tried |\n|---|---|---|---|---|---|---|\n";
    String body = rows.stream().map(WorstRatiosTest::line).collect(Collectors.joining());
    String none =
        "\n| rule without a bound | contrast 10 | 100 | 1000 | why |\n|---|---|---|---|---|\n"
            + unbounded.stream().map(WorstRatiosTest::line).collect(Collectors.joining());
    return head + body + none;
  }

  private static String line(Row row) {
    Worst w = row.worst;
    String rule = name(row.rule);
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.4f | %d | %d | %d | %,d |\n",
        rule, w.kind(), w.ratio(), w.n(), w.f(), w.d(), w.evaluations());
  }

  private static String line(Unbounded row) {
    List<Double> r = row.ratios;
    return String.format(
        Locale.ROOT, "| %s | %.3g | %.3g | %.3g | %s |\n", name(row.rule), r.get(0), r.get(1), r.get(2), escape(row.reason));
  }

  private static String name(String line) {
    return "`" + escape(line.replace("=%d", "").replace("=%p", "")) + "`";
  }

  private static String escape(String text) {
    return text.replace("|", "\\|");
  }

  private static String page(String table) {
    return """
        # How close the guarantees are

        Every guarantee of every rule under attack. For each n = 3..11, every f with 2f < n and d = 1, 2, 3 a search moves all
        vectors, honest and arbitrary, and every set of n-f of them may be the honest one; see `AdversarialSearch` of the
        property-tests for how. The ratio is the largest error found over what the certificate allows: never above 1. Where it
        is 1.0000 the bound cannot be improved; elsewhere either the bound or the search has room.

        * kappa: squared distance from the mean of S, over kappa times the variance of S (spectral: times the largest
          eigenvalue of its covariance).
        * lambda: distance from the mean of S, over lambda times the diameter of S.
        * of mixing: all honest nodes mix, and the arbitrary vectors tell each of them something different.

        Rules without a guarantee are listed with the squared error over 4 (1 + f/(n-2f))^2 times the variance, for n = 7, f = 2,
        d = 2, when coordinates may be 10, 100 and 1000 times the standard deviation of S: a rule with any kappa would end at a
        number, these grow a hundredfold from column to column.

        """
        + table
        + """

        Rules and sizes are searched with seed %d; the same seed gives the same table. To repeat it:

            ./mvnw -Psearch verify -pl property-tests -am

        Every build runs a shorter search and fails if a guarantee is violated or one that is known to be tight is not met.
        """
            .formatted(SEED);
  }
}
