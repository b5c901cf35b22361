package org.monna.files;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Converts between the elements of a tensor and floats, or for integers longs. Has working memory, so each thread needs its own.
 *
 * <p>To float: F16 and BF16 exactly, F64 rounded. From float, which is rounded to nearest even: F16, BF16; F64 exactly.
 */
final class Conversion {

  private short[] halves = new short[0];
  private double[] doubles = new double[0];

  /** Reads {@code length} elements from {@code offset} of a file into {@code row[at...]}. */
  void read(
      MemorySegment file, ElementType type, ByteOrder order, long offset, float[] row, int at, int length) {
    switch (type) {
      case F32 ->
          MemorySegment.copy(file, ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(order), offset, row, at, length);
      case F16 -> {
        readHalves(file, order, offset, length);
        for (int k = 0; k < length; k++) {
          row[at + k] = Float.float16ToFloat(halves[k]);
        }
      }
      case BF16 -> {
        readHalves(file, order, offset, length);
        for (int k = 0; k < length; k++) {
          row[at + k] = Float.intBitsToFloat(halves[k] << 16);
        }
      }
      case F64 -> {
        doubles = doubles.length < length ? new double[length] : doubles;
        MemorySegment.copy(file, ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(order), offset, doubles, 0, length);
        for (int k = 0; k < length; k++) {
          row[at + k] = (float) doubles[k];
        }
      }
      default -> throw new IllegalArgumentException(type + " is no type of floats");
    }
  }

  private void readHalves(MemorySegment file, ByteOrder order, long offset, int length) {
    halves = halves.length < length ? new short[length] : halves;
    MemorySegment.copy(file, ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), offset, halves, 0, length);
  }

  /** Writes {@code values[at...]} as {@code length} elements to the beginning of a buffer. */
  void write(float[] values, int at, int length, ElementType type, ByteOrder order, MemorySegment buffer) {
    switch (type) {
      case F32 ->
          MemorySegment.copy(values, at, buffer, ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(order), 0, length);
      case F16 -> {
        halves = halves.length < length ? new short[length] : halves;
        for (int k = 0; k < length; k++) {
          halves[k] = Float.floatToFloat16(values[at + k]);
        }
        MemorySegment.copy(halves, 0, buffer, ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), 0, length);
      }
      case BF16 -> {
        halves = halves.length < length ? new short[length] : halves;
        for (int k = 0; k < length; k++) {
          halves[k] = toBfloat16(values[at + k]);
        }
        MemorySegment.copy(halves, 0, buffer, ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), 0, length);
      }
      case F64 -> {
        doubles = doubles.length < length ? new double[length] : doubles;
        for (int k = 0; k < length; k++) {
          doubles[k] = values[at + k];
        }
        MemorySegment.copy(doubles, 0, buffer, ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(order), 0, length);
      }
      default -> throw new IllegalArgumentException(type + " is no type of floats");
    }
  }

  /** The upper half of the float, rounded to nearest even; values that round beyond the largest become infinite. */
  static short toBfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    // The lower half of a NaN may hold all that makes it one, and rounding could carry it to -0.
    return Float.isNaN(value) ? (short) ((bits >>> 16) | 0x40) : (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }

  /** One integer, in an order that is that of the numbers: those of U64 lose 2^63. */
  static long readInteger(MemorySegment file, ElementType type, ByteOrder order, long offset) {
    int bytes = type.bits / 8;
    long value = 0;
    for (int k = 0; k < bytes; k++) {
      int at = order == ByteOrder.BIG_ENDIAN ? k : bytes - 1 - k;
      value = (value << 8) | (file.get(ValueLayout.JAVA_BYTE, offset + at) & 0xff);
    }
    return switch (type) {
      case U64 -> value ^ Long.MIN_VALUE;
      case I8, I16, I32 -> value << (64 - type.bits) >> (64 - type.bits);
      default -> value;
    };
  }

  /** Writes an integer as {@link #readInteger} reads it. */
  static void writeInteger(long value, ElementType type, ByteOrder order, MemorySegment buffer, long offset) {
    int bytes = type.bits / 8;
    long rest = type == ElementType.U64 ? value ^ Long.MIN_VALUE : value;
    for (int k = 0; k < bytes; k++) {
      int at = order == ByteOrder.BIG_ENDIAN ? bytes - 1 - k : k;
      buffer.set(ValueLayout.JAVA_BYTE, offset + at, (byte) rest);
      rest >>>= 8;
    }
  }
}
