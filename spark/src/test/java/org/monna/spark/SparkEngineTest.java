package org.monna.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.Engine;
import org.monna.Geometry.Need;
import org.monna.Mixing;
import org.monna.Report;
import org.monna.spi.GeometrySums;

/** In Spark's local mode: the same bits as on one thread, and clear errors. */
class SparkEngineTest {

  private static final int N = 9;
  private static final int D = 5 * GeometrySums.SHARD + 1234;

  private static JavaSparkContext spark;

  @BeforeAll
  static void start() {
    spark = new JavaSparkContext(Clusters.configuration("local[2]"));
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mean",
        "median",
        "trimmed-mean(f=2)",
        "mean-around-median(f=2)",
        "krum(f=2)",
        "nna(f=2, pivot=3)",
        "cge(f=2)",
        "geometric-median",
        "centered-clipping(tau=10.0, iterations=3)",
        "nnm(f=2) | trimmed-mean(f=2)",
        "arc(f=2) | nnm(f=2) | krum(f=2)"
      })
  void givesTheBitsOfOneThread(String text) {
    Aggregator rule = Aggregators.parse(text);
    float[][] vectors = hostile(N, D, 1);
    float[] expected = Engine.sequential().aggregate(rule, vectors);
    assertBits(expected, Coordinates.collect(SparkEngine.aggregate(rule, N, blocks(vectors, 1, 3))));
    assertBits(expected, Coordinates.collect(SparkEngine.aggregate(rule, N, blocks(vectors, 2, 4))));
  }

  @Test
  void reportsAsOneMachineDoes() {
    float[][] vectors = hostile(N, D, 2);
    for (String text : List.of("krum(f=2)", "nna(f=2)", "cge(f=2)")) {
      Aggregator rule = Aggregators.parse(text);
      Report expected = Engine.sequential().report(rule, vectors, new float[D]);
      assertEquals(expected.toJson(), SparkEngine.report(rule, N, blocks(vectors, 1, 3)).toJson());
    }
    Report median = SparkEngine.report(Aggregators.parse("median"), N, blocks(vectors, 1, 3));
    assertEquals(List.of(8), median.nonFinite());
    assertEquals(D, median.d());
  }

  @Test
  void namesTheCoordinateThatIsMissingOrTwice() {
    float[][] vectors = hostile(N, D, 3);
    List<Block> blocks = new ArrayList<>(cut(vectors, 1));
    Block second = blocks.remove(1);
    assertMessage("coordinates 16384 to 32767 are in no block", blocks);
    blocks.addAll(List.of(second, second));
    assertMessage("coordinate 16384 is in two blocks", blocks);
    blocks.removeLast();
    blocks.set(0, new Block(0, cut(vectors, 2).getFirst().rows()));
    assertMessage("coordinate 16384 is in two blocks", blocks);
    assertMessage("there are no blocks", List.of());
    assertMessage("the block with coordinate 0 has 8 vectors instead of n = 9", cut(Arrays.copyOf(vectors, 8), 6));
  }

  @Test
  void aBlockOfAnotherNumberOfVectorsFailsTheJobInPassTwoToo() {
    float[][] vectors = hostile(N - 1, D, 3);
    JavaRDD<Coordinates> result =
        SparkEngine.aggregate(Aggregators.parse("median"), N, spark.parallelize(cut(vectors, 6), 1));
    Exception e = assertThrows(SparkException.class, result::collect);
    assertTrue(e.getMessage().contains("has 8 vectors instead of n = 9"), e.getMessage());
  }

  @Test
  void refusesBlocksThatAreNone() {
    assertBlock("begins at coordinate 5,", 5, new float[1][1]);
    assertBlock("begins at coordinate -16384,", -16384, new float[1][1]);
    assertBlock("is empty", 0, new float[0][]);
    assertBlock("is empty", 0, new float[2][0]);
    assertBlock("2 coordinates of vector 1, but 3 of vector 0 (n = 2)", 0, new float[][] {{1, 2, 3}, {1, 2}});
  }

  @Test
  void refusesARuleThatIsNotDefined() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> SparkEngine.aggregate(Aggregators.parse("krum(f=5)"), N, blocks(hostile(N, 10, 1), 1, 1)));
    assertTrue(e.getMessage().contains("krum"), e.getMessage());
  }

  /** Of rules that need no geometry, whose blocks nobody has looked at together before. */
  @Test
  void aResultThatIsNotWholeIsNotCollected() {
    List<Block> all = cut(hostile(N, D, 1), 1);
    List<Block> missing = new ArrayList<>(all);
    missing.remove(1);
    assertNotWhole("coordinates 16384 to 32767 are in no block", missing);
    List<Block> twice = new ArrayList<>(all);
    twice.add(all.get(1));
    assertNotWhole("coordinates 16384 to 32767 are in two blocks", twice);
    assertNotWhole("there are no blocks", List.of());
  }

  private static void assertNotWhole(String message, List<Block> blocks) {
    JavaRDD<Coordinates> parts = SparkEngine.aggregate(Aggregators.parse("median"), N, spark.parallelize(blocks, 2));
    assertEquals(message, assertThrows(IllegalArgumentException.class, () -> Coordinates.collect(parts)).getMessage());
  }

  @Test
  void whatComesEarlyWaits() {
    float[][] vectors = hostile(N, D, 4);
    List<Block> shuffled = new ArrayList<>(cut(vectors, 1));
    Collections.shuffle(shuffled, new Random(1));
    OrderedSums sums = new OrderedSums(Need.PAIRWISE, N, N);
    for (Block block : shuffled) {
      sums.take(ShardSums.Measuring.of(Need.PAIRWISE, Mixing.identity(N)).of(List.of(block).iterator()));
    }
    assertEquals(D, sums.length());
    var expected = Engine.sequential().geometry(Need.PAIRWISE, vectors);
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < i; j++) {
        assertEquals(expected.squaredDistance(i, j), sums.geometry().squaredDistance(i, j));
      }
    }
  }

  private static void assertMessage(String message, List<Block> blocks) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> SparkEngine.aggregate(Aggregators.parse("krum(f=2)"), N, spark.parallelize(blocks, 2)));
    assertEquals(message, e.getMessage());
  }

  private static void assertBlock(String part, long from, float[][] rows) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> new Block(from, rows));
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  static void assertBits(float[] expected, float[] actual) {
    assertEquals(expected.length, actual.length);
    for (int c = 0; c < expected.length; c++) {
      assertEquals(Float.floatToRawIntBits(expected[c]), Float.floatToRawIntBits(actual[c]), "coordinate " + c);
    }
  }

  private static JavaRDD<Block> blocks(float[][] vectors, int shards, int partitions) {
    return spark.parallelize(cut(vectors, shards), partitions);
  }

  /** Blocks of so many shards. */
  static List<Block> cut(float[][] vectors, int shards) {
    List<Block> blocks = new ArrayList<>();
    int d = vectors[0].length;
    for (int from = 0; from < d; from += shards * GeometrySums.SHARD) {
      float[][] rows = new float[vectors.length][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = Arrays.copyOfRange(vectors[i], from, Math.min(d, from + shards * GeometrySums.SHARD));
      }
      blocks.add(new Block(from, rows));
    }
    return blocks;
  }

  /** Honest vectors around 1, one that is far away and, the last, one with a NaN. */
  static float[][] hostile(int n, int d, long seed) {
    Random random = new Random(seed);
    float[][] vectors = new float[n][d];
    for (float[] vector : vectors) {
      for (int c = 0; c < d; c++) {
        vector[c] = (float) (1 + 0.1 * random.nextGaussian());
      }
    }
    Arrays.fill(vectors[n - 2], 1e30f);
    vectors[n - 1][d / 2] = Float.NaN;
    return vectors;
  }
}
