package org.monna.jmh;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.DoubleUnaryOperator;

/**
 * What Byzantine nodes that see everything send: {@code mean + z direction}, mean and standard deviations over the honest models.
 * The direction is scaled to the length of the vector of standard deviations, and z is the best of a few.
 */
enum ForgedModel {
  /** Standard deviations with the signs of the objective's gradient: hidden as ALIE, and uphill in each coordinate. */
  UPHILL,
  /** Towards the origin (Xie et al., Fall of Empires, arXiv 1903.03936), and beyond. */
  FOE,
  /** Along the standard deviations, always to the same side (Baruch et al., A Little Is Enough, arXiv 1902.06156). */
  ALIE,
  /** The mean's opposite. */
  SIGN_FLIP;

  private static final double[] FACTORS = {0.25, 0.5, 1, 1.5, 2, 3, 5, 30};

  /** Writes the direction. */
  void direction(double[] mean, double[] deviation, double[] gradient, double[] out) {
    double length = 0;
    double wanted = 0;
    for (int c = 0; c < mean.length; c++) {
      out[c] =
          switch (this) {
            case SIGN_FLIP -> -2 * mean[c];
            case ALIE -> deviation[c];
            case FOE -> -mean[c];
            case UPHILL -> Math.copySign(deviation[c], gradient[c]);
          };
      length += out[c] * out[c];
      wanted += deviation[c] * deviation[c];
    }
    double scale = this == SIGN_FLIP ? 1 : length == 0 ? 0 : Math.sqrt(wanted / length);
    for (int c = 0; c < mean.length; c++) {
      out[c] *= scale;
    }
  }

  /** The factor that does the most harm among some. */
  double factor(DoubleUnaryOperator harm) {
    return this == SIGN_FLIP
        ? 1
        : Arrays.stream(FACTORS).boxed().max(Comparator.comparingDouble(harm::applyAsDouble)).orElseThrow();
  }
}
