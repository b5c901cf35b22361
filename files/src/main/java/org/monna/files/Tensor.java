package org.monna.files;

import java.nio.ByteOrder;
import java.util.List;

/**
 * Where the elements of a tensor are in a file.
 *
 * @param name as in the file; empty if tensors have no names there
 * @param order of the bytes of an element
 * @param offset of the first byte in the file
 * @param elements their number
 */
record Tensor(String name, ElementType type, ByteOrder order, List<Long> shape, long offset, long elements) {

  Tensor {
    shape = List.copyOf(shape);
  }

  /** The product of a shape; throws ArithmeticException if it is more than a long holds. */
  static long elements(List<Long> shape) {
    // A dimension of 0 does not excuse others whose product overflows: readers multiply in this order.
    long elements = 1;
    for (long dimension : shape) {
      elements = Math.multiplyExact(elements, dimension);
    }
    return elements;
  }

  long bytes() {
    return type.bytes(elements);
  }

  /** What messages call this tensor. */
  String title() {
    return name.isEmpty() ? "array" : title(name);
  }

  /** With the name as it can be shown: it comes from a sender, so it is cut, and has no control characters. */
  static String title(String name) {
    String start = name.length() <= 100 ? name : name.substring(0, 100) + "...";
    return "tensor \"" + start.replaceAll("\\p{Cntrl}", "?") + "\"";
  }
}
