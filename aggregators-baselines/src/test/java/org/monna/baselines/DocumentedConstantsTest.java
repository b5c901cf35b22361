package org.monna.baselines;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.monna.Aggregator;
import org.monna.Aggregators;

/** Constants, conditions and names as docs/rules.md has them, in numbers, and results that can be worked by hand. */
class DocumentedConstantsTest {

  @ParameterizedTest
  @CsvSource(delimiter = ';', textBlock = """
      median                                  ; 7  ; 3.0
      median                                  ; 8  ; 4.0
      trimmed-mean(f=2)                       ; 7  ; 0.6666666666666666
      phocas(f=2)                             ; 7  ; 2.6666666666666665
      krum(f=2)                               ; 7  ; 10.0
      multi-krum(f=2)                         ; 7  ; 7.2
      meanwo(f=2)                             ; 7  ; 3.8856180831641267
      geometric-median                        ; 7  ; 16.0
      minimum-variance-averaging(f=2)         ; 7  ; 2.6666666666666665
      minimum-diameter-averaging(f=2)         ; 7  ; 6.0
      mean                                    ; 7  ; 0.0
      """)
  void kappa(String text, int n, double kappa) {
    Aggregator rule = Aggregators.parse(text);
    assertEquals(kappa, rule.certificate(n).kappa().orElseThrow(), kappa * 2e-5 + 1e-12);
    assertEquals(text, rule.toString());
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', textBlock = """
      centerwo(f=2)                    ; 7 ; 1.2
      minimum-diameter-averaging(f=2)  ; 7 ; 0.8
      """)
  void lambda(String text, int n, double lambda) {
    assertEquals(lambda, Aggregators.parse(text).certificate(n).lambda().orElseThrow(), 1e-12);
  }

  @Test
  void noBound() {
    assertFalse(Aggregators.parse("cge(f=2)").certificate(7).holds());
    assertFalse(Aggregators.parse("centered-clipping(tau=1.0)").certificate(7).holds());
    assertFalse(Aggregators.parse("median").certificate(7, 4).holds());
    assertFalse(Aggregators.parse("median").certificate(8, 4).holds());
    assertThrows(IllegalArgumentException.class, () -> Aggregators.parse("clipping(c=0) | median"));
    assertFalse(Aggregators.parse("krum(f=2, neighbors=1)").certificate(7).holds());
    assertFalse(Aggregators.parse("krum(f=2, neighbors=5)").certificate(7).holds());
    assertFalse(Aggregators.parse("multi-krum(f=2, m=6)").certificate(7).holds());
    assertTrue(Aggregators.parse("krum(f=2, neighbors=2)").certificate(7).holds());
    assertTrue(Aggregators.parse("multi-krum(f=2, m=5)").certificate(7).holds());
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', textBlock = """
      trimmed-mean(f=2) ; 5
      mean-around-median(f=2) ; 5
      phocas(f=2) ; 5
      krum(f=2) ; 5
      krum(f=2, neighbors=n-f-2) ; 5
      multi-krum(f=2) ; 5
      meanwo(f=2) ; 5
      centerwo(f=2) ; 5
      cge(f=2) ; 5
      bulyan(f=2) ; 11
      """)
  void theLeastNumberOfVectors(String text, int n) {
    Aggregator rule = Aggregators.parse(text);
    assertEquals(text, rule.toString());
    rule.need(n);
    String refusal = assertThrows(IllegalArgumentException.class, () -> rule.need(n - 1)).getMessage();
    assertTrue(refusal.contains("n = " + (n - 1)) && refusal.contains("f = 2"), refusal);
  }

  @Test
  void neighborsAndSelectedAreBetweenOneAndWhatThereIs() {
    for (String outside : new String[] {"krum(f=1, neighbors=0)", "krum(f=1, neighbors=5)", "multi-krum(f=1, m=0)", "multi-krum(f=1, m=6)"}) {
      assertThrows(IllegalArgumentException.class, () -> Aggregators.parse(outside).need(5), outside);
    }
    for (String inside : new String[] {"krum(f=1, neighbors=1)", "krum(f=1, neighbors=4)", "multi-krum(f=1, m=1)", "multi-krum(f=1, m=4)"}) {
      Aggregators.parse(inside).need(5);
    }
  }

  /**
   * Of 0, 1, 3, 7, 100 with f = 2: the sums of squared distances to the two nearest are 10, 5, 13, 52 and more; the radii of the balls
   * of three are 3, 2, 3, 6 and more.
   */
  @ParameterizedTest
  @CsvSource(delimiter = ';', textBlock = """
      krum(f=2)                    ; 1
      krum(f=2, neighbors=n-f-2)   ; 0
      multi-krum(f=2, m=2)         ; 0.5
      multi-krum(f=2)              ; 1.3333334
      meanwo(f=2)                  ; 1.3333334
      centerwo(f=2)                ; 1.3333334
      trimmed-mean(f=2)            ; 3
      mean-around-median(f=2)      ; 1.3333334
      phocas(f=2)                  ; 1.3333334
      median                       ; 3
      """)
  void numbers(String text, float expected) {
    float[][] numbers = {{0}, {1}, {3}, {7}, {100}};
    assertArrayEquals(new float[] {expected}, Aggregators.parse(text).aggregate(numbers), text);
    assertEquals(text, Aggregators.parse(text).toString());
  }
}
