package org.monna.files;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.monna.Aggregator;
import org.monna.Report;
import org.monna.spi.BlockPlan;

/**
 * Aggregates files that hold one vector each, such as the parameters that clients send, into one file of the same kind.
 *
 * <pre>{@code
 * FileReport report =
 *     FileAggregation.of(Aggregators.parse("nnm(f=2) | trimmed-mean(f=2)"))
 *         .excluding(name -> name.endsWith("num_batches_tracked"), ExcludedRule.MEDIAN)
 *         .on(ForkJoinPool.commonPool(), 4)
 *         .run(clients, Path.of("global.safetensors"));
 * }</pre>
 *
 * <p><b>Files</b>: safetensors with tensors of F32, F16, BF16 and F64 (other types must be excluded), NumPy arrays of float32, float64 or
 * float16 in C order, or raw little-endian floats; all of one kind, with tensors of the same names and shapes. The vector of a file is made
 * of all its tensors that are not excluded, in the order of their bytes in the first file. Vectors are floats: F64 is rounded when it is
 * read, and what is written to F16 and BF16 is rounded to nearest even. The output has the header of the first file, byte for byte.
 *
 * <p><b>Result</b>: the same bits as {@link org.monna.Engine#sequential} gives for the vectors in memory, with any number of workers.
 *
 * <p><b>Cost</b>: the inputs are read twice at the most (once if the rule needs no geometry), through the page cache. The heap holds n n
 * doubles and, for each worker, n + 1 blocks of 64 KiB and the scratch of {@link BlockPlan#worker}, whatever the size of the files; headers
 * add some 100 bytes a tensor and 12 a tensor and file.
 *
 * <p><b>Failures</b>: IllegalArgumentException if the rule is not defined for n vectors; otherwise an IOException that names the file and
 * says in a sentence what is wrong: malformed, truncated, or different headers, a file that is changed while it is read, a full disk. The
 * output appears whole or not at all; inputs and an earlier output are untouched. If the calling thread is interrupted, the aggregation
 * fails at its next write, or where it waits for a cluster; if a thread of the executor is, it may. What an executor throws, such as a
 * rejection, is thrown. In any case all tasks of the executor have ended before.
 *
 * @param rule any rule, whose n is the number of files
 * @param excluded tells by their names which tensors are not part of the vectors
 * @param excludedRule what becomes of these
 * @param engine where the two passes run
 * @param progress is told how much has been read
 */
public record FileAggregation(
    Aggregator rule,
    Predicate<String> excluded,
    ExcludedRule excludedRule,
    FileEngine engine,
    Progress progress) {

  public FileAggregation {
    requireNonNull(rule, "rule");
    requireNonNull(excluded, "excluded");
    requireNonNull(excludedRule, "excludedRule");
    requireNonNull(engine, "engine");
    requireNonNull(progress, "progress");
  }

  /** With nothing excluded, on the calling thread. */
  public static FileAggregation of(Aggregator rule) {
    return new FileAggregation(rule, name -> false, ExcludedRule.MEDIAN, FileEngine.on(Runnable::run, 1), Progress.NONE);
  }

  /** The same, with other tensors excluded. */
  public FileAggregation excluding(Predicate<String> names, ExcludedRule by) {
    return new FileAggregation(rule, names, by, engine, progress);
  }

  /** The same, on other threads: see {@link FileEngine#on}. */
  public FileAggregation on(Executor executor, int workers) {
    return on(FileEngine.on(executor, workers));
  }

  /** The same, on another engine, such as a cluster. */
  public FileAggregation on(FileEngine other) {
    return new FileAggregation(rule, excluded, excludedRule, other, progress);
  }

  /** The same, with progress told. */
  public FileAggregation telling(Progress listener) {
    return new FileAggregation(rule, excluded, excludedRule, engine, listener);
  }

  /**
   * Reads the inputs and writes the output.
   *
   * @param inputs n files, one for each vector, in their order
   * @param output is replaced if it exists; none of the inputs
   */
  public FileReport run(List<Path> inputs, Path output) throws IOException {
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException(rule + ": no files are given (n = 0)");
    }
    rule.need(inputs.size());
    try (VectorFiles files = VectorFiles.open(inputs, excluded);
        OutputFile out = OutputFile.like(files, output)) {
      try {
        ExcludedTensors.check(files, excludedRule);
        Report report = engine.aggregate(rule, files, out, progress);
        new ExcludedTensors(files, out, excludedRule).run();
        files.checkUnchanged();
        out.commit();
        return new FileReport(
            report, inputs, output, files.excluded(), excludedRule, files.isRounded());
      } catch (UncheckedIOException e) {
        throw e.getCause();
      } catch (InternalError e) {
        // What reading a mapped file leads to that has become shorter, or that the disk cannot read.
        files.checkUnchanged();
        throw new IOException("the inputs cannot be read: " + e.getMessage(), e);
      }
    } catch (FileSystemException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new IOException("the aggregation was interrupted", e);
      }
      throw e;
    }
  }
}
