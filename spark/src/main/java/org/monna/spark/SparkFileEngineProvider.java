package org.monna.spark;

import java.io.IOException;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.monna.files.FileEngine;

/** Connects to Spark: {@code spark://host:port}, {@code local[2]}, and what else Spark takes. System properties {@code spark.*} configure it. */
public final class SparkFileEngineProvider implements FileEngine.Provider {

  @Override
  public FileEngine.@Nullable Connected connect(String master) throws IOException {
    if (!master.matches("(spark|k8s)://.*|yarn|local(-cluster)?(\\[.*\\])?")) {
      return null;
    }
    SparkConf configuration = new SparkConf().setAppName("monna aggregate").setMaster(master);
    configuration.setIfMissing("spark.ui.enabled", "false");
    try {
      return new SparkFileEngine(SparkFileEngine.undisturbed(() -> new JavaSparkContext(configuration)));
    } catch (Exception e) {
      // Scala does not declare what it throws.
      if (e instanceof SparkException) {
        throw SparkFileEngine.failed("Spark: ", e);
      }
      throw e;
    }
  }
}
