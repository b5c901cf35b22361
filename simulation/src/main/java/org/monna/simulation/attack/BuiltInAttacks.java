package org.monna.simulation.attack;

import java.util.List;
import java.util.OptionalDouble;
import org.monna.spi.Arguments;

/** The attacks of this package by name. */
final class BuiltInAttacks {

  static final List<AttackDefinition> LIST =
      List.of(
          new AttackDefinition(
              "sign-flipping", List.of(), "minus the honest mean", a -> new ScaledSignFlipping(OptionalDouble.of(1))),
          new AttackDefinition(
              "scaled-sign-flipping",
              List.of("scale"),
              "minus the honest mean, so long that the mean of all is zero",
              a -> new ScaledSignFlipping(optional(a, "scale"))),
          new AttackDefinition(
              "alie",
              List.of("z"),
              "mean + z deviation, hidden among the honest vectors",
              a -> new ALittleIsEnough(optional(a, "z"))),
          new AttackDefinition(
              "foe", List.of("z"), "fall of empires: (1-z) mean", a -> new FallOfEmpires(optional(a, "z"))),
          new AttackDefinition(
              "ipm",
              List.of("tau"),
              "inner product manipulation: -tau mean",
              a -> new InnerProductManipulation(optional(a, "tau"))),
          new AttackDefinition(
              "min-max", List.of(), "as far as the honest vectors are from each other", a -> new MinMax()),
          new AttackDefinition(
              "mimic", List.of("node"), "the vector of one honest node", a -> new Mimic(a.integer("node", 0))),
          new AttackDefinition(
              "mimic-heuristic",
              List.of("learning"),
              "the vector of the honest node that stands out most",
              a -> new MimicHeuristic(a.integer("learning", 100))),
          new AttackDefinition(
              "label-flipping", List.of(), "honest work on wrong labels", a -> new LabelFlipping()),
          new AttackDefinition(
              "gaussian", List.of("sd"), "noise around zero", a -> new Gaussian(a.number("sd", 10))),
          new AttackDefinition("nan", List.of(), "not a number", a -> new Constant("nan", Float.NaN)),
          new AttackDefinition(
              "infinity", List.of(), "positive infinity", a -> new Constant("infinity", Float.POSITIVE_INFINITY)),
          new AttackDefinition("zero", List.of(), "the zero vector", a -> new Constant("zero", 0)),
          new AttackDefinition(
              "dissension",
              List.of("z"),
              "to each node its own vector, moved away from its neighbours'",
              a -> new Dissension(optional(a, "z"))));

  private BuiltInAttacks() {}

  private static OptionalDouble optional(Arguments arguments, String parameter) {
    return arguments.has(parameter) ? OptionalDouble.of(arguments.number(parameter)) : OptionalDouble.empty();
  }

  /** The text of an attack with one parameter that may be missing. */
  static String text(String name, String parameter, OptionalDouble value) {
    return value.isPresent() ? "%s(%s=%s)".formatted(name, parameter, value.getAsDouble()) : name;
  }
}
