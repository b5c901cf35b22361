package org.monna.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.SparkException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.TaskCompletionListener;
import org.monna.Aggregator;
import org.monna.Report;
import org.monna.files.FileEngine;
import org.monna.files.OutputFile;
import org.monna.files.Progress;
import org.monna.files.VectorFiles;
import org.monna.spi.GeometrySums;
import scala.Function2;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/**
 * The engine for files on a cluster whose executors all see them under the same paths.
 *
 * <p>Each task maps the files and reads the shards that are its own, in each pass. The driver writes the result as its parts come, each
 * once, so that tasks that are repeated do no harm; a part is {@link #SHARDS_IN_A_PART} shards at the most.
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
    JavaRDD<Block> blocks = blocks(spark, files);
    Report report;
    try {
      report = SparkEngine.report(rule, files.size(), blocks);
      write(SparkEngine.apply(report.plan(), blocks), files, out);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (Exception e) {
      // Scala does not declare what it throws.
      if (e instanceof SparkException) {
        // The first line says what happened, the others where in Spark.
        throw new IOException("Spark: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
      }
      throw e;
    }
    progress.done(files.bytes(), files.bytes());
    return report;
  }

  /** The coordinates of the files' vectors, a shard in a block, in the order of the coordinates. Nothing is read before it is asked for. */
  public static JavaRDD<Block> blocks(JavaSparkContext spark, VectorFiles files) {
    Source source = new Source(files);
    int parts = (int) Math.min(Integer.MAX_VALUE, (source.shards() - 1) / SHARDS_IN_A_PART + 1);
    return spark.parallelize(IntStream.range(0, parts).boxed().toList(), parts).flatMap(source::blocks);
  }

  private void write(JavaRDD<Coordinates> result, VectorFiles files, OutputFile out) throws IOException {
    OutputFile.Writer writer = out.writer(files);
    List<IOException> failures = new ArrayList<>();
    // Called by one thread of the scheduler, which must not be thrown anything.
    Function2<Object, List<Coordinates>, BoxedUnit> writing =
        (partition, parts) -> {
          for (Coordinates part : parts) {
            try {
              writer.write(part.from(), part.values().length, part.values());
            } catch (IOException e) {
              failures.add(e);
            }
          }
          return BoxedUnit.UNIT;
        };
    spark.sc().runJob(result.rdd(), all(), writing, ClassTag$.MODULE$.apply(List.class));
    if (!failures.isEmpty()) {
      throw failures.getFirst();
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

  /** Ends the connection to the cluster. */
  @Override
  public void close() {
    spark.close();
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
      TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> files.close());
      if (files.length() != d) {
        throw new IOException("the files have %d coordinates here, but %d at the driver".formatted(files.length(), d));
      }
      VectorFiles.Reader reader = files.reader();
      long first = (long) part * SHARDS_IN_A_PART;
      return IntStream.range(0, (int) Math.min(SHARDS_IN_A_PART, shards() - first))
          .mapToObj(k -> read(reader, (first + k) * GeometrySums.SHARD))
          .iterator();
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
