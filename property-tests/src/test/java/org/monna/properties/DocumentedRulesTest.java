package org.monna.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.Certificate;
import org.monna.Guarantee;
import org.monna.spi.RuleDefinition;

/**
 * The tables of rules in docs/rules.md and README.md against the code: names, parameters, defaults, and every constant,
 * which is read from the page as a formula and compared with what the certificate says.
 */
class DocumentedRulesTest {

  private static final Pattern ROW = Pattern.compile("\\| (`.*?) \\|.*");

  /** The rows of the tables of rules: from the signature, as in {@code krum(f, neighbors=n-f-1)}, to the whole line. */
  private static Map<String, String> rows(String file, String... sections) {
    Map<String, String> rows = new TreeMap<>();
    for (String section : sections) {
      String text = Pages.text(file).split("\n## " + section + "\n", 2)[1].split("\n## ", 2)[0];
      text.lines()
          .map(ROW::matcher)
          .filter(row -> row.matches())
          .forEach(
              row -> {
                for (String name : row.group(1).split("`, `")) {
                  rows.put(name.replace("`", ""), row.group());
                }
              });
    }
    return rows;
  }

  private static final Map<String, String> RULES = rows("docs/rules.md", "Aggregators", "Pre-aggregators");
  private static final Map<String, String> README = rows("README.md", "Rules");

  private static String name(String signature) {
    return signature.replaceFirst("\\(.*", "");
  }

  private static List<String> parameters(String signature) {
    if (!signature.contains("(")) {
      return List.of();
    }
    String list = signature.replaceFirst(".*?\\(", "").replaceFirst("\\)$", "");
    return Arrays.stream(list.split(",")).map(String::strip).toList();
  }

  @Test
  void everyRuleHasARow() {
    List<String> known = Aggregators.known().stream().map(RuleDefinition::name).sorted().toList();
    assertEquals(known, RULES.keySet().stream().map(DocumentedRulesTest::name).sorted().toList());
    String readme = Pages.text("README.md");
    TreeSet<String> missing = new TreeSet<>(known);
    missing.removeIf(name -> readme.contains("`" + name + "`") || readme.contains("`" + name + "("));
    assertEquals(new TreeSet<>(), missing);
    TreeSet<String> unknown = README.keySet().stream().map(DocumentedRulesTest::name).collect(Collectors.toCollection(TreeSet::new));
    unknown.removeAll(known);
    assertEquals(new TreeSet<>(), unknown);
  }

  @Test
  void parametersAndDefaultsAreThoseOfTheCode() {
    Map<String, String> values = Map.of("f", "f=2", "tau", "tau=1.5", "s", "s=2", "round", "round=1", "c", "c=3");
    for (String signature : RULES.keySet()) {
      RuleDefinition definition =
          Aggregators.known().stream().filter(d -> d.name().equals(name(signature))).findFirst().orElseThrow();
      if (definition.parameters().equals(List.of(RuleDefinition.VARIADIC))) {
        continue;
      }
      List<String> shown = parameters(signature);
      assertEquals(definition.parameters(), shown.stream().map(p -> p.replaceFirst("=.*", "")).toList(), signature);
      String after = definition.aggregator() == null ? " | median" : "";
      String given = shown.stream().filter(p -> !p.contains("=")).map(values::get).collect(Collectors.joining(", "));
      String all = shown.stream().map(p -> values.getOrDefault(p, p)).collect(Collectors.joining(", "));
      assertEquals(Aggregators.parse(call(signature, given) + after), Aggregators.parse(call(signature, all) + after));
    }
  }

  private static String call(String signature, String arguments) {
    return name(signature) + (arguments.isEmpty() ? "" : "(" + arguments + ")");
  }

  /** Pipelines in the text are made of rules. */
  @Test
  void whatLooksLikeAPipelineIsOne() {
    for (String file : List.of("docs/rules.md", "README.md")) {
      Pattern.compile("`([a-z]+[a-z-]*\\(f\\)( \\\\?\\| [a-z-]+(\\(f\\))?)*)`")
          .matcher(Pages.text(file))
          .results()
          .map(match -> match.group(1).replace("\\|", "|").replace("(f)", "(f=2)"))
          .map(text -> List.of("nnm(f=2)", "arc(f=2)").contains(text) ? text + " | median" : text)
          .forEach(text -> assertNotNull(Aggregators.parse(text), text));
    }
  }

