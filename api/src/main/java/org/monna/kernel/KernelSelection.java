package org.monna.kernel;

import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Chooses the kernels of this virtual machine, once: those of the first {@link KernelProvider} without an obstacle, else the
 * scalar ones, with one warning if a provider is present. The system property {@code org.monna.kernels} can name "scalar".
 */
public final class KernelSelection {

  private static final Kernels CHOSEN = choose();

  private KernelSelection() {}

  /** The kernels of this virtual machine. */
  public static Kernels kernels() {
    return CHOSEN;
  }

  private static Kernels choose() {
    Kernels scalar = new ScalarKernels();
    String name = System.getProperty("org.monna.kernels", "");
    if (name.equals(scalar.name())) {
      return scalar;
    }
    String obstacle = "";
    try {
      Iterator<KernelProvider> providers =
          ServiceLoader.load(KernelProvider.class, KernelSelection.class.getClassLoader()).iterator();
      while (providers.hasNext()) {
        KernelProvider provider = providers.next();
        obstacle = provider.obstacle();
        if (obstacle.isEmpty()) {
          return provider.kernels();
        }
      }
    } catch (ServiceConfigurationError | LinkageError e) {
      // A provider compiled for a newer Java, or one whose incubator module is absent.
      obstacle = e.toString();
    }
    if (!obstacle.isEmpty()) {
      System.getLogger("org.monna")
          .log(System.Logger.Level.WARNING, "scalar kernels are used, which are slower: {0}", obstacle);
    }
    return scalar;
  }
}
