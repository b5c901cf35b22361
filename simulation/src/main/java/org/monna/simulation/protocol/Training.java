package org.monna.simulation.protocol;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.monna.simulation.attack.Attack;
import org.monna.simulation.mixing.Crew;

/** What every protocol works with, and how far it is. */
abstract class Training implements Protocol {

  final Configuration configuration;
  final Gradients gradients;
  final Crew crew;
  final Stopwatch clock;
  final @Nullable Attack attack;

  /** The parameters from which all start. */
  final float[] initial;

  /** The gradients on wrong labels, if the attack wants them. */
  final float @Nullable [][] mislabelled;

  final float[] attackMemory;
  long steps;
  double loss;

  Training(Configuration configuration, Gradients gradients, Crew crew, Stopwatch clock) {
    this.configuration = configuration;
    this.gradients = gradients;
    this.crew = crew;
    this.clock = clock;
    this.attack = configuration.attackOrNull();
    this.initial = gradients.initialParameters();
    this.mislabelled =
        attack != null && attack.mislabels() ? new float[gradients.nodes()][initial.length] : null;
    this.attackMemory = new float[attack == null ? 0 : attack.memory(initial.length)];
  }

  final float[] meanMislabelled() {
    return crew.mean(requireNonNull(mislabelled));
  }

  @Override
  public final long steps() {
    return steps;
  }

  @Override
  public final double loss() {
    return loss;
  }
}
