package org.monna.spark;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.JobExecutionStatus;
import org.apache.spark.SparkException;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.JavaSparkStatusTracker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.Certificate;
import org.monna.Geometry;
import org.monna.Plan;
import org.monna.files.FileAggregation;
import org.monna.files.FileEngine;
import org.monna.files.OutputFile;
import org.monna.files.Progress;
import org.monna.files.VectorFiles;
import org.monna.spi.GeometrySums;

/**
 * Callers that are interrupted, jobs that are cancelled and contexts that are stopped: an error in a sentence, the interrupt kept, no job
 * that goes on, and files as they were.
 */
// In another thread: nobody else may wait for a job that does not end.
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CancellationTest {

  private static final int N = 3;
  /** Three parts. */
  private static final int D = 2 * 64 * GeometrySums.SHARD + 5;

  private static final byte[] EARLIER = {1, 2, 3};
  /** Two passes. */
  private static final Aggregator RULE = Aggregators.parse("nnm(f=1) | median");

  private static final AtomicInteger TASKS = new AtomicInteger();
  private static volatile boolean released;

  @TempDir private Path directory;

  private final List<Path> inputs = new ArrayList<>();
  private Path out = Path.of("");
  /** Tells at once of tasks that begin and end. */
  private final JavaSparkContext spark =
      new JavaSparkContext(Clusters.configuration("local[2]").set("spark.ui.liveUpdate.period", "0"));

  @BeforeEach
  void makeFiles() throws IOException {
    TASKS.set(0);
    released = false;
    for (int i = 0; i < N; i++) {
      ByteBuffer bytes = ByteBuffer.allocate(D * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (int c = 0; c < D; c++) {
        bytes.putFloat(1 + (i * 7919 + c * 137) % 1009 / 1008f);
      }
      inputs.add(Files.write(directory.resolve("client-%d.f32".formatted(i)), bytes.array()));
    }
    out = Files.write(directory.resolve("out.f32"), EARLIER);
  }

  @AfterEach
  void stop() {
    released = true;
    spark.stop();
  }

  // Vectors in memory

  @Test
  void anInterruptCancelsTheJob() throws Exception {
    JavaRDD<Block> blocks = blocks().map(CancellationTest::held);
    interruptWhen(() -> TASKS.get() > 0);
    assertInterrupted(() -> SparkEngine.aggregate(RULE, N, blocks));
    assertCancelled();
    // The context is as good as before.
    assertEquals(D, Coordinates.collect(SparkEngine.aggregate(RULE, N, blocks())).length);
  }

  /** At the job, or earlier, where the plan is sent. */
  @ParameterizedTest
  @ValueSource(strings = {"nnm(f=1) | median", "median"})
  void aThreadThatWasInterruptedBefore(String rule) throws Exception {
    JavaRDD<Block> blocks = blocks();
    Thread.currentThread().interrupt();
    assertInterrupted(() -> SparkEngine.report(Aggregators.parse(rule), N, blocks));
    Thread.currentThread().interrupt();
    try {
      SparkEngine.aggregate(Aggregators.parse("median"), N, blocks);
    } catch (CancellationException e) {
      assertEquals("the aggregation was interrupted", e.getMessage());
    }
    assertTrue(Thread.interrupted(), "the interrupt is kept");
    assertCancelled();
  }

  /** Group, tags and description are the caller's, and so is what an interrupt does to the threads of the executors. */
  @Test
  void theJobBelongsToTheGroupOfTheCaller() throws Exception {
    spark.setJobGroup("mine", "what I do", true);
    spark.addJobTag("own");
    JavaRDD<Block> blocks = blocks().map(CancellationTest::heldUnlessInterrupted);
    interruptWhen(() -> TASKS.get() > 0);
    assertInterrupted(() -> SparkEngine.report(RULE, N, blocks));
    assertEquals(1, spark.statusTracker().getJobIdsForGroup("mine").length);
    assertCancelled();
    assertEquals("mine", spark.getLocalProperty("spark.jobGroup.id"));
    assertEquals("what I do", spark.getLocalProperty("spark.job.description"));
    assertEquals(Set.of("own"), spark.getJobTags());
  }

  @Test
  void theCallersCancelling() throws Exception {
    spark.setJobGroup("mine", "what I do");
    JavaRDD<Block> blocks = blocks().map(CancellationTest::held);
    when(() -> TASKS.get() > 0, () -> spark.cancelJobGroup("mine"));
    Exception e = assertThrows(SparkException.class, () -> SparkEngine.report(RULE, N, blocks));
    assertTrue(e.getMessage().contains("cancelled"), e.getMessage());
    assertCancelled();
    assertEquals(Set.of(), spark.getJobTags());
  }

  /** It stops at the next block. */
  @Test
  void aTaskThatReadsFiles() throws Exception {
    try (VectorFiles files = VectorFiles.open(inputs, name -> false)) {
      JavaRDD<Block> blocks = SparkFileEngine.blocks(spark, files).map(CancellationTest::held);
      interruptWhen(() -> TASKS.get() == 2);
      assertInterrupted(() -> SparkEngine.report(RULE, N, blocks));
      assertCancelled();
      assertEquals(2, TASKS.get());
    }
  }

  // Files

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void filesInPass(int pass) throws Exception {
    try (Busy busy = new Busy()) {
      Aggregator rule = pass == 1 ? RULE : new Stopped(RULE, busy::begin);
      if (pass == 1) {
        busy.begin();
      }
      interruptWhen(() -> busy.hasBegun() && active().size() == 2);
      assertFilesInterrupted(() -> aggregation(rule).run(inputs, out));
      until(() -> active().size() == 1);
    }
    assertIdle();
    assertAllAsBefore();
  }

  /** At many moments: the whole result, or none. */
  @Test
  void filesAtSomeMoment() throws Exception {
    aggregation(RULE).run(inputs, out);
    byte[] expected = Files.readAllBytes(out);
    for (int milliseconds = 0; milliseconds < 200; milliseconds += 25) {
      Files.write(out, EARLIER);
      long begin = System.nanoTime();
      long delay = milliseconds * 1_000_000L;
      Thread interrupting = interruptWhen(() -> System.nanoTime() - begin >= delay);
      try {
        aggregation(RULE).run(inputs, out);
        assertArrayEquals(expected, Files.readAllBytes(out));
        Files.write(out, EARLIER);
      } catch (IOException e) {
        assertEquals("the aggregation was interrupted", e.getMessage());
        assertTrue(Thread.currentThread().isInterrupted(), "the interrupt is kept");
      }
      while (interrupting.isAlive()) {
        Thread.onSpinWait();
      }
      assertTrue(Thread.interrupted());
      assertIdle();
      assertAllAsBefore();
    }
  }

  @Test
  void nothingIsWrittenAfterwards() throws Exception {
    try (VectorFiles files = VectorFiles.open(inputs, name -> false);
        OutputFile output = OutputFile.like(files, out)) {
      try (Busy busy = new Busy()) {
        interruptWhen(() -> busy.hasBegun() && active().size() == 2);
        assertFilesInterrupted(
            () -> new SparkFileEngine(spark).aggregate(new Stopped(RULE, busy::begin), files, output, Progress.NONE));
      }
      assertIdle();
      assertEquals(0, Files.size(temporary()));
    }
    assertAllAsBefore();
  }

  @Test
  void whatComesLateIsNotWritten() throws Exception {
    try (VectorFiles files = VectorFiles.open(inputs, name -> false);
        OutputFile output = OutputFile.like(files, out)) {
      SparkFileEngine.Sink sink = new SparkFileEngine.Sink(output.writer(files));
      sink.take(List.of(new Coordinates(0, new float[10])));
      sink.close();
      sink.take(List.of(new Coordinates(10, new float[10])));
      assertEquals(10 * Float.BYTES, Files.size(temporary()));
    }
  }

  /** The first failure to write ends the job. */
  @Test
  void anOutputThatCannotBeWritten() throws Exception {
    try (VectorFiles files = VectorFiles.open(inputs, name -> false)) {
      OutputFile output = OutputFile.like(files, out);
      output.close();
      IOException e =
          assertThrows(
              IOException.class,
              () -> new SparkFileEngine(spark).aggregate(RULE, files, output, Progress.NONE));
      assertTrue(e.getMessage().startsWith(out + ": it cannot be written"), e.getMessage());
    }
    assertCancelled();
    assertAllAsBefore();
  }

  @Test
  void theCallersCancellingOfFiles() throws Exception {
    spark.setJobGroup("mine", "what I do");
    try (Busy busy = new Busy()) {
      busy.begin();
      when(() -> active().size() == 2, () -> spark.cancelJobGroup("mine"));
      IOException e = assertThrows(IOException.class, () -> aggregation(RULE).run(inputs, out));
      assertTrue(e.getMessage().startsWith("Spark: ") && e.getMessage().contains("cancelled"), e.getMessage());
    }
    assertAllAsBefore();
  }

  @Test
  void aContextThatIsStopped() throws Exception {
    FileAggregation aggregation = aggregation(RULE);
    spark.stop();
    IOException e = assertThrows(IOException.class, () -> aggregation.run(inputs, out));
    assertStopped(e);
    assertAllAsBefore();
  }

  @Test
  void aContextThatIsStoppedBetweenThePasses() throws Exception {
    FileAggregation aggregation = aggregation(new Stopped(RULE, spark::stop));
    IOException e = assertThrows(IOException.class, () -> aggregation.run(inputs, out));
    assertStopped(e);
    assertAllAsBefore();
  }

  @Test
  void aContextThatIsStoppedMeanwhile() throws Exception {
    Busy busy = new Busy();
    busy.begin();
    Thread stopping = when(() -> active().size() == 2, spark::stop);
    IOException e = assertThrows(IOException.class, () -> aggregation(RULE).run(inputs, out));
    assertStopped(e);
    released = true;
    stopping.join();
    assertAllAsBefore();
  }

  /** Who is interrupted closes the engine next. What began or ended half way would not allow another one. */
  @ParameterizedTest
  @ValueSource(ints = {0, 20, 100})
  void connectingAndClosingAreNotInterrupted(int milliseconds) throws Exception {
    spark.stop();
    for (int time = 0; time < 2; time++) {
      interruptIn(milliseconds);
      FileEngine.Connected engine = requireNonNull(new SparkFileEngineProvider().connect("local[2]"));
      assertKept();
      assertEquals(D, FileAggregation.of(RULE).on(engine).run(inputs, out).report().d());
      interruptIn(milliseconds);
      engine.close();
      assertKept();
    }
  }

  private static void interruptIn(int milliseconds) {
    if (milliseconds == 0) {
      Thread.currentThread().interrupt();
    } else {
      long end = System.nanoTime() + milliseconds * 1_000_000L;
      Thread _ = interruptWhen(() -> System.nanoTime() >= end);
    }
  }

  /** The interrupt comes, perhaps a little later. */
  private static void assertKept() {
    assertThrows(InterruptedException.class, () -> Thread.sleep(10_000), "the interrupt is kept");
  }

  // What is asserted

  private static void assertInterrupted(Executable call) {
    CancellationException e = assertThrows(CancellationException.class, call);
    assertTrue(Thread.interrupted(), "the interrupt is kept");
    assertEquals("the aggregation was interrupted", e.getMessage());
    assertInstanceOf(InterruptedException.class, e.getCause());
  }

  private static void assertStopped(IOException e) {
    assertTrue(e.getMessage().startsWith("Spark: the SparkContext was stopped: "), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
  }

  private static void assertFilesInterrupted(Executable call) {
    IOException e = assertThrows(IOException.class, call);
    assertTrue(Thread.interrupted(), "the interrupt is kept");
    assertEquals("the aggregation was interrupted", e.getMessage());
  }

  /** The last job does not go to its end, and nothing runs. */
  private void assertCancelled() {
    JavaSparkStatusTracker jobs = spark.statusTracker();
    until(
        () ->
            IntStream.concat(
                    Arrays.stream(jobs.getJobIdsForGroup(null)), Arrays.stream(jobs.getJobIdsForGroup("mine")))
                .boxed()
                .max(Comparator.naturalOrder())
                .filter(last -> jobs.getJobInfo(last).status() == JobExecutionStatus.FAILED)
                .isPresent());
    assertIdle();
  }

  private void assertIdle() {
    until(() -> active().isEmpty());
    until(
        () ->
            Arrays.stream(spark.sc().statusTracker().getExecutorInfos())
                    .mapToInt(SparkExecutorInfo::numRunningTasks)
                    .sum()
                == 0);
  }

  private void assertAllAsBefore() throws IOException {
    assertArrayEquals(EARLIER, Files.readAllBytes(out));
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(N + 1, files.count());
    }
  }

  // What is done

  private FileAggregation aggregation(Aggregator rule) {
    return FileAggregation.of(rule).on(new SparkFileEngine(spark));
  }

  private JavaRDD<Block> blocks() {
    float[][] vectors = new float[N][D];
    for (int i = 0; i < N; i++) {
      Arrays.fill(vectors[i], i);
    }
    return spark.parallelize(SparkEngineTest.cut(vectors, 1), 4);
  }

  private Path temporary() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(path -> path.toString().endsWith(".tmp")).findFirst().orElseThrow();
    }
  }

  private List<Integer> active() {
    return Arrays.stream(spark.statusTracker().getActiveJobIds()).boxed().toList();
  }

  /** Works at its first block until the task is killed. */
  private static Block held(Block block) throws InterruptedException {
    TASKS.incrementAndGet();
    while (!TaskContext.get().isInterrupted() && !released) {
      Thread.sleep(5);
    }
    return block;
  }

  /** The same, deaf to everything but an interrupt. */
  private static Block heldUnlessInterrupted(Block block) throws InterruptedException {
    TASKS.incrementAndGet();
    work();
    return block;
  }

  private static Thread interruptWhen(BooleanSupplier condition) {
    return when(condition, Thread.currentThread()::interrupt);
  }

  private static Thread when(BooleanSupplier condition, Runnable action) {
    return Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              until(condition);
              action.run();
            });
  }

  private static void until(BooleanSupplier condition) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - begin < 20_000_000_000L, "it does not happen");
      try {
        Thread.sleep(2);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** A job that has both cores, so that others wait. */
  private final class Busy implements AutoCloseable {

    private volatile boolean begun;

    void begin() {
      JavaRDD<Integer> both = spark.parallelize(List.of(0, 1), 2);
      String group = spark.getLocalProperty("spark.jobGroup.id");
      spark.clearJobGroup();
      JavaFutureAction<Void> _ = both.foreachAsync(_ -> work());
      spark.sc().setLocalProperty("spark.jobGroup.id", group);
      begun = true;
    }

    boolean hasBegun() {
      return begun;
    }

    @Override
    public void close() {
      released = true;
    }
  }

  private static void work() throws InterruptedException {
    while (!released) {
      Thread.sleep(5);
    }
  }

  /** Does something between the passes. */
  private record Stopped(Aggregator rule, Runnable action) implements Aggregator {

    @Override
    public Geometry.Need need(int n) {
      return rule.need(n);
    }

    @Override
    public Plan plan(Geometry geometry) {
      action.run();
      return rule.plan(geometry);
    }

    @Override
    public Certificate certificate(int n) {
      return rule.certificate(n);
    }
  }
}
