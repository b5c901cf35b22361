package org.monna.architecture.violations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Logger;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;
import org.monna.Aggregator;
import org.monna.baselines.Median;
import org.monna.nna.NearestNeighborMixing;
import org.monna.spi.Count;

/** What a part that depends on org.monna and on java.base alone does not depend on. */
public final class BreaksLayers {

  private BreaksLayers() {}

  static class Rule {
    Aggregator x = new Median();
  }

  static class RuleByReference {
    Supplier<Aggregator> x = Median::new;
  }

  static class RuleAsArgument {
    List<NearestNeighborMixing> x;
  }

  static class RuleAsLiteral {
    Class<?> x = Median.class;
  }

  static class RuleInCast {
    Object of(Aggregator x) {
      return (Median) x;
    }
  }

  static class RuleInTest {
    boolean of(Aggregator x) {
      return x instanceof Median;
    }
  }

  static class OtherPackage {
    Count x;
  }

  static class OtherModule {
    Logger x;
  }

  static class Library {
    void of(JsonNode[] x) {}
  }

  static class Vectors {
    FloatVector x;
  }

  static class Annotated {
    @Test
    void of() {}
  }
}
