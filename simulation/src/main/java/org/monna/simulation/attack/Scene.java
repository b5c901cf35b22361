package org.monna.simulation.attack;

import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.monna.Aggregator;
import org.monna.simulation.mixing.Crew;
import org.monna.simulation.mixing.Survey;

/**
 * What the Byzantine nodes know when they make their vectors.
 *
 * @param survey of what the honest nodes send, of length d each: their models, or with a server their momenta
 * @param views who aggregates what
 * @param attackers how many nodes are Byzantine, whoever obtains their vectors
 * @param alike true if all views hold the same vectors, each with another one first
 * @param step the number of steps before this one
 * @param crew shares out work
 * @param random depends on the seed and the step only
 * @param memory what the attack has written there in earlier steps, zeros at first; part of checkpoints
 * @param mislabelled the mean model moved by a plain step on examples with other labels, class c counted from the end; where
 *     gradients are sent, the mean gradient of such examples
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Scene(
    Survey survey,
    List<View> views,
    int attackers,
    boolean alike,
    long step,
    Crew crew,
    RandomGenerator random,
    float[] memory,
    Supplier<float[]> mislabelled) {

  /**
   * Somebody honest who aggregates: a node, or the server.
   *
   * @param honest the indices of the honest vectors that it may obtain, a node's own first
   * @param byzantine how many vectors of Byzantine nodes it obtains after them
   * @param rule by which it aggregates
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record View(int[] honest, int byzantine, Aggregator rule) {}

  public Scene {
    views = List.copyOf(views);
  }

  /** What the honest nodes send; not to be modified. */
  public float[][] honest() {
    return survey.sent();
  }

  /** The length d of the vectors. */
  public int length() {
    return honest()[0].length;
  }

  /** The mean of the honest vectors. */
  public float[] mean() {
    return crew.mean(honest());
  }

  /** Mean and standard deviation of the honest vectors, coordinate by coordinate. */
  public Spread spread() {
    return Spread.of(honest(), crew);
  }

  /** The point {@code base + z direction}. */
  public float[] along(float[] base, float[] direction, double z) {
    float[] point = new float[base.length];
    crew.forEachRange(point.length, Crew.BLOCK, () -> (from, to) -> along(base, direction, z, point, from, to));
    return point;
  }

  /** Coordinates {@code from <= c < to} of that point. */
  static void along(float[] base, float[] direction, double z, float[] point, int from, int to) {
    for (int c = from; c < to; c++) {
      point[c] = (float) (base[c] + z * direction[c]);
    }
  }
}
