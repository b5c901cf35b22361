package org.monna.simulation.attack;

import java.util.List;
import java.util.OptionalDouble;
import org.monna.spi.Arguments;

/** The attacks of this package by name. */
final class BuiltInAttacks {

  static final List<AttackDefinition> LIST =
      List.of(
          new AttackDefinition("sign-flipping", List.of(), a -> new ScaledSignFlipping(OptionalDouble.of(1))),
          new AttackDefinition(
              "scaled-sign-flipping", List.of("scale"), a -> new ScaledSignFlipping(optional(a, "scale"))),
          new AttackDefinition("alie", List.of("z"), a -> new ALittleIsEnough(optional(a, "z"))),
          new AttackDefinition("foe", List.of("z"), a -> new FallOfEmpires(optional(a, "z"))),
          new AttackDefinition("ipm", List.of("tau"), a -> new InnerProductManipulation(optional(a, "tau"))),
          new AttackDefinition("min-max", List.of(), a -> new MinMax()),
          new AttackDefinition("mimic", List.of("node"), a -> new Mimic(a.integer("node", 0))),
          new AttackDefinition(
              "mimic-heuristic", List.of("learning"), a -> new MimicHeuristic(a.integer("learning", 100))),
          new AttackDefinition("label-flipping", List.of(), a -> new LabelFlipping()),
          new AttackDefinition("gaussian", List.of("sd"), a -> new Gaussian(a.number("sd", 10))),
          new AttackDefinition("nan", List.of(), a -> new Constant("nan", Float.NaN)),
          new AttackDefinition("infinity", List.of(), a -> new Constant("infinity", Float.POSITIVE_INFINITY)),
          new AttackDefinition("zero", List.of(), a -> new Constant("zero", 0)),
          new AttackDefinition("dissension", List.of("z"), a -> new Dissension(optional(a, "z"))));

  private BuiltInAttacks() {}

  private static OptionalDouble optional(Arguments arguments, String parameter) {
    return arguments.has(parameter) ? OptionalDouble.of(arguments.number(parameter)) : OptionalDouble.empty();
  }

  /** The text of an attack with one parameter that may be missing. */
  static String text(String name, String parameter, OptionalDouble value) {
    return value.isPresent() ? "%s(%s=%s)".formatted(name, parameter, value.getAsDouble()) : name;
  }
}