  /**
   * Where a constant stands, for which n and f it holds, and what the certificate must have: the least of the formulas.
   * One of the form "k = ..." defines a letter for those after it.
   */
  private record Constant(String signature, String rule, Claim claim, Kind kind, String... formulas) {

    Aggregator make(int f) {
      return Aggregators.parse(rule.replace("%d", Integer.toString(f)));
    }
  }

  private enum Kind {
    KAPPA,
    SPECTRAL,
    LAMBDA,
    MIXING
  }

  /** For which n and f. */
  private interface Claim {
    boolean holds(int n, int f);
  }

  private static final Claim ALL = (n, f) -> n > 2 * f;

  private static final List<Constant> CONSTANTS =
      List.of(
          new Constant("median", "median", (n, f) -> n > 2 * f && n % 2 == 1, Kind.KAPPA, "(n-1)/(n+1-2f)"),
          new Constant("median", "median", (n, f) -> n > 2 * f && n % 2 == 0, Kind.KAPPA, "n/(n-2f)"),
          new Constant("trimmed-mean(f)", "trimmed-mean(f=%d)", ALL, Kind.KAPPA, "ρ"),
          new Constant(
              "mean-around-median(f)",
              "mean-around-median(f=%d)",
              ALL,
              Kind.KAPPA,
              "min{4f/(⌈n/2⌉-f), ρ(1+√((n-f)/(⌈n/2⌉-f)))², 8f²/(n-f)}"),
          new Constant("phocas(f)", "phocas(f=%d)", ALL, Kind.KAPPA, "4ρ"),
          new Constant("krum(f, neighbors=n-f-1)", "krum(f=%d)", ALL, Kind.KAPPA, "6(1+ρ)"),
          new Constant(
              "krum(f, neighbors=n-f-1)",
              "krum(f=%d, neighbors=n-f-2)",
              (n, f) -> n >= Math.max(2 * f + 2, f + 3),
              Kind.KAPPA,
              "(2/(ν-f+1))(2ν(n-f)/(n-f-1)+n-f)"),
          new Constant(
              "multi-krum(f, m=n-f)", "multi-krum(f=%d)", ALL, Kind.KAPPA, "2ρ(5+f/(n-f))", "6(1+ρ)"),
          new Constant("multi-krum(f, m=n-f)", "multi-krum(f=%d, m=1)", (n, f) -> n > 2 * f && f > 0, Kind.KAPPA, "6(1+ρ)"),
          new Constant(
              "bulyan(f)", "bulyan(f=%d)", (n, f) -> f > 0 && n >= 4 * f + 3, Kind.KAPPA,
              "m = ⌈(n-4f)/2⌉", "(2√((n-f-m)/m)+√((n-f)/(n-3f)))²"),
          new Constant(
              "geometric-median(epsilon=1e-6)", "geometric-median", ALL, Kind.KAPPA,
              "k = ⌊n/2⌋+1", "((n-f+εk)/(n-2f-εk))²"),
          new Constant(
              "minimum-diameter-averaging(f)",
              "minimum-diameter-averaging(f=%d)",
              ALL,
              Kind.KAPPA,
              "min{8f²/(n-f), ρ(1+√(n-f-1))²}"),
          new Constant(
              "minimum-diameter-averaging(f)", "minimum-diameter-averaging(f=%d)", ALL, Kind.LAMBDA, "2f/(n-f)"),
          new Constant("minimum-variance-averaging(f)", "minimum-variance-averaging(f=%d)", ALL, Kind.KAPPA, "4ρ"),
          new Constant("smea(f)", "smea(f=%d)", ALL, Kind.SPECTRAL, "4ρ"),
          new Constant(
              "caf(f)", "caf(f=%d)", (n, f) -> n > 3 * f, Kind.SPECTRAL,
              "(2f/(n-3f))(1+√(1+ρ))²", "ρ (1 + (√2 + 2√(1+ρ))²)"),
          new Constant(
              "caf(f)", "caf(f=%d)", (n, f) -> n > 2 * f && n <= 3 * f, Kind.SPECTRAL, "ρ (1 + (√2 + 2√(1+ρ))²)"),
          new Constant("meanwo(f)", "meanwo(f=%d)", ALL, Kind.KAPPA, "(3+2√2)ρ"),
          new Constant("centerwo(f)", "centerwo(f=%d)", ALL, Kind.LAMBDA, "3f/(n-f)"),
          new Constant("nnm(f)", "nna(f=%d)", ALL, Kind.MIXING, "min{8f/(n-f), (3+2√2)ρ}"),
          new Constant("nnm(f)", "nnm(f=%d) | phocas(f=%d)", ALL, Kind.KAPPA, "M(κ+1)"),
          new Constant(
              "arc(f)", "arc(f=%d) | phocas(f=%d)", ALL, Kind.KAPPA, "k = ⌊2f(n-f)/n⌋", "κ + k/(n-f-k)"),
          new Constant(
              "bucketing(s, seed=0, round)",
              "bucketing(s=2, seed=1, round=0) | trimmed-mean(f=%d)",
              (n, f) -> n % 2 == 0 && n > 4 * f,
              Kind.KAPPA,
              "m = ⌈n/s⌉", "κ = f/(m-2f)", "U = (n-f)/(s_min(m-f))", "U(κ+1) - 1"));

