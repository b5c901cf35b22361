import org.jspecify.annotations.NullMarked;

/** The kernels on the Vector API. */
@NullMarked
module org.monna.kernels.simd {
  requires static org.jspecify;
  requires org.monna;
  requires jdk.incubator.vector;

  provides org.monna.kernel.KernelProvider with
      org.monna.kernels.simd.SimdKernelProvider;
}
