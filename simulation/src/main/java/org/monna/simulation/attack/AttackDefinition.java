package org.monna.simulation.attack;

import java.util.List;
import java.util.function.Function;
import org.monna.spi.Arguments;

/**
 * An attack that {@link Attacks#parse} can make from text.
 *
 * @param name lower case, words joined by hyphens
 * @param parameters the names of the parameters
 * @param attack makes the attack from the values of the parameters
 */
public record AttackDefinition(String name, List<String> parameters, Function<Arguments, Attack> attack) {

  public AttackDefinition {
    parameters = List.copyOf(parameters);
  }

  /** The name with its parameters, such as {@code alie(z)}. */
  public String signature() {
    return parameters.isEmpty() ? name : name + "(" + String.join(", ", parameters) + ")";
  }
}
