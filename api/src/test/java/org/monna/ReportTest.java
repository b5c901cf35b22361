package org.monna;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.monna.Geometry.Need;

class ReportTest {

  /** The mean of the n-1 vectors nearest to vector 0, with as good as any certificate. */
  private record NearestToFirst() implements Aggregator {

    @Override
    public Need need(int n) {
      return Need.fromPivot(0);
    }

    @Override
    public Plan plan(Geometry geometry) {
      return Plan.mean(geometry.size(), geometry.nearest(0, geometry.size() - 1));
    }

    @Override
    public Certificate certificate(int n) {
      return Certificate.robust(n, 1, 3, "a test, \"quoted\"");
    }

    @Override
    public String toString() {
      return "nearest-to-first";
    }
  }

  private static Report report(Aggregator rule, float[][] vectors) {
    float[] out = new float[vectors[0].length];
    Arrays.fill(out, Float.NaN);
    Report report = Engine.sequential().report(rule, vectors, out);
    assertArrayEquals(rule.aggregate(vectors), out);
    return report;
  }

  @Test
  void saysWhoWasUsedAndWhatDecided() {
    Report report = report(new NearestToFirst(), new float[][] {{0, 0}, {3, 4}, {1, 0}, {Float.NaN, 0}});
    assertEquals("nearest-to-first", report.rule());
    assertEquals(4, report.n());
    assertEquals(2, report.d());
    assertEquals(List.of(3), report.nonFinite());
    assertEquals(1 / 3.0, report.weight(0));
    assertEquals(1 / 3.0, report.weight(1));
    assertEquals(0, report.weight(3));
    assertEquals(25, report.geometry().squaredDistance(0, 1), 1e-9);
    assertEquals(3, report.certificate().kappa().orElseThrow());
    assertFalse(report.guaranteeIsVoid());
    String text = report.toString();
    assertTrue(text.contains("nearest-to-first: n = 4, d = 2"), text);
    assertTrue(text.contains("vector 1: weight 0.333333, distance from the pivot 5.00000"), text);
    assertTrue(text.contains("vector 3: weight 0.00000"), text);
    assertTrue(text.contains("not finite"), text);
    assertFalse(text.contains("void"), text);
  }

  /** The first of all pairs of which both are finite. */
  private record FirstPair() implements Aggregator {

    @Override
    public Geometry.Need need(int n) {
      return Geometry.Need.PAIRWISE;
    }

    @Override
    public Plan plan(Geometry geometry) {
      return Plan.mean(geometry.size(), 0, 1);
    }

    @Override
    public Certificate certificate(int n) {
      return Certificate.none(n, 0, "of a test");
    }
  }

  @Test
  void listsAllDistancesIfTheyDecided() {
    Report report = report(new FirstPair(), new float[][] {{0, 0}, {3, 4}, {Float.NaN, 0}});
    assertTrue(report.toString().contains("vector 1: weight 0.500000, distances 5.000 0.000 Infinity\n"), report.toString());
    assertTrue(report.toJson().contains("\"squaredDistances\": [[0.0, 25.0, \"Infinity\"], [25.0, 0.0, "), report.toJson());
  }

  @Test
  void moreNonFiniteVectorsThanToleratedVoidTheGuarantee() {
    float nan = Float.NaN;
    Report report =
        report(new NearestToFirst(), new float[][] {{0, 0}, {nan, 4}, {1, 0}, {0, Float.NEGATIVE_INFINITY}});
    assertEquals(List.of(1, 3), report.nonFinite());
    assertTrue(report.guaranteeIsVoid());
    assertTrue(report.toString().contains("void: 2 vectors are not finite"), report.toString());
  }

  @Test
  void aRuleWithoutACertificateGuaranteesNothing() {
    Aggregator first =
        new Aggregator() {
          @Override
          public Need need(int n) {
            return Need.PAIRWISE.and(Need.NORMS);
          }

          @Override
          public Plan plan(Geometry geometry) {
            return new Plan(Mixing.identity(geometry.size()), Coordinatewise.ranks(0, geometry.size()));
          }

          @Override
          public Certificate certificate(int n) {
            return Certificate.none(n, 1, "no reason");
          }
        };
    Report report = report(first, new float[][] {{3, 4}, {0, 0}});
    assertTrue(report.guaranteeIsVoid());
    assertEquals(1, report.weight(0));
    assertEquals(5, Math.sqrt(report.geometry().squaredNorm(0)), 1e-9);
    assertTrue(report.toString().contains("no reason"), report.toString());
    assertTrue(report.toString().contains("norm 5.00000"), report.toString());
    assertTrue(report.toJson().contains("\"squaredNorms\": [25.0, 0.0], "), report.toJson());
  }

  @Test
  void json() {
    String json = report(new NearestToFirst(), new float[][] {{0, 0}, {3, 4}, {Float.NaN, 0}}).toJson();
    assertTrue(json.startsWith("{\"rule\": \"nearest-to-first\", \"n\": 3, \"d\": 2, "), json);
    assertTrue(json.contains("\"weights\": [0.5, 0.5, 0.0]"), json);
    assertTrue(json.contains("\"nonFinite\": [2]"), json);
    assertTrue(json.contains("\"pivot\": 0, \"squaredDistances\": [0.0, 25.0, \"Infinity\"]"), json);
    assertTrue(json.contains("\"guaranteeIsVoid\": false"), json);
    assertTrue(json.contains("a test, \\\"quoted\\\""), json);
    assertTrue(json.endsWith("}}"), json);
  }

  /** Before anything is measured, and by the name of the rule. */
  @Test
  void whatIsWrongIsSaidOfTheRule() {
    Aggregator rule = new NearestToFirst();
    Engine engine = Engine.sequential();
    float[][] vectors = {{1, 2}, {3, 4}};
    String alias = rule + ": out is the same array as vectors[0]";
    assertMessage(alias, () -> engine.report(rule, vectors, vectors[0]));
    assertMessage(alias, () -> engine.aggregate(rule, vectors, vectors[0]));
    String length = rule + ": out has length 3, but the vectors have length 2";
    assertMessage(length, () -> engine.report(rule, vectors, new float[3]));
    assertMessage(length, () -> engine.aggregate(rule, vectors, new float[3]));
    String none = rule + ": no vectors (n = 0)";
    assertMessage(none, () -> engine.report(rule, new float[0][], new float[3]));
    assertMessage(none, () -> engine.aggregate(rule, new float[0][], new float[3]));
    assertMessage(none, () -> engine.aggregate(rule, new float[0][]));
    assertThrows(NullPointerException.class, () -> engine.report(rule, null, new float[2]));
  }

  private static void assertMessage(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
