import org.jspecify.annotations.NullMarked;

/**
 * Robust aggregation of vectors: the contracts, the two-pass engine, the scalar kernels that specify every bit, and the
 * optimizers. No dependencies.
 */
@NullMarked
@SuppressWarnings("module") // the one friend is compiled later
module org.monna {
  requires static org.jspecify;

  exports org.monna;
  exports org.monna.arrivals;
  exports org.monna.optim;
  exports org.monna.spi;
  exports org.monna.kernel to
      org.monna.kernels.simd;

  uses org.monna.kernel.KernelProvider;
  uses org.monna.spi.RuleProvider;
}
