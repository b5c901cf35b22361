package org.monna.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * A part of a result: the coordinates of one {@link Block}.
 *
 * @param from the first one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Coordinates(long from, float[] values) implements Serializable {

  private static final long serialVersionUID = 1;

  /**
   * The whole result in the memory of the driver.
   *
   * @throws IllegalArgumentException if the parts do not have each coordinate once, or more coordinates than an array
   */
  public static float[] collect(JavaRDD<Coordinates> parts) {
    List<Coordinates> all = new ArrayList<>(parts.collect());
    all.sort(Comparator.comparingLong(Coordinates::from));
    long d = 0;
    for (Coordinates part : all) {
      if (part.from != d) {
        throw new IllegalArgumentException(Block.misplaced(part.from, d));
      }
      d += part.values.length;
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException(Block.NONE);
    }
    if (d > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("d = %d coordinates are too many for an array".formatted(d));
    }
    float[] out = new float[(int) d];
    for (Coordinates part : all) {
      System.arraycopy(part.values, 0, out, (int) part.from, part.values.length);
    }
    return out;
  }
}
