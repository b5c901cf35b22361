package org.monna.simulation.mixing;

import java.util.List;
import org.monna.Aggregator;
import org.monna.Engine;
import org.monna.Geometry;
import org.monna.Geometry.Need;
import org.monna.Plan;

/**
 * Many nodes mix at once, each some of the same vectors by its own rule. The distances between all vectors are measured
 * once, and then all nodes work on the same part of the coordinates while it is in the cache. The results are those of
 * each node on its own, to the last bit.
 */
public final class Mixer {

  /** So many coordinates of some thirty vectors fit into the cache of a core. */
  private static final int BLOCK = 1 << 13;

  /**
   * A node that mixes.
   *
   * @param rule given the vectors in this order
   * @param received the indices of the vectors, the own first
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Node(Aggregator rule, int[] received) {}

  private Mixer() {}

  /**
   * Mixes.
   *
   * @param vectors of the same length; not modified
   * @param out a vector for each node, none of the inputs; overwritten
   */
  public static void mix(List<Node> nodes, float[][] vectors, float[][] out, Crew crew) {
    Plan[] plans = plans(nodes, vectors, crew);
    int d = vectors[0].length;
    crew.forEach(
        (d - 1) / BLOCK + 1,
        block -> {
          int from = block * BLOCK;
          int length = Math.min(BLOCK, d - from);
          float[][] part = new float[vectors.length][length];
          for (int i = 0; i < vectors.length; i++) {
            System.arraycopy(vectors[i], from, part[i], 0, length);
          }
          float[] mixed = new float[length];
          for (int k = 0; k < plans.length; k++) {
            Engine.sequential().apply(plans[k], select(part, nodes.get(k).received), mixed);
            System.arraycopy(mixed, 0, out[k], from, length);
          }
        });
  }

  private static Plan[] plans(List<Node> nodes, float[][] vectors, Crew crew) {
    Need all = Need.NONE;
    for (Node node : nodes) {
      Need need = node.rule.need(node.received.length);
      all = all.and(need.equals(Need.NONE) ? need : need.and(Need.PAIRWISE));
    }
    Geometry geometry = crew.engine().geometry(all, vectors);
    Plan[] plans = new Plan[nodes.size()];
    crew.forEach(
        plans.length,
        k -> {
          Node node = nodes.get(k);
          Need need = node.rule.need(node.received.length);
          // All distances, from which a rule that measures again can tell the rest.
          Need given = need.equals(Need.NONE) ? need : need.and(Need.PAIRWISE);
          plans[k] = node.rule.plan(Geometries.select(geometry, node.received, given));
        });
    return plans;
  }

  private static float[][] select(float[][] vectors, int[] indices) {
    float[][] selected = new float[indices.length][];
    for (int k = 0; k < indices.length; k++) {
      selected[k] = vectors[indices[k]];
    }
    return selected;
  }
}
