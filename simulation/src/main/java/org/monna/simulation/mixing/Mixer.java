package org.monna.simulation.mixing;

import java.util.List;
import org.monna.Aggregator;
import org.monna.Geometry;
import org.monna.Geometry.Need;
import org.monna.spi.BlockPlan;

/**
 * Many nodes mix at once, each some of the same vectors by its own rule. The distances between all vectors are measured
 * once, and then all nodes work on the same part of the coordinates while it is in the cache. The results are those of
 * each node on its own, to the last bit.
 */
public final class Mixer {

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
   * Mixes: what the k-th node makes of what it has received takes the place of the k-th vector that was sent. To write where one
   * has just read takes less time than to write elsewhere, which is read first too.
   *
   * @param nodes as many as vectors are sent
   * @param survey of the vectors that honest nodes send; not to be asked any more
   * @param forged the vectors that are received besides, whose indices come after these; not modified
   */
  public static void mix(List<Node> nodes, Survey survey, float[][] forged, Crew crew) {
    float[][] vectors = survey.and(forged);
    BlockPlan[] plans = plans(nodes, survey, forged, crew);
    crew.forEachRange(vectors[0].length, Crew.BLOCK, () -> new Mixing(nodes, plans, vectors));
  }

  private static BlockPlan[] plans(List<Node> nodes, Survey survey, float[][] forged, Crew crew) {
    Need all = nodes.stream().map(Mixer::need).reduce(Need.NONE, Need::and);
    Geometry geometry =
        all.isNone()
            ? Geometry.unmeasured(survey.sent().length + forged.length)
            : survey.with(all, forged);
    BlockPlan[] plans = new BlockPlan[nodes.size()];
    crew.forEach(
        plans.length,
        k -> {
          Node node = nodes.get(k);
          Geometry own = Geometries.select(geometry, node.received, need(node));
          plans[k] = new BlockPlan(node.rule.plan(own), own.size());
        });
    return plans;
  }

  /** What a node is told: all distances if any, from which a rule that measures again can tell the rest. */
  private static Need need(Node node) {
    Need need = node.rule.need(node.received.length);
    return need.isNone() ? need : need.and(Need.PAIRWISE);
  }

  /** The work of one thread: the plans of all nodes on one block after another. */
  private static final class Mixing implements Crew.Range {

    private final BlockPlan.Worker[] workers;
    private final float[][][] received;
    private final float[][] vectors;
    private final float[][] mixed;

    Mixing(List<Node> nodes, BlockPlan[] plans, float[][] vectors) {
      this.workers = new BlockPlan.Worker[plans.length];
      this.received = new float[plans.length][][];
      this.vectors = vectors;
      this.mixed = new float[plans.length][Math.min(Crew.BLOCK, vectors[0].length)];
      for (int k = 0; k < plans.length; k++) {
        workers[k] = k == 0 ? plans[k].worker() : plans[k].worker(workers[0]);
        int[] indices = nodes.get(k).received;
        received[k] = new float[indices.length][];
        for (int i = 0; i < indices.length; i++) {
          received[k][i] = vectors[indices[i]];
        }
      }
    }

    @Override
    public void run(int from, int to) {
      for (int k = 0; k < workers.length; k++) {
        workers[k].apply(received[k], from, to, mixed[k], 0);
      }
      for (int k = 0; k < workers.length; k++) {
        System.arraycopy(mixed[k], 0, vectors[k], from, to - from);
      }
    }
  }
}
