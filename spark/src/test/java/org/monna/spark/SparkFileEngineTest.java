package org.monna.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.monna.Aggregators;
import org.monna.files.FileAggregation;
import org.monna.files.FileEngine;
import org.monna.files.FileReport;

/** Files aggregated by Spark's local mode: the bytes of one machine. */
class SparkFileEngineTest {

  private static final int N = 7;
  /** More than a part, and no multiple of anything. */
  private static final int D = 65 * 16384 + 5;

  @TempDir private static Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"median", "nnm(f=2) | trimmed-mean(f=2)", "geometric-median"})
  void writesTheBytesOfOneMachine(String rule) throws IOException {
    List<Path> inputs = inputs();
    FileAggregation here = FileAggregation.of(Aggregators.parse(rule));
    FileReport expected = here.run(inputs, directory.resolve("here.f32"));
    try (FileEngine.Connected spark = local()) {
      FileReport actual = here.on(spark).run(inputs, directory.resolve("there.f32"));
      assertEquals(expected.report().nonFinite(), actual.report().nonFinite());
      assertEquals(D, actual.report().d());
    }
    assertArrayEquals(
        Files.readAllBytes(directory.resolve("here.f32")), Files.readAllBytes(directory.resolve("there.f32")));
  }

  /** Once in each job. */
  @ParameterizedTest
  @CsvSource({"1, median", "2, krum(f=2)"})
  void aRuleThatNeedsNoGeometryReadsOnce(int jobs, String rule) throws Exception {
    try (JavaSparkContext spark = new JavaSparkContext(Clusters.configuration("local[2]"))) {
      FileAggregation.of(Aggregators.parse(rule))
          .on(new SparkFileEngine(spark))
          .run(inputs(), directory.resolve("out.f32"));
      // Stages are numbered, and each of these jobs has one.
      assertEquals(jobs, spark.parallelize(List.of(1), 1).map(one -> TaskContext.get().stageId()).first());
    }
  }

  @Test
  void whatIsOutOfReachOfTheExecutorsIsAnErrorAndLeavesNothing() throws IOException {
    List<Path> inputs = inputs();
    Path out = directory.resolve("none.f32");
    try (FileEngine.Connected spark = local()) {
      FileAggregation aggregation =
          FileAggregation.of(Aggregators.parse("krum(f=2)"))
              .on(
                  (rule, files, output, progress) -> {
                    // As on a cluster where this file is not mounted.
                    Files.delete(inputs.getLast());
                    return spark.aggregate(rule, files, output, progress);
                  });
      IOException e = assertThrows(IOException.class, () -> aggregation.run(inputs, out));
      assertTrue(e.getMessage().contains(inputs.getLast().getFileName().toString()), e.getMessage());
    }
    assertFalse(Files.exists(out));
  }

  @Test
  void connectsToSparkOnly() throws IOException {
    FileEngine.Provider provider = ServiceLoader.load(FileEngine.Provider.class).findFirst().orElseThrow();
    assertNull(provider.connect("ray://head:10001"));
    IOException e = assertThrows(IOException.class, () -> provider.connect("spark://host"));
    assertEquals("Spark: Invalid master URL: spark://host", e.getMessage());
  }

  private static FileEngine.Connected local() {
    return new SparkFileEngine(new JavaSparkContext(Clusters.configuration("local[2]")));
  }

  private static List<Path> inputs() throws IOException {
    float[][] vectors = SparkEngineTest.hostile(N, D, 6);
    List<Path> paths = new ArrayList<>();
    for (int i = 0; i < N; i++) {
      ByteBuffer bytes = ByteBuffer.allocate(D * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(vectors[i]);
      paths.add(Files.write(directory.resolve("client%d.f32".formatted(i)), bytes.array()));
    }
    return paths;
  }
}
