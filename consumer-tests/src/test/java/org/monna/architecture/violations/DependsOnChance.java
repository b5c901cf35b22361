package org.monna.architecture.violations;

import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/** Numbers that are different in another run. */
public final class DependsOnChance {

  private DependsOnChance() {}

  static class OfMath {
    double x = Math.random();
  }

  static class OfMathByReference {
    DoubleSupplier x = Math::random;
  }

  static class OfStrictMath {
    double x = StrictMath.random();
  }

  static class New {
    Object x = new Random();
  }

  static class NewByReference {
    Supplier<?> x = Random::new;
  }

  static class Given {
    int of(Random x) {
      return x.nextInt();
    }
  }

  static class Own extends Random {
    private static final long serialVersionUID = 1;
  }

  static class OfThread {
    int x = ThreadLocalRandom.current().nextInt();
  }

  static class Secure {
    Object x = new SecureRandom();
  }

  static class WithoutSeed {
    Object x = new SplittableRandom();
  }

  static class WithoutSeedByReference {
    Supplier<SplittableRandom> x = SplittableRandom::new;
  }

  static class Default {
    Object x = RandomGenerator.getDefault();
  }

  static class Identifier {
    Object x = UUID.randomUUID();
  }

  static class Shuffled {
    void of(List<Float> x) {
      Collections.shuffle(x);
    }
  }

  static class Identity {
    ToIntFunction<Object> x = System::identityHashCode;
  }
}
