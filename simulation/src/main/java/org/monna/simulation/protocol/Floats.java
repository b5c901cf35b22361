package org.monna.simulation.protocol;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Arrays of floats in a checkpoint, to the bit. */
final class Floats {

  private static final int CHUNK = 1 << 12;

  private Floats() {}

  static void write(DataOutput output, float[] values) throws IOException {
    output.writeInt(values.length);
    ByteBuffer buffer = ByteBuffer.allocate(4 * CHUNK);
    for (int from = 0; from < values.length; from += CHUNK) {
      buffer.clear();
      int length = Math.min(CHUNK, values.length - from);
      for (int c = from; c < from + length; c++) {
        buffer.putInt(Float.floatToRawIntBits(values[c]));
      }
      output.write(buffer.array(), 0, 4 * length);
    }
  }

  /** Overwrites the values by those that were written. */
  static void read(DataInput input, float[] values) throws IOException {
    int length = input.readInt();
    if (length != values.length) {
      throw new IOException("%d numbers were saved where %d are expected".formatted(length, values.length));
    }
    ByteBuffer buffer = ByteBuffer.allocate(4 * CHUNK);
    for (int from = 0; from < values.length; from += CHUNK) {
      int part = Math.min(CHUNK, values.length - from);
      input.readFully(buffer.array(), 0, 4 * part);
      for (int c = 0; c < part; c++) {
        values[from + c] = Float.intBitsToFloat(buffer.getInt(4 * c));
      }
    }
  }
}
