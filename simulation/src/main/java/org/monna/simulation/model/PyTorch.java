package org.monna.simulation.model;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** PyTorch on the CPU through the Deep Java Library: every operation on the thread that calls. */
public final class PyTorch {

  /** Started when it is first asked for. */
  public static final Engine ENGINE;

  /**
   * DJL permits one collector at a time in a process. It holds no state of its own (the gradients are in the tensors), so
   * all models and threads share one that is never closed. The thread that starts the engine makes it, since DJL switches
   * gradients off for that thread.
   */
  static final GradientCollector GRADIENTS;

  static {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("ai.djl.pytorch.num_threads", "1");
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    ENGINE = Engine.getEngine("PyTorch");
    GRADIENTS = ENGINE.newGradientCollector();
  }

  private PyTorch() {}

  /** The numbers of a tensor: a view. */
  public static FloatBuffer memory(NDArray array) {
    return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }
}
