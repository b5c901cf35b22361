package org.monna.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import org.monna.Coordinatewise;
import org.monna.Plan;
import org.monna.spi.BlockPlan;
import org.monna.spi.GeometrySums;
import org.monna.spi.Shards;

/** Writes the tensors that are not part of the vectors. */
final class ExcludedTensors {

  /** They are small, as a rule, and the engine of the vectors may be a cluster. */
  private static final Shards CALLING_THREAD = new Shards(Runnable::run, 1);

  private final VectorFiles files;
  private final OutputFile out;
  private final ExcludedRule rule;
  private final int n;

  ExcludedTensors(VectorFiles files, OutputFile out, ExcludedRule rule) {
    this.files = files;
    this.out = out;
    this.rule = rule;
    this.n = files.size();
  }

  /** Throws if there is a tensor that the rule cannot be applied to. */
  static void check(VectorFiles files, ExcludedRule rule) throws FileSystemException {
    for (int t : files.excludedTensors()) {
      Tensor tensor = files.tensors().get(t);
      if (rule != ExcludedRule.FIRST && tensor.type().kind == ElementType.Kind.OTHER) {
        throw new FileSystemException(
            files.file(0).path.toString(),
            null,
            "of its excluded %s of %s only the first can be taken, not the mean or median"
                .formatted(tensor.title(), tensor.type()));
      }
    }
  }

  void run() throws IOException {
    for (int t : files.excludedTensors()) {
      Tensor tensor = files.tensors().get(t);
      if (rule == ExcludedRule.FIRST) {
        copy(tensor);
      } else if (tensor.type().isFloat()) {
        floats(t, tensor);
      } else {
        integers(t, tensor);
      }
    }
  }

  private void copy(Tensor tensor) throws IOException {
    MemorySegment bytes = files.file(0).segment.asSlice(tensor.offset(), tensor.bytes());
    int block = 1 << 20;
    for (long at = 0; at < bytes.byteSize(); at += block) {
      out.write(bytes.asSlice(at, Math.min(block, bytes.byteSize() - at)).asByteBuffer(), tensor.offset() + at);
    }
  }

  private void floats(int t, Tensor tensor) {
    Coordinatewise ranks = rule == ExcludedRule.MEAN ? Coordinatewise.ranks(0, n) : Coordinatewise.ranks((n - 1) / 2, n / 2 + 1);
    BlockPlan plan = new BlockPlan(Plan.coordinatewise(n, ranks), n);
    int block = (int) Math.min(tensor.elements(), GeometrySums.SHARD);
    CALLING_THREAD.run(
        tensor.elements(),
        () -> {
          float[][] rows = new float[n][block];
          float[] result = new float[block];
          Conversion conversion = new Conversion();
          BlockPlan.Worker worker = plan.worker();
          OutputFile.Writer writer = out.writer(files);
          return (from, length) -> {
            for (int i = 0; i < n; i++) {
              VectorFiles.Mapped file = files.file(i);
              ElementType type = file.types[t];
              conversion.read(
                  file.segment, type, file.order, file.offsets[t] + type.bytes(from), rows[i], 0, length);
            }
            worker.apply(rows, 0, length, result, 0);
            try {
              writer.write(t, from, result, 0, length);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          };
        });
  }

  private void integers(int t, Tensor tensor) throws IOException {
    int size = tensor.type().bits / 8;
    int block = (int) Math.min(tensor.elements(), GeometrySums.SHARD);
    ByteBuffer buffer = ByteBuffer.allocateDirect(block * size);
    MemorySegment bytes = MemorySegment.ofBuffer(buffer);
    long[] column = new long[n];
    for (long from = 0; from < tensor.elements(); from += block) {
      int length = (int) Math.min(block, tensor.elements() - from);
      for (int c = 0; c < length; c++) {
        for (int i = 0; i < n; i++) {
          VectorFiles.Mapped file = files.file(i);
          column[i] =
              Conversion.readInteger(file.segment, tensor.type(), file.order, file.offsets[t] + (from + c) * size);
        }
        long value = rule == ExcludedRule.MEAN ? mean(column) : median(column);
        Conversion.writeInteger(value, tensor.type(), tensor.order(), bytes, (long) c * size);
      }
      buffer.clear().limit(length * size);
      out.write(buffer, tensor.offset() + from * size);
    }
  }

  /** The mean, halves rounded up, with no overflow. */
  static long mean(long[] values) {
    long n = values.length;
    long whole = 0;
    long rest = 0;
    for (long value : values) {
      whole += Math.floorDiv(value, n);
      rest += Math.floorMod(value, n);
    }
    return whole + Math.floorDiv(2 * rest + n, 2 * n);
  }

  /** The median, a mid-point rounded down, with no overflow; the values are sorted. */
  static long median(long[] values) {
    Arrays.sort(values);
    long lower = values[(values.length - 1) / 2];
    long upper = values[values.length / 2];
    return (lower & upper) + ((lower ^ upper) >> 1);
  }
}
