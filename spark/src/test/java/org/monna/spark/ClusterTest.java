package org.monna.spark;

import java.nio.file.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.Engine;
import org.monna.Plan;
import org.monna.spi.GeometrySums;

/** Executors in processes of their own: the same bits, also if one of them is killed between the passes. */
@Timeout(180)
class ClusterTest {

  private static final int N = 9;
  private static final float[][] VECTORS = SparkEngineTest.hostile(N, 8 * GeometrySums.SHARD + 77, 5);
  private static final Aggregator RULE = Aggregators.parse("nnm(f=2) | trimmed-mean(f=2)");
  private static final float[] EXPECTED = Engine.sequential().aggregate(RULE, VECTORS);

  @BeforeAll
  static void install() throws Exception {
    Clusters.install();
  }

  @Test
  void localCluster() {
    try (JavaSparkContext spark = new JavaSparkContext(Clusters.configuration("local-cluster[2,1,512]"))) {
      JavaRDD<Block> blocks = spark.parallelize(SparkEngineTest.cut(VECTORS, 1), 4);
      SparkEngineTest.assertBits(EXPECTED, Coordinates.collect(SparkEngine.aggregate(RULE, N, blocks)));
    }
  }

  @Test
  void executorKilledBetweenThePasses(@TempDir Path directory) throws Exception {
    try (Clusters.Standalone cluster = new Clusters.Standalone(2, directory);
        JavaSparkContext spark = new JavaSparkContext(Clusters.configuration(cluster.url))) {
      JavaRDD<Block> blocks =
          spark.parallelize(SparkEngineTest.cut(VECTORS, 1), 4).persist(StorageLevel.MEMORY_ONLY());
      Plan plan = RULE.plan(SparkEngine.geometry(RULE.need(N), N, blocks));
      cluster.killAnExecutor();
      SparkEngineTest.assertBits(EXPECTED, Coordinates.collect(SparkEngine.apply(plan, blocks)));
    }
  }
}
