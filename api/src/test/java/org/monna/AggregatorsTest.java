package org.monna;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.monna.Geometry.Need;
import org.monna.spi.RuleDefinition;
import org.monna.spi.RuleProvider;

/** Rules by name, and pipelines of them. The rules are of this test, so that what is expected can be said without those of other modules. */
class AggregatorsTest {

  /** Found by the service loader. */
  public static final class Rules implements RuleProvider {

    @Override
    public List<RuleDefinition> rules() {
      return List.of(
          RuleDefinition.preAggregator("pairs", List.of(), "means of two", arguments -> new Pairs()),
          RuleDefinition.aggregator(
              "first",
              List.of("k", "f"),
              "the mean of the first k",
              arguments -> new First(arguments.integer("k"), arguments.integer("f", 0))),
          RuleDefinition.aggregator("near", List.of(), "the one nearest to vector 0", arguments -> new Near()),
          RuleDefinition.aggregator("least", List.of(), "the least of each coordinate", arguments -> new Least()),
          RuleDefinition.preAggregator(
              "scaled",
              List.of(RuleDefinition.VARIADIC),
              "each by its factor",
              arguments -> new Scaled(Arrays.stream(arguments.numbers()).boxed().toList())));
    }
  }

  private record First(int k, int f) implements Aggregator {

    @Override
    public Need need(int n) {
      if (n < k) {
        throw new IllegalArgumentException(this + " needs k vectors, but n = " + n);
      }
      return Need.NORMS;
    }

    @Override
    public Plan plan(Geometry geometry) {
      geometry.squaredNorm(0);
      return Plan.mean(geometry.size(), IntStream.range(0, k).toArray());
    }

    @Override
    public Certificate certificate(int n) {
      return Certificate.robust(n, f, k, "a test");
    }

    @Override
    public String toString() {
      return "first(k=%d, f=%d)".formatted(k, f);
    }
  }

  private record Near() implements Aggregator {

    @Override
    public Need need(int n) {
      return Need.fromPivot(0);
    }

    @Override
    public Plan plan(Geometry geometry) {
      return Plan.mean(geometry.size(), geometry.nearest(0, 2)[1]);
    }

    @Override
    public Certificate certificate(int n) {
      return Certificate.none(n, 0, "a test");
    }

    @Override
    public String toString() {
      return "near";
    }
  }

  private record Least() implements Aggregator {

    @Override
    public Need need(int n) {
      return Need.NONE;
    }

    @Override
    public Plan plan(Geometry geometry) {
      return Plan.coordinatewise(geometry.size(), Coordinatewise.ranks(0, 1));
    }

    @Override
    public Certificate certificate(int n) {
      return Certificate.none(n, 0, "a test");
    }

    @Override
    public String toString() {
      return "least";
    }
  }

  private record Pairs() implements PreAggregator {

    @Override
    public int rows(int n) {
      return n / 2;
    }

    @Override
    public Need need(int n) {
      if (n < 2) {
        throw new IllegalArgumentException("pairs needs n >= 2, but n = " + n);
      }
      return Need.NONE;
    }

    @Override
    public Mixing mixing(Geometry geometry) {
      double[][] weights = new double[geometry.size() / 2][geometry.size()];
      for (int r = 0; r < weights.length; r++) {
        weights[r][2 * r] = 0.5;
        weights[r][2 * r + 1] = 0.5;
      }
      return Mixing.of(weights);
    }

    @Override
    public Certificate certificate(int n, Aggregator rule) {
      Certificate inner = rule.certificate(rows(n));
      return new Certificate(n, inner.f(), inner.guarantees(), inner.reason());
    }

    @Override
    public String toString() {
      return "pairs";
    }
  }

  private record Scaled(List<Double> factors) implements PreAggregator {

    @Override
    public Need need(int n) {
      return Need.NONE;
    }

    @Override
    public Mixing mixing(Geometry geometry) {
      return Mixing.diagonal(factors.stream().mapToDouble(factor -> factor).toArray());
    }

    @Override
    public Certificate certificate(int n, Aggregator rule) {
      return rule.certificate(n);
    }

    @Override
    public String toString() {
      return "scaled(" + factors.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ")";
    }
  }

  private static final float[][] VECTORS = {{1, 8}, {3, 6}, {5, 4}, {7, 1}};

  @Test
  void readsWhatRulesWrite() {
    assertEquals(new Least(), Aggregators.parse("least"));
    assertEquals(new Least(), Aggregators.parse(" least ( ) "));
    assertEquals(new First(2, 0), Aggregators.parse("first(k=2)"));
    assertEquals(new First(2, 1), Aggregators.parse("first( f = 1 , k=2 )"));
    Aggregator pipeline = new Pipeline(new Pairs(), new Pipeline(new Scaled(List.of(2.0, 0.5)), new First(1, 0)));
    assertEquals(pipeline, Aggregators.parse("pairs|scaled(2,0.5)|first(k=1)"));
    assertEquals("pairs | scaled(2.0, 0.5) | first(k=1, f=0)", pipeline.toString());
    assertEquals(pipeline, Aggregators.parse(pipeline.toString()));
  }

