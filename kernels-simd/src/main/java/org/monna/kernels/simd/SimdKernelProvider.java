package org.monna.kernels.simd;

import org.monna.kernel.KernelProvider;
import org.monna.kernel.Kernels;

/**
 * Offers the SIMD kernels where they run well. Touches no class of the Vector API before it knows that there is one.
 *
 * <p>With the system property {@code org.monna.kernels=simd} it offers them even where they run slowly, and from the first call on, before they
 * are compiled, for tests.
 */
public final class SimdKernelProvider implements KernelProvider {

  private static final String MODULE = "jdk.incubator.vector";

  @Override
  public String obstacle() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return "the module " + MODULE + " is missing: start java with --add-modules " + MODULE;
    }
    int bits = SimdKernels.registerBits();
    if (bits < 128 || bits > 512) {
      return "the vector registers have " + bits + " bits, and the kernels are made for 128, 256 and 512";
    }
    return isForced() ? "" : slowness();
  }

  /**
   * Why vectors would be objects of the heap, which takes a hundred times as long as plain loops. The preferred width does not tell:
   * it is that of the machine even where nothing compiles for it.
   */
  private static String slowness() {
    String vm = System.getProperty("java.vm.name", "");
    String mode = System.getProperty("java.vm.info", "");
    if (mode.contains("interpreted mode")) {
      return "the virtual machine only interprets (-Xint)";
    }
    if (mode.contains("emulated-client") || vm.contains("Client") || vm.contains("Minimal") || vm.contains("Zero")) {
      return "the virtual machine has no C2 compiler (-XX:TieredStopAtLevel, or a client VM)";
    }
    if (!vm.contains("HotSpot") && !vm.contains("OpenJDK")) {
      return "the virtual machine is " + vm + ", and only HotSpot's C2 is known to compile the Vector API well";
    }
    if (ModuleLayer.boot().findModule("jdk.graal.compiler").isPresent()
        || System.getProperty("jvmci.Compiler") != null
        || System.getProperty("java.vm.version", "").contains("jvmci")) {
      return "the compiler is not HotSpot's C2, and only that is known to compile the Vector API well";
    }
    return "";
  }

  @Override
  public Kernels kernels() {
    return isForced() ? new SimdKernels() : new WarmingKernels();
  }

  private static boolean isForced() {
    return System.getProperty("org.monna.kernels", "").equals(SimdKernels.NAME);
  }
}
