package org.monna.simulation;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.monna.Aggregator;

/**
 * What the Byzantine nodes send. They know all honest models of this step and the rule in use, act as one, and all send
 * the same vector to everybody.
 */
interface Attack {

  /** The attacks that can be named. */
  List<Attack> ALL = List.of(new SignFlipping(), new ALittleIsEnough());

  /**
   * The vector that all Byzantine nodes send.
   *
   * @param honest the models that the honest nodes send; not modified
   * @param f the number of Byzantine nodes, at least 1
   * @param rule what every honest node mixes by, its own model being vector 0
   */
  float[] forge(float[][] honest, int f, Aggregator rule);

  /** The name, which {@link #named} finds. */
  @Override
  String toString();

  /**
   * An attack by its name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the known ones
   */
  static Attack named(String name) {
    return ALL.stream()
        .filter(attack -> attack.toString().equals(name.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown attack \"%s\"; known are %s"
                        .formatted(name, ALL.stream().map(Attack::toString).collect(Collectors.joining(", ")))));
  }
}
