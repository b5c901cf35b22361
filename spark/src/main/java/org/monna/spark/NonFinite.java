package org.monna.spark;

import java.util.BitSet;
import org.apache.spark.util.AccumulatorV2;
import org.monna.Geometry;
import org.monna.Geometry.Need;
import org.monna.spi.GeometrySums;

/** Which vectors hold NaN or an infinity, found while their blocks go by. The same whatever blocks are seen again by tasks that are repeated. */
final class NonFinite extends AccumulatorV2<Block, BitSet> {

  private static final long serialVersionUID = 1;

  private final BitSet found = new BitSet();

  @Override
  public void add(Block block) {
    int n = block.rows().length;
    GeometrySums sums = new GeometrySums(Need.NORMS, n);
    sums.measure(block.rows(), 0, block.length());
    Geometry geometry = sums.geometry();
    for (int i = 0; i < n; i++) {
      if (!geometry.isFinite(i)) {
        found.set(i);
      }
    }
  }

  @Override
  public void merge(AccumulatorV2<Block, BitSet> other) {
    found.or(other.value());
  }

  @Override
  public BitSet value() {
    return found;
  }

  @Override
  public boolean isZero() {
    return found.isEmpty();
  }

  @Override
  public void reset() {
    found.clear();
  }

  @Override
  public NonFinite copy() {
    NonFinite copy = new NonFinite();
    copy.merge(this);
    return copy;
  }
}
