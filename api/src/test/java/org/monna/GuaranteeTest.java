package org.monna;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.monna.Guarantee.Reduction;
import org.monna.Guarantee.Resilience;
import org.monna.Guarantee.Robustness;

/** Which bound follows from which, and how they are written. */
class GuaranteeTest {

  private static void assertImplies(boolean expected, Guarantee one, Guarantee other) {
    assertEquals(expected, one.implies(other), one + " -> " + other);
  }

  @Test
  void robustness() {
    Robustness trace = new Robustness(2, "a");
    assertEquals(2, trace.constant());
    assertImplies(true, trace, new Robustness(2, "b"));
    assertImplies(true, trace, new Robustness(3, "b"));
    assertImplies(false, trace, new Robustness(1.5, "b"));
    assertImplies(false, trace, new Robustness(3, true, "b"));
    assertImplies(true, new Robustness(2, true, "a"), new Robustness(2, true, "b"));
    assertImplies(true, new Robustness(2, true, "a"), trace);
    assertImplies(false, trace, new Resilience(9, "b"));
    assertEquals("||F - mean_S||^2 <= 2.00000 Var_S", trace.statement());
    assertEquals("||F - mean_S||^2 <= 2.00000 lambda_max(Cov_S)", new Robustness(2, true, "a").statement());
  }

  @Test
  void resilience() {
    Resilience resilience = new Resilience(0.5, "a");
    assertEquals(0.5, resilience.constant());
    assertImplies(true, resilience, new Resilience(0.5, "b"));
    assertImplies(true, resilience, new Resilience(1, "b"));
    assertImplies(false, resilience, new Resilience(0.4, "b"));
    assertImplies(false, resilience, new Robustness(9, "b"));
    assertEquals("||F - mean_S|| <= 0.500000 max ||x_i - x_j|| over S", resilience.statement());
  }

  @Test
  void reduction() {
    Reduction both = new Reduction(2, 3, false, "a");
    assertEquals(3, both.constant());
    assertEquals(4, new Reduction(4, 3, false, "a").constant());
    assertImplies(true, both, new Reduction(2, 3, false, "b"));
    assertImplies(true, both, new Reduction(2.5, 3.5, false, "b"));
    assertImplies(false, both, new Reduction(1.5, 3, false, "b"));
    assertImplies(false, both, new Reduction(2, 2.5, false, "b"));
    assertImplies(false, both, new Reduction(9, 9, true, "b"));
    assertImplies(true, new Reduction(2, 2, true, "a"), new Reduction(2, 2, true, "b"));
    assertImplies(true, new Reduction(2, 2, true, "a"), both);
    assertImplies(false, both, new Robustness(9, "b"));
    assertFalse(new Robustness(1, "b").implies(both));
    assertEquals("Var(y) <= 2.00000 Var(x), ||mean(y) - mean(x)||^2 <= 3.00000 Var(x)", both.statement());
    assertEquals("Var(y) + ||mean(y) - mean(x)||^2 <= 2.00000 Var(x)", new Reduction(2, 2, true, "a").statement());
  }
}
