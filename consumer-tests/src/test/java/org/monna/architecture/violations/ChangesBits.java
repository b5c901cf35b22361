package org.monna.architecture.violations;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntBinaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Operations that are fused, in no given order, or different on other machines. */
public final class ChangesBits {

  private ChangesBits() {}

  static class Fma {
    float x = Math.fma(1f, 2f, 3f);
  }

  static class StrictFma {
    double x = StrictMath.fma(1.0, 2.0, 3.0);
  }

  static class FmaByReference {
    interface Ternary {
      double of(double a, double b, double c);
    }

    Ternary fma = Math::fma;
  }

  static class FmaOfVectors {
    FloatVector of(FloatVector x) {
      return x.fma(x, x);
    }
  }

  static class FmaOfLanes {
    FloatVector of(FloatVector x) {
      return x.lanewise(VectorOperators.FMA, x, x);
    }
  }

  static class Sine {
    double x = Math.sin(1);
  }

  static class PowerByReference {
    DoubleBinaryOperator power = Math::pow;
  }

  static class LogarithmByReference {
    DoubleUnaryOperator logarithm = Math::log1p;
  }

  static class ExponentialOfLanes {
    FloatVector of(FloatVector x) {
      return x.lanewise(VectorOperators.EXP);
    }
  }

  static class PowerOfVectors {
    DoubleVector of(DoubleVector x) {
      return x.pow(x);
    }
  }

  static class Reduction {
    float of(FloatVector x) {
      return x.reduceLanes(VectorOperators.ADD);
    }
  }

  static class ReductionToLong {
    long of(FloatVector x) {
      return x.reduceLanesToLong(VectorOperators.ADD);
    }
  }

  static class SumOfStream {
    double of(double[] x) {
      return Arrays.stream(x).sum();
    }
  }

  static class SumOfStreamByReference {
    ToDoubleFunction<DoubleStream> sum = DoubleStream::sum;
  }

  static class AverageOfStream {
    double of(DoubleStream x) {
      return x.average().orElse(0);
    }
  }

  static class Statistics {
    double of(DoubleSummaryStatistics x) {
      return x.getSum();
    }
  }

  static class CollectedSum {
    double of(Stream<Float> x) {
      return x.collect(Collectors.summingDouble(y -> y));
    }
  }

  static class ParallelStream {
    IntStream x = IntStream.range(0, 1).parallel();
  }

  static class ParallelCollection {
    Stream<Float> x = List.of(1f).parallelStream();
  }

  static class ParallelSupport {
    Stream<Float> of(Iterable<Float> x) {
      return StreamSupport.stream(x.spliterator(), true);
    }
  }

  static class ParallelPrefix {
    void of(double[] x) {
      Arrays.parallelPrefix(x, Double::sum);
    }
  }

  static class ParallelPrefixByReference {
    interface Prefix {
      void of(int[] x, IntBinaryOperator f);
    }

    Prefix prefix = Arrays::parallelPrefix;
  }
}
