package org.monna.architecture.violations;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Vectors on the heap, and species and operators that are no constants. */
public final class KeepsVectors {

  private KeepsVectors() {}

  static class Field {
    FloatVector x;
  }

  static class FinalField {
    final VectorSpecies<Float> x = FloatVector.SPECIES_PREFERRED;
  }

  static class StaticField {
    static VectorMask<Float> x;
  }

  static class StaticArray {
    static final FloatVector[] X = {};
  }

  record Component(FloatVector x) {}

  static class Returned {
    FloatVector[] of() {
      return null;
    }
  }

  static class Taken {
    void of(FloatVector[] x) {}
  }

  static class TakenByConstructor {
    TakenByConstructor(FloatVector[] x) {}
  }

  static class Made {
    void of(FloatVector x) {
      Object made = new FloatVector[] {x};
    }
  }

  static class Species {
    void of(VectorSpecies<Float> x) {}
  }

  static class Operator {
    void of(VectorOperators.Binary x) {}
  }

  static class Comparison {
    void of(VectorOperators.Comparison x) {}
  }

  static class OperatorOfConstructor {
    OperatorOfConstructor(VectorOperators.Unary x) {}
  }
}