  private static final int LARGEST = 26;

  @TestFactory
  Stream<DynamicTest> constantsAreThoseOfTheCertificates() {
    return CONSTANTS.stream().map(c -> dynamicTest(c.rule + ", " + c.kind, () -> check(RULES, c)));
  }

  /** The README has the same constants in words that need no Greek. */
  @Test
  void soAreThoseOfTheReadme() {
    List<Constant> constants =
        List.of(
            CONSTANTS.get(0),
            CONSTANTS.get(1),
            new Constant("trimmed-mean(f)", "trimmed-mean(f=%d)", ALL, Kind.KAPPA, "rho"),
            new Constant("phocas(f)", "phocas(f=%d)", ALL, Kind.KAPPA, "4 rho"),
            new Constant("krum(f, neighbors)", "krum(f=%d)", ALL, Kind.KAPPA, "6 (1+rho)"),
            new Constant("meanwo(f)", "meanwo(f=%d)", ALL, Kind.KAPPA, "(3+2√2) rho"),
            new Constant("centerwo(f)", "centerwo(f=%d)", ALL, Kind.LAMBDA, "3f/(n-f)"),
            new Constant(
                "minimum-diameter-averaging(f)", "minimum-diameter-averaging(f=%d)", ALL, Kind.LAMBDA, "2f/(n-f)"),
            new Constant("minimum-variance-averaging(f)", "minimum-variance-averaging(f=%d)", ALL, Kind.KAPPA, "4 rho"),
            new Constant("smea(f)", "smea(f=%d)", ALL, Kind.SPECTRAL, "4 rho"));
    constants.forEach(constant -> check(README, constant));
  }

  private static void check(Map<String, String> rows, Constant constant) {
    String row = rows.get(constant.signature);
    assertNotNull(row, () -> "no row " + constant.signature + " among " + rows.keySet());
    for (String formula : constant.formulas) {
      // That of the rule after it is no part of the row.
      assertTrue(row.contains(formula) || formula.startsWith("κ = "), () -> formula + " is not in\n" + row);
    }
    int reached = 0;
    for (int n = 2; n <= LARGEST; n++) {
      for (int f = 0; 2 * f < n; f++) {
        if (constant.claim.holds(n, f)) {
          Certificate certificate = constant.make(f).certificate(n, f);
          double expected = Double.POSITIVE_INFINITY;
          Map<String, Double> variables = variables(n, f);
          for (String formula : constant.formulas) {
            String[] sides = formula.split(" = ", 2);
            double value = new Formula(sides[sides.length - 1], variables).value();
            if (sides.length == 2) {
              variables.put(sides[0], value);
            } else {
              expected = Math.min(expected, value);
            }
          }
          String what = constant.rule + ": " + certificate;
          double actual = actual(certificate, constant.kind);
          // What follows from kappa may be less for a few n.
          double least = constant.kind == Kind.LAMBDA && actual < expected * (1 - 1e-9) ? fromKappa(certificate) : expected;
          assertEquals(least, actual, 1e-12 * (1 + expected), what);
          reached += least == expected ? 1 : 0;
        }
      }
    }
    assertTrue(reached > 20, constant.rule + " has another constant nearly everywhere");
  }

  private static double fromKappa(Certificate certificate) {
    double s = certificate.n() - certificate.f();
    return Math.sqrt(certificate.kappa().orElseThrow() * (s - 1) / (2 * s));
  }

