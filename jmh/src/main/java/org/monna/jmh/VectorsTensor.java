package org.monna.jmh;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.jspecify.annotations.Nullable;
import org.monna.simulation.model.PyTorch;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The vectors of a benchmark as a tensor, made at the first call, outside of any scope. That call is a warm-up's. */
@State(Scope.Benchmark)
public class VectorsTensor {

  private @Nullable NDManager manager;
  private @Nullable NDArray matrix;

  NDArray of(float[][] vectors) {
    NDArray made = matrix;
    if (made == null) {
      manager = PyTorch.ENGINE.newBaseManager();
      made = TensorRules.matrix(manager, vectors);
      matrix = made;
    }
    return made;
  }

  @TearDown
  public void close() {
    if (manager != null) {
      manager.close();
    }
  }
}
