package org.monna.architecture.violations;

import org.monna.baselines.Median;

/** Names of rules and of kernels that are loaded by reflection. */
public final class NamesRules {

  private NamesRules() {}

  static class ByReflection {
    Object of() throws ReflectiveOperationException {
      return Class.forName("org.monna.nna.MoNNA");
    }
  }

  static class ByResource {
    Object x = NamesRules.class.getResource("/org/monna/baselines/Krum.class");
  }

  static class ByType {
    Median x;
  }

  static class Kernels {
    String x = "org.monna.kernels.simd";
  }
}
