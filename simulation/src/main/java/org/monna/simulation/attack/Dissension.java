package org.monna.simulation.attack;

import java.util.List;
import java.util.OptionalDouble;
import org.monna.simulation.attack.Scene.View;

/**
 * To each node its own vector, moved away from those of its honest neighbours: {@code x_i + z sum of (x_i - x_k)}, so that
 * the nodes come no closer to each other. Without a z it is the {@linkplain WorstFactor worst} one for each node.
 *
 * <p>He, Karimireddy, Jaggi, Byzantine-Robust Decentralized Learning via ClippedGossip, arXiv 2202.01545 (there
 * "dissensus").
 */
record Dissension(OptionalDouble z) implements Attack {

  @Override
  public float[][] forge(Scene scene) {
    float[][] forged = new float[scene.views().size()][];
    for (int v = 0; v < forged.length; v++) {
      View view = scene.views().get(v);
      float[] own = scene.honest()[view.honest()[0]];
      if (view.byzantine() == 0) {
        forged[v] = own.clone();
        continue;
      }
      float[] away = new float[own.length];
      for (int k : view.honest()) {
        float[] other = scene.honest()[k];
        for (int c = 0; c < away.length; c++) {
          away[c] += own[c] - other[c];
        }
      }
      double factor = z.orElseGet(() -> new WorstFactor(scene, List.of(view), own, away).search());
      forged[v] = scene.along(own, away, factor);
    }
    return forged;
  }

  @Override
  public String toString() {
    return BuiltInAttacks.text("dissension", "z", z);
  }
}
