package org.monna.nna;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.Certificate;
import org.monna.Engine;
import org.monna.Geometry;
import org.monna.Guarantee;
import org.monna.Plan;
import org.monna.spi.RuleDefinition;

/** The two rules on numbers that can be worked by hand. */
class NearestNeighborRulesTest {

  /** n = 5, d = 1. */
  private static final float[][] NUMBERS = {{0}, {1}, {3}, {7}, {100}};

  /** Picks one of the vectors, and claims what it is told to. */
  private record Pick(int index, double kappa) implements Aggregator {

    @Override
    public Geometry.Need need(int n) {
      return Geometry.Need.NONE;
    }

    @Override
    public Plan plan(Geometry geometry) {
      return Plan.mean(geometry.size(), new int[] {index});
    }

    @Override
    public Certificate certificate(int n) {
      return kappa > 0 ? Certificate.robust(n, 5, kappa, "the test") : Certificate.none(n, 5, "the test says so");
    }
  }

  @Test
  void eachVectorBecomesTheMeanOfItsNearest() {
    float[] mixed = new float[5];
    for (int i = 0; i < 5; i++) {
      mixed[i] = new NearestNeighborMixing(2).then(new Pick(i, 1)).aggregate(NUMBERS)[0];
    }
    assertArrayEquals(new float[] {4f / 3, 4f / 3, 4f / 3, 11f / 3, 110f / 3}, mixed);
    assertArrayEquals(new float[] {11f / 4}, new NearestNeighborMixing(1).then(new Pick(0, 1)).aggregate(NUMBERS));
  }

  @Test
  void theMeanOfTheNearestToThePivot() {
    assertArrayEquals(new float[] {4f / 3}, new NearestNeighborAveraging(2).aggregate(NUMBERS));
    assertArrayEquals(new float[] {11f / 3}, new NearestNeighborAveraging(2, 3).aggregate(NUMBERS));
    assertArrayEquals(new float[] {110f / 3}, new NearestNeighborAveraging(2, 4).aggregate(NUMBERS));
  }

  /** 8 f / (n - f), or (3 + 2 sqrt(2)) f / (n - 2f) if that is less. */
  @Test
  void constants() {
    assertEquals(16.0 / 3 * 3, new NearestNeighborMixing(2).certificate(5, new Pick(0, 2)).kappa().orElseThrow(), 1e-12);
    double small = (3 + 2 * Math.sqrt(2)) / 9;
    assertEquals(small * 3, new NearestNeighborMixing(1).certificate(11, new Pick(0, 2)).kappa().orElseThrow(), 1e-12);
    Certificate own = new NearestNeighborAveraging(1).certificate(11);
    Guarantee.Reduction reduction = (Guarantee.Reduction) own.guarantees().get(0);
    assertEquals(small, reduction.alpha(), 1e-12);
    assertEquals(small, reduction.lambda(), 1e-12);
    assertEquals(1, own.f());
    assertEquals(2, new NearestNeighborMixing(2).certificate(5, new Pick(0, 2)).f());
  }

  @Test
  void noConstantBeforeARuleThatHasNone() {
    Certificate none = new NearestNeighborMixing(2).certificate(5, new Pick(0, 0));
    assertFalse(none.holds());
    assertTrue(none.reason().matches("nnm needs a rule .* f = 2 .*the test says so.*"), none.reason());
  }

  @Test
  void whatIsNotDefined() {
    refused("nna(f=2, pivot=0) needs n > 2f, but n = 4 and f = 2", () -> new NearestNeighborAveraging(2).need(4));
    refused("nna(f=1, pivot=5) needs pivot < n, but n = 5 and f = 1", () -> new NearestNeighborAveraging(1, 5).need(5));
    refused("nnm(f=2) needs n > 2f, but n = 4 and f = 2", () -> new NearestNeighborMixing(2).need(4));
    refused("nna: f = -1 is negative", () -> new NearestNeighborAveraging(-1));
    refused("nna: pivot = -1 is negative", () -> new NearestNeighborAveraging(1, -1));
    refused("nnm: f = -1 is negative", () -> new NearestNeighborMixing(-1));
    assertThrows(IllegalArgumentException.class, () -> new NearestNeighborMixing(2).certificate(4, new Pick(0, 1)));
    assertThrows(IllegalArgumentException.class, () -> new NearestNeighborAveraging(2).certificate(4));
    assertEquals(Geometry.Need.fromPivot(4), new NearestNeighborAveraging(1, 4).need(5));
    Geometry geometry = Engine.sequential().geometry(new NearestNeighborMixing(2).need(5), NUMBERS);
    assertEquals(9409, geometry.squaredDistance(2, 4));
  }

  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  void byName() {
    List<String> signatures = new NnaRules().rules().stream().map(RuleDefinition::signature).toList();
    assertEquals(List.of("nna(f, pivot)", "nnm(f)"), signatures);
    assertEquals(new NearestNeighborAveraging(1), Aggregators.parse("nna(f=1)"));
    assertEquals(new NearestNeighborAveraging(1, 2), Aggregators.parse("nna(pivot=2, f=1)"));
    Aggregator mixed = new NearestNeighborMixing(3).then(new NearestNeighborAveraging(3));
    assertEquals("nnm(f=3) | nna(f=3, pivot=0)", mixed.toString());
    assertEquals(mixed, Aggregators.parse(mixed.toString()));
  }
}
