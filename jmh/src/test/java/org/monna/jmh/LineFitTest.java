package org.monna.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LineFitTest {

  /** Anscombe's first quartet (The American Statistician 27, 1973): y = 3.00 + 0.500 x, r = 0.816. */
  @Test
  void anscombe() {
    double[] x = {10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5};
    double[] y = {8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68};
    LineFit fit = LineFit.of(x, y);
    assertEquals(0.500, fit.slope(), 5e-4);
    assertEquals(3.00, fit.intercept(), 5e-3);
    assertEquals(0.816 * 0.816, fit.rSquared(), 2e-3);
  }

  @Test
  void exactLine() {
    LineFit fit = LineFit.of(new double[] {0, 0.1, 0.2}, new double[] {100, 90, 80});
    assertEquals(-100, fit.slope(), 1e-9);
    assertEquals(100, fit.intercept(), 1e-9);
    assertEquals(1, fit.rSquared(), 1e-12);
  }

  @Test
  void constantIsAPerfectLine() {
    LineFit fit = LineFit.of(new double[] {1, 2, 3}, new double[] {5, 5, 5});
    assertEquals(0, fit.slope());
    assertEquals(1, fit.rSquared());
  }

  @Test
  void noLine() {
    assertTrue(Double.isNaN(LineFit.of(new double[] {2, 2}, new double[] {1, 3}).slope()), "one x only");
    assertTrue(Double.isNaN(LineFit.of(new double[0], new double[0]).slope()), "no point");
    assertTrue(Double.isNaN(LineFit.of(new double[] {1, 2}, new double[] {1, Double.NaN}).rSquared()), "a point without y");
  }
}
