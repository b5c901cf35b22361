package org.monna.jmh;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** PyTorch on one thread of the CPU, through the Deep Java Library. */
final class PyTorch {

  static final Engine ENGINE;

  static {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("ai.djl.pytorch.num_threads", "1");
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    ENGINE = Engine.getEngine("PyTorch");
  }

  private PyTorch() {}

  /** The numbers of a tensor: a view. */
  static FloatBuffer memory(NDArray array) {
    return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /** A tensor of n x d, with a copy of the vectors. */
  static NDArray matrix(NDManager manager, float[][] vectors) {
    NDArray matrix = manager.create(new Shape(vectors.length, vectors[0].length), DataType.FLOAT32);
    FloatBuffer memory = memory(matrix);
    for (float[] vector : vectors) {
      memory.put(vector);
    }
    return matrix;
  }

  /** A copy of a tensor's numbers. */
  static float[] array(NDArray tensor) {
    return tensor.toFloatArray();
  }
}
