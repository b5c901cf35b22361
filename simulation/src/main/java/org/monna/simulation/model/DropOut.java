package org.monna.simulation.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Dropout for the layers of one network, by a generator of its own: PyTorch has one for all threads of a process, whose
 * numbers would depend on who else draws.
 */
final class DropOut {

  private boolean used;
  private @Nullable RandomGenerator random;

  /** A layer that leaves out each number with this probability, and makes up for it by enlarging the others. */
  Block of(double probability) {
    used = true;
    // In 65,536ths, so that one draw of 64 bits decides on four numbers.
    int limit = (int) Math.round(probability * 0x10000);
    float kept = 0x1p16f / (0x10000 - limit);
    return new LambdaBlock(list -> new NDList(apply(list.singletonOrThrow(), limit, kept)), "dropout");
  }

  /** Whether the network has such layers. */
  boolean used() {
    return used;
  }

  /** Leaves out by this generator from now on; by none, which leaves all as it is, if it is null. */
  void by(@Nullable RandomGenerator generator) {
    random = generator;
  }

  private NDArray apply(NDArray input, int limit, float kept) {
    if (random == null) {
      return input;
    }
    NDArray mask = input.getManager().create(input.getShape(), input.getDataType());
    FloatBuffer memory = PyTorch.memory(mask);
    float[] values = new float[memory.capacity()];
    long bits = 0;
    for (int i = 0; i < values.length; i++) {
      bits = i % 4 == 0 ? random.nextLong() : bits >>> 16;
      values[i] = (bits & 0xffff) < limit ? 0 : kept;
    }
    memory.put(values);
    return input.mul(mask);
  }
}
