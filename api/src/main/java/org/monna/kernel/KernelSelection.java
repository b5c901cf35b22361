package org.monna.kernel;

import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Chooses the kernels of this virtual machine, once: those of the first {@link KernelProvider} without an obstacle, else the
 * scalar ones, with one warning if a provider is present.
 *
 * <p>The system property {@code org.monna.kernels} chooses by name: "scalar", or "simd", the latter even where they are slow.
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
    String obstacle = name.isEmpty() ? "" : "there are none of the name " + name;
    try {
      Iterator<KernelProvider> providers =
          ServiceLoader.load(KernelProvider.class, KernelSelection.class.getClassLoader()).iterator();
      while (providers.hasNext()) {
        KernelProvider provider = providers.next();
        String found = provider.obstacle();
        if (found.isEmpty()) {
          Kernels kernels = provider.kernels();
          if (name.isEmpty() || name.equals(kernels.name())) {
            return kernels;
          }
        } else {
          obstacle = found;
        }
      }
    } catch (ServiceConfigurationError | LinkageError e) {
      obstacle = explain(e);
    }
    if (!obstacle.isEmpty()) {
      System.getLogger("org.monna")
          .log(System.Logger.Level.WARNING, "scalar kernels are used, which are slower: {0}", obstacle);
    }
    return scalar;
  }

  private static String explain(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnsupportedClassVersionError) {
        return "monna-kernels-simd needs Java 25 or newer, and this is Java " + Runtime.version().feature();
      }
    }
    return e.toString();
  }
}
