package org.monna.spark;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.InterruptibleIterator;
import org.apache.spark.SparkException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.TaskCompletionListener;
import org.monna.Aggregator;
import org.monna.Geometry;
import org.monna.Geometry.Need;
import org.monna.Plan;
import org.monna.Report;
import org.monna.files.FileEngine;
import org.monna.files.OutputFile;
import org.monna.files.Progress;
import org.monna.files.VectorFiles;
import org.monna.spi.GeometrySums;
import org.monna.spi.Shards;
import scala.Function2;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The engine for files on a cluster whose executors all see them under the same paths.
 *
 * <p>Each task maps the files and reads the shards that are its own, in each pass. The driver writes the result as its parts come, each
 * once, so that tasks that are repeated do no harm; a part is {@link #SHARDS_IN_A_PART} shards at the most.
 *
 * <p>If the calling thread is interrupted, the output cannot be written, a task fails for good, or the context is stopped, the job is
 * cancelled and an IOException says why. Nothing is written from then on; tasks that are still at work only read, and end at their next
 * shard.
 */
public final class SparkFileEngine implements FileEngine.Connected {

  /** 4 MB of the result at a time. */
  private static final int SHARDS_IN_A_PART = 64;

  private final JavaSparkContext spark;

  /** @param spark is closed with this engine */
  public SparkFileEngine(JavaSparkContext spark) {
    this.spark = spark;
  }

  @Override
  public Report aggregate(Aggregator rule, VectorFiles files, OutputFile out, Progress progress) throws IOException {
    Report report;
    try {
      JavaRDD<Block> blocks = blocks(spark, files);
      if (rule.need(files.size()).isNone()) {
        report = inOnePass(rule, blocks, files, out);
      } else {
        report = SparkEngine.report(rule, files.size(), blocks);
        write(SparkEngine.apply(report.plan(), blocks), files, out);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (CancellationException e) {
      throw new IOException(e.getMessage(), e);
    } catch (Exception e) {
      // Scala does not declare what it throws.
      if (e instanceof SparkException && e.getCause() instanceof UncheckedIOException writing) {
        throw writing.getCause();
      }
      if (spark.sc().isStopped()) {
        throw failed("Spark: the SparkContext was stopped: ", e);
      }
      if (e instanceof SparkException) {
        throw failed("Spark: ", e);
      }
      throw e;
    }
    progress.done(files.bytes(), files.bytes());
    return report;
  }

  /** For rules that need no geometry: whose vector is not finite is found on the way. */
  private Report inOnePass(Aggregator rule, JavaRDD<Block> blocks, VectorFiles files, OutputFile out) throws IOException {
    Geometry geometry = Geometry.unmeasured(files.size());
    Plan plan = rule.plan(geometry);
    NonFinite nonFinite = new NonFinite(files.size());
    spark.sc().register(nonFinite);
    JavaRDD<Block> seen =
        blocks.map(
            block -> {
              nonFinite.add(block);
              return block;
            });
    write(SparkEngine.apply(plan, seen), files, out);
    boolean[] found = nonFinite.value();
    return Report.of(rule, files.length(), geometry, plan, i -> !found[i]);
  }

  /** The first line says what happened, the others where in Spark. */
  static IOException failed(String what, Exception e) {
    return new IOException(what + String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
  }

  /** The coordinates of the files' vectors, a shard in a block, in the order of the coordinates. Nothing is read before it is asked for. */
  public static JavaRDD<Block> blocks(JavaSparkContext spark, VectorFiles files) {
    Source source = new Source(files);
    int parts = (int) Math.min(Integer.MAX_VALUE, (source.shards() - 1) / SHARDS_IN_A_PART + 1);
    return spark.parallelize(IntStream.range(0, parts).boxed().toList(), parts).flatMap(source::blocks);
  }

  private static void write(JavaRDD<Coordinates> result, VectorFiles files, OutputFile out) throws IOException {
    try (Sink sink = new Sink(out.writer(files))) {
      SparkEngine.run(result, all(), sink::take);
    }
  }

  private static Function2<TaskContext, scala.collection.Iterator<Coordinates>, List<Coordinates>> all() {
    return (Function2<TaskContext, scala.collection.Iterator<Coordinates>, List<Coordinates>> & Serializable)
        (context, parts) -> {
          List<Coordinates> list = new ArrayList<>();
          CollectionConverters.asJava(parts).forEachRemaining(list::add);
          return list;
        };
  }

  /** Writes parts of the result until it is closed: a job that was cancelled may still have some. */
  static final class Sink implements AutoCloseable {

    private final OutputFile.Writer writer;
    private boolean closed;

    Sink(OutputFile.Writer writer) {
      this.writer = writer;
    }

    synchronized void take(List<Coordinates> parts) {
      if (closed) {
        return;
      }
      try {
        for (Coordinates part : parts) {
          writer.write(part.from(), part.values().length, part.values());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public synchronized void close() {
      closed = true;
    }
  }

  /** Ends the connection to the cluster, whatever interrupts say. */
  @Override
  public void close() {
    undisturbed(
        () -> {
          spark.close();
          return spark;
        });
  }

  /** Calls in a thread that nobody interrupts: Spark would begin or end half way, and allow no other context. */
  static <T> T undisturbed(Supplier<T> call) {
    try {
      return CompletableFuture.supplyAsync(call, task -> Thread.ofPlatform().start(task)).join();
    } catch (CompletionException e) {
      Shards.rethrow(requireNonNull(e.getCause()));
      throw e;
    }
  }

  /** The files, on the way to the executors. */
  private record Source(ArrayList<String> paths, Set<String> excluded, long d) implements Serializable {

    private static final long serialVersionUID = 1;

    Source(VectorFiles files) {
      this(
          new ArrayList<>(files.paths().stream().map(path -> path.toAbsolutePath().toString()).toList()),
          Set.copyOf(files.excluded()),
          files.length());
    }

    long shards() {
      return (d + GeometrySums.SHARD - 1) / GeometrySums.SHARD;
    }

    Iterator<Block> blocks(int part) throws IOException {
      VectorFiles files = VectorFiles.open(paths.stream().map(Path::of).toList(), excluded::contains);
      TaskContext task = TaskContext.get();
      task.addTaskCompletionListener((TaskCompletionListener) context -> files.close());
      if (files.length() != d) {
        throw new IOException("the files have %d coordinates here, but %d at the driver".formatted(files.length(), d));
      }
      VectorFiles.Reader reader = files.reader();
      long first = (long) part * SHARDS_IN_A_PART;
      Iterator<Block> blocks =
          IntStream.range(0, (int) Math.min(SHARDS_IN_A_PART, shards() - first))
              .mapToObj(k -> read(reader, (first + k) * GeometrySums.SHARD))
              .iterator();
      // So that a task which is killed ends before the next block.
      return CollectionConverters.asJava(new InterruptibleIterator<>(task, CollectionConverters.asScala(blocks)));
    }

    private Block read(VectorFiles.Reader reader, long from) {
      int length = (int) Math.min(GeometrySums.SHARD, d - from);
      float[][] rows = new float[paths.size()][length];
      try {
        for (int i = 0; i < rows.length; i++) {
          reader.read(i, from, length, rows[i]);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new Block(from, rows);
    }
  }
}
