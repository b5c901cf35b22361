package org.monna.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.simulation.data.Randomness;

class AttackTest {

  private static final float[][] HONEST = {{1, 10}, {2, 10}, {3, 10}, {6, 10}};

  @Test
  void spreadIsThatOfASample() {
    Spread spread = Spread.of(HONEST);
    assertArrayEquals(new double[] {3, 10}, spread.mean());
    // (4 + 1 + 0 + 9) / (4 - 1)
    assertArrayEquals(new double[] {Math.sqrt(14 / 3.0), 0}, spread.deviation(), 1e-15);
    assertArrayEquals(new float[] {(float) (3 + 2 * Math.sqrt(14 / 3.0)), 10}, spread.at(2));
  }

  @Test
  void signFlippingIsMinusTheMean() {
    assertArrayEquals(new float[] {-3, -10}, new SignFlipping().forge(HONEST, 1, Aggregators.parse("mean")));
  }

  @Test
  void alieGoesAsFarAsTheSearchAgainstAnAverage() {
    // 15 steps upwards after 0, each twice the one before: 2^15 - 1.
    float[] forged = new ALittleIsEnough().forge(HONEST, 1, Aggregators.parse("mean"));
    assertEquals((float) (3 + 32767 * Math.sqrt(14 / 3.0)), forged[0]);
  }

  /** No factor on a fine grid does more harm than the one found, or hardly. */
  @Test
  void alieFindsAboutTheWorstFactor() {
    var random = Randomness.of(1, "test", 0);
    float[][] honest = new float[9][30];
    for (float[] vector : honest) {
      for (int c = 0; c < vector.length; c++) {
        vector[c] = (float) random.nextGaussian();
      }
    }
    Aggregator rule = Aggregators.parse("trimmed-mean(f=2)");
    Spread spread = Spread.of(honest);
    float[] forged = new ALittleIsEnough().forge(honest, 2, rule);
    double found = (forged[0] - spread.mean()[0]) / spread.deviation()[0];
    double worst = 0;
    for (double z = 0; z < 10; z += 0.01) {
      worst = Math.max(worst, ALittleIsEnough.shift(honest, 2, rule, spread, z));
    }
    assertTrue(ALittleIsEnough.shift(honest, 2, rule, spread, found) > 0.95 * worst);
  }

  @Test
  void lineSearchFindsASingleHill() {
    for (double top : new double[] {0, 0.3, 1, 2.5, 40, 300}) {
      double found = LineSearch.maximize(x -> -Math.abs(x - top), 40);
      assertEquals(top, found, 0.02 * top + 0.02);
    }
    assertEquals(0, LineSearch.maximize(x -> Double.NaN, 16));
  }

  @Test
  void attacksAreFoundByName() {
    for (Attack attack : Attack.ALL) {
      assertEquals(attack, Attack.named(attack.toString()));
    }
    String message = assertThrows(IllegalArgumentException.class, () -> Attack.named("none")).getMessage();
    assertEquals("unknown attack \"none\"; known are sign-flipping, alie", message);
  }
}
