package org.monna.spark;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.monna.Coordinatewise;
import org.monna.Plan;
import org.monna.spi.BlockPlan;

/** A plan on its way to the executors, and ready for use there: made ready once in each, not in each task. */
final class SentPlan implements Serializable {

  private static final long serialVersionUID = 1;

  private final SentMixing mixing;

  /** Of the ranks and the number that is kept: none for the single row, two for {@code Ranks}, three for {@code MeanAround}. */
  private final int[] phi;

  private transient @Nullable BlockPlan ready;

  SentPlan(Plan plan) {
    mixing = SentMixing.of(plan.mixing());
    phi =
        switch (plan.phi()) {
          case Coordinatewise.Single _ -> new int[0];
          case Coordinatewise.Ranks ranks -> new int[] {ranks.from(), ranks.to()};
          case Coordinatewise.MeanAround around -> new int[] {around.from(), around.to(), around.keep()};
        };
  }

  int size() {
    return mixing.n();
  }

  synchronized BlockPlan ready() {
    if (ready == null) {
      Coordinatewise function =
          switch (phi.length) {
            case 0 -> Coordinatewise.single();
            case 2 -> Coordinatewise.ranks(phi[0], phi[1]);
            default -> Coordinatewise.around(phi[0], phi[1], phi[2]);
          };
      ready = new BlockPlan(new Plan(mixing.mixing(), function), size());
    }
    return ready;
  }
}
