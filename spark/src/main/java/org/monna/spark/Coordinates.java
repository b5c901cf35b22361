package org.monna.spark;

import java.io.Serializable;
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

  /** The whole result in the memory of the driver. */
  public static float[] collect(JavaRDD<Coordinates> parts) {
    List<Coordinates> all = parts.collect();
    long d = all.stream().mapToLong(part -> part.from + part.values.length).max().orElse(0);
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
