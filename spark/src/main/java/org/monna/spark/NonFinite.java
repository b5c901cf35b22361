package org.monna.spark;

import java.util.Arrays;
import org.apache.spark.util.AccumulatorV2;
import org.monna.Geometry;
import org.monna.Geometry.Need;
import org.monna.spi.GeometrySums;

/**
 * Which vectors hold NaN or an infinity, found while their blocks go by. The same whatever blocks are seen again by tasks that are
 * repeated. Spark reads it from other threads meanwhile: what is found stays, in an array that stays.
 */
final class NonFinite extends AccumulatorV2<Block, boolean[]> {

  private static final long serialVersionUID = 1;

  private final boolean[] found;

  /** @param n the number of vectors */
  NonFinite(int n) {
    found = new boolean[n];
  }

  @Override
  public void add(Block block) {
    if (block.rows().length != found.length) {
      // An error, which is told by who applies the plan.
      return;
    }
    GeometrySums sums = new GeometrySums(Need.NORMS, found.length);
    sums.measure(block.rows(), 0, block.length());
    Geometry geometry = sums.geometry();
    for (int i = 0; i < found.length; i++) {
      found[i] |= !geometry.isFinite(i);
    }
  }

  @Override
  public void merge(AccumulatorV2<Block, boolean[]> other) {
    boolean[] more = other.value();
    for (int i = 0; i < found.length; i++) {
      found[i] |= more[i];
    }
  }

  @Override
  public boolean[] value() {
    return found.clone();
  }

  @Override
  public boolean isZero() {
    boolean zero = true;
    for (boolean one : found) {
      zero &= !one;
    }
    return zero;
  }

  @Override
  public void reset() {
    Arrays.fill(found, false);
  }

  @Override
  public NonFinite copy() {
    NonFinite copy = new NonFinite(found.length);
    copy.merge(this);
    return copy;
  }
}
