package org.monna.spark;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.monna.Aggregator;
import org.monna.Geometry;
import org.monna.Geometry.Need;
import org.monna.Mixing;
import org.monna.Plan;
import org.monna.Report;
import org.monna.spi.BlockPlan;
import scala.Function2;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/**
 * Aggregates vectors that are cut into {@link Block}s of coordinates, which are spread over a cluster: any rule, unchanged.
 *
 * <pre>{@code
 * JavaRDD<Block> blocks = ...cache();   // of a Dataset<Block>: toJavaRDD()
 * JavaRDD<Coordinates> result = SparkEngine.aggregate(Aggregators.parse("nnm(f=2) | trimmed-mean(f=2)"), n, blocks);
 * }</pre>
 *
 * <p>Pass 1 sums the geometry of each shard of 16,384 coordinates where the block is, the driver adds the sums in the order of the shards
 * and makes the plan, and pass 2 applies the plan where the blocks are. So the result has the bits of {@link
 * org.monna.Engine#sequential}, however many executors there are, and whichever of them fail: Spark repeats what is lost. (An RDD that
 * does not give the same blocks when it is computed again must be checkpointed first.)
 *
 * <p><b>Cost</b>: the blocks are computed twice unless they are cached, once if the rule needs no geometry, and now and
 * then once more ({@link Geometry#measured}). Each shard sends at most n(n +
 * 3)/2 doubles to the driver, a fraction n/16,384 of its data; the plan, at most n n doubles, goes to each executor. An executor needs
 * memory for a block and its result in each task. Vectors of any length: d may exceed 2^31.
 *
 * <p><b>Errors</b>: IllegalArgumentException if the rule is not defined for n vectors, if a block has not n vectors, or if the blocks do not
 * have each coordinate once; the message names the coordinate. Rules that need no geometry look at the blocks in pass 2 only: of a block that
 * has not n vectors the job fails then, and coordinates that are missing or there twice are told by {@link Coordinates#collect}. A failed job
 * is a SparkException, which Spark's methods throw without declaring it.
 *
 * <p><b>Interrupts</b>: CancellationException if the calling thread is interrupted while it waits for pass 1; its job is cancelled, and the
 * thread stays interrupted. Jobs have the group, the tags and the description of the calling thread, so that its owner can cancel them too.
 *
 * <p>The executors need monna-api and monna-spark, and monna-kernels-simd for speed, on their class path ({@code --jars}); Spark itself
 * passes the flag for the Vector API. Rules stay at the driver.
 */
public final class SparkEngine {

  /** Numbers the jobs of this virtual machine, which has one context at a time. */
  private static final AtomicLong JOBS = new AtomicLong();

  private SparkEngine() {}

  /**
   * Both passes. Pass 1 runs now, pass 2 when the result is asked for.
   *
   * @param n the number of vectors
   * @param blocks each coordinate in one of them, in any order
   */
  public static JavaRDD<Coordinates> aggregate(Aggregator rule, int n, JavaRDD<Block> blocks) {
    return apply(rule.plan(measure(rule.need(n), Mixing.identity(n), blocks).geometry), blocks);
  }

  /** Pass 1, and what follows from it: who is used with which weight, and why. Norms are measured if the rule needs nothing else. */
  public static Report report(Aggregator rule, int n, JavaRDD<Block> blocks) {
    Need need = rule.need(n);
    Measured measured = measure(need.isNone() ? Need.NORMS : need, Mixing.identity(n), blocks);
    Geometry geometry = measured.geometry;
    return Report.of(rule, measured.d, geometry, rule.plan(geometry), geometry::isFinite);
  }

  /** Pass 1: the needed part of the geometry of n vectors. */
  public static Geometry geometry(Need need, int n, JavaRDD<Block> blocks) {
    return measure(need, Mixing.identity(n), blocks).geometry;
  }

  private record Measured(Geometry geometry, long d) {}

  private static Measured measure(Need need, Mixing mixing, JavaRDD<Block> blocks) {
    requireNonNull(blocks, "blocks");
    if (need.isNone()) {
      return new Measured(Geometry.unmeasured(mixing.rows()), 0);
    }
    OrderedSums sums = new OrderedSums(need, mixing.columns(), mixing.rows());
    // Not collect: a partition's sums are added as it comes, and need not stay until the last one is there.
    run(blocks, task(ShardSums.Measuring.of(need, mixing)), sums::take);
    Geometry geometry =
        sums.geometry().with((next, wanted) -> measure(wanted, next.after(mixing), blocks).geometry);
    return new Measured(geometry, sums.length());
  }

  private static Function2<TaskContext, scala.collection.Iterator<Block>, List<ShardSums>> task(
      ShardSums.Measuring measuring) {
    return (Function2<TaskContext, scala.collection.Iterator<Block>, List<ShardSums>> & Serializable)
        (context, blocks) -> measuring.of(CollectionConverters.asJava(blocks));
  }

  /** Pass 2: {@code phi(M X[:, c])} for the coordinates c of each block. Lazy, as all transformations of Spark. */
  public static JavaRDD<Coordinates> apply(Plan plan, JavaRDD<Block> blocks) {
    SentPlan sent = new SentPlan(plan);
    Broadcast<SentPlan> broadcast =
        waiting(() -> JavaSparkContext.fromSparkContext(blocks.context()).broadcast(sent));
    return blocks.mapPartitions(part -> apply(broadcast.value(), part));
  }

  /**
   * Runs a job to its end. If there is none, because a task or the taking failed or the calling thread was interrupted, the job is cancelled.
   *
   * @param taking is given what was found in each partition, one after the other, by a thread of Spark; perhaps still when this has thrown
   */
  static <T, U> void run(
      JavaRDD<T> data,
      Function2<TaskContext, scala.collection.Iterator<T>, List<U>> task,
      Consumer<List<U>> taking) {
    SparkContext spark = data.context();
    ClassTag<List<U>> list = ClassTag$.MODULE$.apply(List.class);
    Function2<Object, List<U>, BoxedUnit> handler =
        (partition, found) -> {
          taking.accept(found);
          return BoxedUnit.UNIT;
        };
    // A tag of its own: the group, which can have one name only, is the caller's.
    String tag = "monna-" + JOBS.incrementAndGet();
    spark.addJobTag(tag);
    try {
      waiting(
          () -> {
            spark.runJob(data.rdd(), task, handler, list);
            return BoxedUnit.UNIT;
          });
    } catch (Throwable e) {
      if (!spark.isStopped()) {
        spark.cancelJobsWithTag(tag, "the aggregation has failed");
      }
      throw e;
    } finally {
      spark.removeJobTag(tag);
    }
  }

  /** Keeps an interrupt, of which Scala does not declare that it is thrown. */
  private static <T> T waiting(Supplier<T> call) {
    try {
      return call.get();
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        CancellationException cancelled = new CancellationException("the aggregation was interrupted");
        cancelled.initCause(e);
        throw cancelled;
      }
      throw e;
    }
  }

  private static Iterator<Coordinates> apply(SentPlan plan, Iterator<Block> blocks) {
    BlockPlan.Worker worker = plan.ready().worker();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return blocks.hasNext();
      }

      @Override
      public Coordinates next() {
        Block block = blocks.next();
        if (block.rows().length != plan.size()) {
          throw new IllegalArgumentException(
              "the block with coordinate %d has %d vectors instead of n = %d"
                  .formatted(block.from(), block.rows().length, plan.size()));
        }
        float[] out = new float[block.length()];
        worker.apply(block.rows(), 0, out.length, out, 0);
        return new Coordinates(block.from(), out);
      }
    };
  }
}
