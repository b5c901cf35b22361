package org.monna;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.monna.Guarantee.Resilience;
import org.monna.Guarantee.Robustness;

class CertificateTest {

  private record Rule(Certificate own) implements Aggregator {

    @Override
    public Geometry.Need need(int n) {
      return Geometry.Need.NONE;
    }

    @Override
    public Plan plan(Geometry geometry) {
      return Plan.mean(geometry.size(), 0);
    }

    @Override
    public Certificate certificate(int n) {
      return own;
    }

    @Override
    public String toString() {
      return "first";
    }
  }

  @Test
  void kappaGivesLambda() {
    Certificate certificate = Certificate.robust(11, 2, 3, "a proof");
    assertEquals(3, certificate.kappa().orElseThrow());
    assertEquals(Math.sqrt(3 * 8 / 18.0), certificate.lambda().orElseThrow(), 1e-15);
    assertTrue(certificate.holds());
    assertTrue(certificate.toString().contains("n = 11, f = 2"), certificate.toString());
    assertTrue(certificate.toString().contains("a proof"), certificate.toString());
  }

  @Test
  void theSharpestOfEachKindIsKept() {
    Certificate certificate = Certificate.robust(11, 2, 3, "a").with(new Resilience(1, "b"));
    assertEquals(1, certificate.lambda().orElseThrow());
    assertEquals(1, certificate.with(new Resilience(2, "c")).lambda().orElseThrow());
    assertEquals(2, certificate.with(new Robustness(2, "d")).kappa().orElseThrow());
    assertEquals(3, certificate.with(new Robustness(4, "e")).kappa().orElseThrow());
    assertEquals(2, certificate.guarantees().size());
  }

  @Test
  void aSpectralKappaIsAKappaButNotTheOtherWayRound() {
    Certificate certificate = Certificate.spectrallyRobust(11, 2, 3, "a");
    assertEquals(3, certificate.kappa().orElseThrow());
    assertTrue(certificate.guarantees().contains(new Robustness(3, true, "a")));
    assertFalse(certificate.guarantees().contains(new Robustness(3, false, "a")), "it follows");
    Certificate both = certificate.with(new Robustness(2, "b"));
    assertEquals(2, both.kappa().orElseThrow());
    assertTrue(both.guarantees().contains(new Robustness(3, true, "a")));
  }

  @Test
  void forFewerAndForMoreArbitraryVectors() {
    Rule rule = new Rule(Certificate.robust(11, 2, 3, "a"));
    assertEquals(3, rule.certificate(11, 1).kappa().orElseThrow());
    assertEquals(1, rule.certificate(11, 1).f());
    assertEquals(3, rule.certificate(11, 2).kappa().orElseThrow());
    Certificate more = rule.certificate(11, 3);
    assertFalse(more.holds());
    assertEquals(3, more.f());
    assertTrue(more.reason().contains("first tolerates 2"), more.reason());
    Rule spectral = new Rule(Certificate.spectrallyRobust(11, 2, 3, "a"));
    for (int f = 0; f < 2; f++) {
      double largest =
          spectral.certificate(11, f).guarantees().stream()
              .filter(g -> g instanceof Robustness r && r.spectral())
              .mapToDouble(Guarantee::constant)
              .max()
              .orElseThrow();
      assertEquals(3 * (11 - f) / 9.0, largest, 1e-12);
    }
    assertEquals(3, spectral.certificate(11, 0).kappa().orElseThrow());
  }

  @Test
  void thereIsAGuaranteeOrAReason() {
    assertThrows(IllegalArgumentException.class, () -> new Certificate(3, 1, List.of(), ""));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Certificate(3, 1, List.of(new Robustness(1, "a")), "and yet a reason"));
    Certificate none = Certificate.none(3, 1, "because");
    assertFalse(none.holds());
    assertTrue(none.kappa().isEmpty() && none.lambda().isEmpty());
    assertTrue(none.toString().contains("because"));
  }
}