  @Test
  void knowsTheRulesOfProvidersByName() {
    assertEquals(
        List.of("first(k, f)", "least", "near", "pairs", "scaled(...)"),
        Aggregators.known().stream().map(RuleDefinition::signature).toList());
    assertThrows(UnsupportedOperationException.class, () -> Aggregators.known().clear());
  }

  @Test
  void aHundredStagesAreRead() {
    String text = String.join("|", Collections.nCopies(99, "pairs")) + "|least";
    assertEquals(99, Aggregators.parse(text).toString().split("pairs", -1).length - 1);
    assertMessage("a pipeline of 101 stages, but at most 100 are read", "pairs|" + text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '\'',
      value = {
        "none # unknown rule \"none\"; known are first(k, f), least, near, pairs, scaled(...)",
        "least | least # least is a rule, so nothing can follow it in \"least | least\"",
        "pairs # pairs is a pre-aggregator and needs a rule after it: \"pairs | median\"",
        "'' # no rule is named: the text is empty",
        "least| # a stage of \"least|\" is empty",
        "(k=1) # a stage of \"(k=1)\" is empty",
        "first(k=1 # unbalanced parentheses in \"first(k=1\"",
        "first(k=1)x # unbalanced parentheses in \"first(k=1)x\"",
        "first((k=1) # unbalanced parentheses in \"first((k=1)\"",
        "first(k=1)) # unbalanced parentheses in \"first(k=1))\"",
        "first(2) # first: \"2\" is not of the form name=value; its parameters are k, f",
        "first(k=1,) # first: \"\" is not of the form name=value; its parameters are k, f",
        "first(q=2) # first has no parameter \"q\"; its parameters are k, f",
        "first(=2) # first has no parameter \"\"; its parameters are k, f",
        "least(q=2) # least has no parameter \"q\"; it has none",
        "first(k=1,k=2) # first: the parameter k is given twice",
        "first(f=1) # first needs the parameter k",
        "first(k=x) # first: k = \"x\" is not a whole number",
        "scaled(1,x)|least # scaled: value = \"x\" is not a number",
      })
  void whatIsWrongIsSaid(String text, String message) {
    assertMessage(message, text);
  }

  private static void assertMessage(String message, String text) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, () -> Aggregators.parse(text)).getMessage());
  }

  @Test
  void aPipelineNeedsWhatItsStepsNeed() {
    assertEquals(Need.NONE, Aggregators.parse("pairs | least").need(4));
    assertEquals(Need.PAIRWISE, Aggregators.parse("pairs | near").need(4));
    assertEquals(Need.PAIRWISE.and(Need.NORMS), Aggregators.parse("pairs | first(k=1)").need(4));
  }

  @Test
  void theErrorsOfWhatFollowsSpeakOfTheGivenVectors() {
    Aggregator halved = Aggregators.parse("pairs | first(k=3)");
    assertEquals(
        "first(k=3, f=0) needs k vectors, but n = 2 (pairs makes 2 of n = 5 vectors)",
        assertThrows(IllegalArgumentException.class, () -> halved.need(5)).getMessage());
    Aggregator scaled = Aggregators.parse("scaled(1, 2) | first(k=3)");
    assertEquals(
        "first(k=3, f=0) needs k vectors, but n = 2",
        assertThrows(IllegalArgumentException.class, () -> scaled.certificate(2)).getMessage());
  }

  @Test
  void aPipelineIsItsStepsOneAfterTheOther() {
    // The means of two are (2, 7) and (6, 2.5).
    assertArrayEquals(new float[] {2, 2.5f}, Aggregators.parse("pairs | least").aggregate(VECTORS));
    assertArrayEquals(new float[] {6, 2.5f}, Aggregators.parse("pairs | near").aggregate(VECTORS));
    assertArrayEquals(new float[] {4, 4.75f}, Aggregators.parse("pairs | first(k=2)").aggregate(VECTORS));
    float[] out = {Float.NaN, Float.NaN};
    Aggregators.parse("scaled(1, 0.5, 1, 1) | least").aggregate(VECTORS, out);
    assertArrayEquals(new float[] {1, 1}, out);
    Aggregator twice = Aggregators.parse("scaled(2, 1, 1, 4) | scaled(0.5, 1, 3, 1) | pairs | first(k=2)");
    // (1, 8), (3, 6), (15, 12) and (28, 4)
    assertArrayEquals(new float[] {47 / 4f, 30 / 4f}, twice.aggregate(VECTORS));
  }

  @Test
  void aPipelineHasTheCertificateOfItsFirstStep() {
    Certificate certificate = Aggregators.parse("pairs | first(k=2, f=1)").certificate(10);
    assertEquals(10, certificate.n());
    assertEquals(2, certificate.kappa().orElseThrow());
  }
}