  /** The letters of the page. kappa is that of phocas, which follows the pre-aggregators here, behind buckets of 2. */
  private static Map<String, Double> variables(int n, int f) {
    Map<String, Double> values = new HashMap<>();
    double rho = f / (n - 2.0 * f);
    values.put("n", (double) n);
    values.put("f", (double) f);
    values.put("ρ", rho);
    values.put("rho", rho);
    values.put("κ", 4 * rho);
    values.put("ε", 1e-6);
    values.put("ν", n - f - 2.0);
    values.put("s", 2.0);
    values.put("s_min", 2.0);
    values.put("M", new Formula("min{8f/(n-f), (3+2√2)ρ}", values).value());
    return values;
  }

  private static double actual(Certificate certificate, Kind kind) {
    return switch (kind) {
      case KAPPA -> certificate.kappa().orElseThrow();
      case LAMBDA -> certificate.lambda().orElseThrow();
      case SPECTRAL ->
          certificate.guarantees().stream()
              .filter(g -> g instanceof Guarantee.Robustness robustness && robustness.spectral())
              .mapToDouble(Guarantee::constant)
              .min()
              .orElseThrow();
      case MIXING ->
          certificate.guarantees().stream()
              .filter(g -> g instanceof Guarantee.Reduction)
              .mapToDouble(Guarantee::constant)
              .min()
              .orElseThrow();
    };
  }

  @Test
  void whatHasNoConstantSaysSo() {
    for (String signature : List.of("mean", "cge(f)", "centered-clipping(tau, iterations=1)", "clipping(c)", "weights(w1,w2,...)")) {
      assertTrue(RULES.get(signature).contains("none"), signature);
    }
    for (String text :
        List.of("mean", "cge(f=2)", "centered-clipping(tau=1)", "clipping(c=1) | median", "weights(1,2,3,4,5,6,7) | median")) {
      assertFalse(Aggregators.parse(text).certificate(7, 2).holds(), text);
    }
  }

  /** A formula as it is written on the page: 2f(n-f) is a product, ² a square, √ a root of what follows. */
  private static final class Formula {

    private final String text;
    private final Map<String, Double> variables;
    private int at;

    Formula(String text, Map<String, Double> variables) {
      this.text = text.replace(" ", "");
      this.variables = variables;
    }

    double value() {
      double value = sum();
      assertEquals(text.length(), at, () -> "not understood from " + at + ": " + text);
      return value;
    }

    private boolean next(String symbol) {
      boolean found = text.startsWith(symbol, at);
      at += found ? symbol.length() : 0;
      return found;
    }

    private double sum() {
      double sum = product();
      while (true) {
        if (next("+")) {
          sum += product();
        } else if (next("-")) {
          sum -= product();
        } else {
          return sum;
        }
      }
    }

    /** A quotient goes as far as the next sign: a/bc does not occur, a b/c d does. */
    private double product() {
      double product = power();
      while (at < text.length() && "+-,)}⌉⌋".indexOf(text.charAt(at)) < 0) {
        product = next("/") ? product / power() : product * power();
      }
      return product;
    }

    private double power() {
      double base = atom();
      return next("²") ? base * base : base;
    }

    private double atom() {
      if (next("√")) {
        return Math.sqrt(atom());
      }
      if (next("(")) {
        return closed(sum(), ")");
      }
      if (next("⌈")) {
        return Math.ceil(closed(sum(), "⌉"));
      }
      if (next("⌊")) {
        return Math.floor(closed(sum(), "⌋"));
      }
      if (next("min{")) {
        double least = sum();
        while (next(",")) {
          least = Math.min(least, sum());
        }
        return closed(least, "}");
      }
      int from = at;
      while (at < text.length() && Character.isDigit(text.charAt(at))) {
        at++;
      }
      if (at > from) {
        return Double.parseDouble(text.substring(from, at));
      }
      for (String name : List.of("s_min", "rho", text.substring(at, at + 1))) {
        if (variables.containsKey(name) && next(name)) {
          return variables.get(name);
        }
      }
      throw new AssertionError("not understood from " + at + ": " + text);
    }

    private double closed(double value, String bracket) {
      assertTrue(next(bracket), () -> bracket + " expected at " + at + ": " + text);
      return value;
    }
  }
}
