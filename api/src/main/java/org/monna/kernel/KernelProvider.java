package org.monna.kernel;

/** A source of kernels better than the scalar ones, found by {@link java.util.ServiceLoader}. */
public interface KernelProvider {

  /**
   * Why the kernels cannot run, or would run slowly, in this virtual machine, and what to do; empty if they run well. Where the
   * system property {@code org.monna.kernels} names them, only why they cannot run.
   */
  String obstacle();

  /** The kernels. Only called without an obstacle. */
  Kernels kernels();
}
