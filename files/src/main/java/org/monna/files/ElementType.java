package org.monna.files;

/** What the elements of a tensor are, by the names of the safetensors format. */
enum ElementType {
  F64(64, Kind.FLOAT),
  F32(32, Kind.FLOAT),
  F16(16, Kind.FLOAT),
  BF16(16, Kind.FLOAT),
  I64(64, Kind.INTEGER),
  I32(32, Kind.INTEGER),
  I16(16, Kind.INTEGER),
  I8(8, Kind.INTEGER),
  U64(64, Kind.INTEGER),
  U32(32, Kind.INTEGER),
  U16(16, Kind.INTEGER),
  U8(8, Kind.INTEGER),
  BOOL(8, Kind.INTEGER),
  C64(64, Kind.OTHER),
  F8_E5M2(8, Kind.OTHER),
  F8_E4M3(8, Kind.OTHER),
  F8_E8M0(8, Kind.OTHER),
  F6_E2M3(6, Kind.OTHER),
  F6_E3M2(6, Kind.OTHER),
  F4(4, Kind.OTHER);

  /** What can be done with elements: only floats are aggregated, integers have a mean and a median, others are copied at best. */
  enum Kind {
    FLOAT,
    INTEGER,
    OTHER
  }

  final int bits;
  final Kind kind;

  ElementType(int bits, Kind kind) {
    this.bits = bits;
    this.kind = kind;
  }

  boolean isFloat() {
    return kind == Kind.FLOAT;
  }

  /** The bytes of so many elements; throws ArithmeticException if there are too many or if they do not fill bytes. */
  long bytes(long elements) {
    long all = Math.multiplyExact(elements, bits);
    if (all % 8 != 0) {
      throw new ArithmeticException("parts of bytes");
    }
    return all / 8;
  }
}
