package org.monna.arrivals;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/** A copy of a sender's vector, and what was measured of it against those that were here before. */
final class Held {

  /** Which sender's, in the order of the collector. */
  final int sender;

  final float @Nullable [] array;
  final FloatBuffer @Nullable [] regions;
  final int region;
  final boolean finite;

  /** Written by the tasks that measure, read when all of them are done. */
  double norm;

  Held[] others = {};
  double[] distances = {};

  Held(int sender, float @Nullable [] array, FloatBuffer @Nullable [] regions, int region, boolean finite) {
    this.sender = sender;
    this.array = array;
    this.regions = regions;
    this.region = region;
    this.finite = finite;
  }

  /** Notes what is to be measured. */
  void against(Held[] others) {
    this.others = others;
    this.distances = new double[others.length];
  }

  /** Copies coordinates that lie in one shard. */
  void copy(int from, int length, float[] to) {
    if (array != null) {
      System.arraycopy(array, from, to, 0, length);
    } else if (regions != null) {
      regions[from / region].get(from % region, to, 0, length);
    }
  }
}
