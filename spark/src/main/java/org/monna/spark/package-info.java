/**
 * The two passes of an aggregation on Apache Spark, sharded by coordinates, with the bits of one machine. Start at {@link
 * org.monna.spark.SparkEngine}.
 */
@NullMarked
package org.monna.spark;

import org.jspecify.annotations.NullMarked;
