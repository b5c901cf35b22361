package org.monna.optim;

import static java.util.Objects.requireNonNull;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.monna.Optimizer;

/** The state that the optimizers here share: a step count and, unless empty, d floats of memory. */
final class MemoryState implements Optimizer.State {

  /** One step in place, with the number of steps taken before it. */
  interface Step {
    void apply(float[] parameters, float[] gradient, float[] memory, long step);
  }

  private static final int MAGIC = 0x4d6f4e41;

  private final String optimizer;
  private final Step step;
  private final int d;
  private final float[] memory;
  private long steps;

  private MemoryState(String optimizer, Step step, int d, float[] memory) {
    this.optimizer = optimizer;
    this.step = step;
    this.d = d;
    this.memory = memory;
  }

  /** The state before the first step, with d zeros of memory or none. */
  static MemoryState create(String optimizer, Step step, int d, boolean remembers) {
    if (d < 1) {
      throw new IllegalArgumentException("%s: d = %d, but at least 1 is needed".formatted(optimizer, d));
    }
    return new MemoryState(optimizer, step, d, new float[remembers ? d : 0]);
  }

  /** The saved state of the named optimizer. */
  static MemoryState restore(String optimizer, Step step, DataInput input, int d, boolean remembers)
      throws IOException {
    if (input.readInt() != MAGIC) {
      throw new IOException("this is not the saved state of an optimizer");
    }
    String saved = input.readUTF();
    if (!saved.equals(optimizer)) {
      throw new IOException("this is the state of the optimizer %s, not of %s".formatted(saved, optimizer));
    }
    MemoryState state = create(optimizer, step, d, remembers);
    state.steps = input.readLong();
    int savedD = input.readInt();
    int remembered = input.readInt();
    if (savedD != d) {
      throw new IOException("%s: the state is for d = %d, not for d = %d".formatted(optimizer, savedD, d));
    }
    if (state.steps < 0 || remembered != state.memory.length) {
      throw new IOException("a corrupt state: %d steps, d = %d, %d floats".formatted(state.steps, d, remembered));
    }
    for (int c = 0; c < remembered; c++) {
      state.memory[c] = Float.intBitsToFloat(input.readInt());
    }
    return state;
  }

  @Override
  public void save(DataOutput output) throws IOException {
    output.writeInt(MAGIC);
    output.writeUTF(optimizer);
    output.writeLong(steps);
    output.writeInt(d);
    output.writeInt(memory.length);
    for (float value : memory) {
      output.writeInt(Float.floatToRawIntBits(value));
    }
  }

  @Override
  public void step(float[] parameters, float[] gradient) {
    requireLength("parameters", requireNonNull(parameters, "parameters"));
    requireLength("gradient", requireNonNull(gradient, "gradient"));
    step.apply(parameters, gradient, memory, steps);
    steps++;
  }

  private void requireLength(String name, float[] array) {
    if (array.length != d) {
      throw new IllegalArgumentException(
          "%s: %s has length %d, but the state is for d = %d".formatted(optimizer, name, array.length, d));
    }
  }

  @Override
  public long steps() {
    return steps;
  }
}
