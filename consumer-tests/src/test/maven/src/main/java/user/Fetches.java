package user;

import org.monna.Aggregators;
import org.monna.tensorflow.RobustGradients;
import org.tensorflow.types.TFloat32;

/** Prints the median of three tensors. */
public final class Fetches {

  private Fetches() {}

  /** No arguments. */
  public static void main(String[] args) {
    RobustGradients robust = new RobustGradients(Aggregators.parse("median"));
    for (float[] gradient : new float[][] {{1, 20}, {2, Float.NaN}, {3, 10}}) {
      try (TFloat32 tensor = TFloat32.vectorOf(gradient)) {
        robust.add(tensor);
      }
    }
    try (TFloat32 result = robust.aggregate().get(0)) {
      System.out.println(result.getFloat(0) + " " + result.getFloat(1));
    }
  }
}
