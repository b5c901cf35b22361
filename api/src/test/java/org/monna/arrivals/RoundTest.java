package org.monna.arrivals;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.monna.Aggregator;
import org.monna.Certificate;
import org.monna.Coordinatewise;
import org.monna.Engine;
import org.monna.Geometry;
import org.monna.Geometry.Need;
import org.monna.Mixing;
import org.monna.Plan;
import org.monna.Report;
import org.monna.arrivals.Outcome.Status;
import org.monna.spi.GeometrySums;
import org.monna.spi.Shards;

/** Vectors that arrive in any order, from any thread, or not at all: the bits of the engine on those that came. */
@Timeout(60)
class RoundTest {

  private static final int N = 5;
  private static final int D = GeometrySums.SHARD + 1234;

  static final List<Need> NEEDS =
      List.of(Need.NONE, Need.NORMS, Need.PAIRWISE, Need.fromPivot(1), Need.fromPivot(0).and(Need.NORMS));

  /** Keeps the vectors whose row in the geometry has the least sum, mixes them in pairs, and takes the median: all paths of a plan. */
  private record Probe(Need needed, int least) implements Aggregator {

    @Override
    public Need need(int n) {
      if (n < least) {
        throw new IllegalArgumentException("probe needs n >= " + least + ", but n = " + n);
      }
      return needed;
    }

    @Override
    public Plan plan(Geometry geometry) {
      int n = geometry.size();
      double[][] weights = new double[n][n];
      for (int r = 0; r < n; r++) {
        int other = needed.distances() ? geometry.nearest(needed.pairwise() ? r : needed.pivot(), n)[n / 2] : 0;
        weights[r][r] += needed.norms() && geometry.squaredNorm(r) > D ? 0.25 : 0.5;
        weights[r][other] += 0.5;
      }
      return new Plan(Mixing.of(weights), Coordinatewise.ranks((n - 1) / 2, n / 2 + 1));
    }

    @Override
    public Certificate certificate(int n) {
      return Certificate.none(n, 0, "a probe");
    }
  }

  /** A rule that does as it is told when it is to make a plan. */
  private record Planned(Need needed, Supplier<Plan> planned) implements Aggregator {

    @Override
    public Need need(int n) {
      return needed;
    }

    @Override
    public Plan plan(Geometry geometry) {
      return planned.get();
    }

    @Override
    public Certificate certificate(int n) {
      return Certificate.none(n, 0, "a probe");
    }
  }

  private static List<String> senders(int n) {
    return IntStream.range(0, n).mapToObj(i -> "client-" + i).toList();
  }

  static float[][] vectors(int n, int d) {
    Random random = new Random(5);
    float[][] vectors = new float[n][d];
    for (float[] vector : vectors) {
      for (int c = 0; c < d; c++) {
        vector[c] = (float) random.nextGaussian();
      }
    }
    return vectors;
  }

  static Collector collector(Need need, int n, int d) {
    return Collector.of(new Probe(need, 1), d, senders(n));
  }

  private static Collected collect(Collector collector, float[][] vectors, List<Integer> order) throws Exception {
    try (Round round = collector.round(3)) {
      for (int i : order) {
        assertTrue(round.offer(3, "client-" + i, vectors[i]).accepted());
      }
      return round.await(Duration.ZERO);
    }
  }

  /** The engine on the vectors that came, in the order of the senders. */
  static void assertCollected(Collector collector, float[][] vectors, List<Integer> came, Collected actual) {
    float[][] here = came.stream().sorted().map(i -> vectors[i]).toArray(float[][]::new);
    float[] out = new float[collector.d()];
    Report expected = Engine.sequential().report(collector.rule(), here, out);
    assertEquals(came.stream().sorted().map(i -> "client-" + i).toList(), actual.senders());
    assertArrayEquals(out, actual.vector());
    assertEquals(expected.toJson(), actual.report().toJson());
    assertGeometry(expected.geometry(), actual.report().geometry());
  }

  private static void assertGeometry(Geometry expected, Geometry actual) {
    Need need = expected.measured();
    assertEquals(need, actual.measured());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.isFinite(i), actual.isFinite(i));
      if (need.norms()) {
        assertEquals(expected.squaredNorm(i), actual.squaredNorm(i));
      }
      for (int j = 0; j < expected.size(); j++) {
        if (need.pairwise() || need.pivot() >= 0 && (i == need.pivot() || j == need.pivot())) {
          assertEquals(expected.squaredDistance(i, j), actual.squaredDistance(i, j));
        }
      }
    }
  }

  private static List<List<Integer>> permutations(int n) {
    if (n == 0) {
      return List.of(List.of());
    }
    List<List<Integer>> all = new ArrayList<>();
    for (List<Integer> shorter : permutations(n - 1)) {
      for (int at = 0; at <= shorter.size(); at++) {
        List<Integer> longer = new ArrayList<>(shorter);
        longer.add(at, n - 1);
        all.add(longer);
      }
    }
    return all;
  }

  @Test
  void everyOrderOfArrivalGivesTheBitsOfTheEngine() throws Exception {
    float[][] vectors = vectors(4, 1100);
    for (Need need : NEEDS) {
      Collector collector = collector(need, 4, 1100);
      for (List<Integer> order : permutations(4)) {
        assertCollected(collector, vectors, order, collect(collector, vectors, order));
      }
    }
  }

  /** Equal vectors tie in every distance: the order of the senders decides, and not who came first. */
  @Test
  void tiesDoNotDependOnTheOrderOfArrival() throws Exception {
    float[][] vectors = vectors(4, 40);
    vectors[2] = vectors[0].clone();
    vectors[3] = vectors[1].clone();
    Collector collector = collector(Need.PAIRWISE, 4, 40);
    for (List<Integer> order : permutations(4)) {
      assertCollected(collector, vectors, order, collect(collector, vectors, order));
    }
  }

  @Test
  void anyThatCame() throws Exception {
    float[][] vectors = vectors(N, 1100);
    for (Need need : NEEDS) {
      Collector collector = collector(need, N, 1100);
      for (int set = 1; set < 1 << N; set++) {
        int chosen = set;
        List<Integer> came =
            new ArrayList<>(IntStream.range(0, N).filter(i -> (chosen >> i & 1) == 1).boxed().toList());
        Collections.reverse(came);
        boolean pivotIsHere = IntStream.rangeClosed(0, need.pivot()).allMatch(came::contains);
        if (pivotIsHere) {
          assertCollected(collector, vectors, came, collect(collector, vectors, came));
        } else {
          String message =
              assertThrows(TimeoutException.class, () -> collect(collector, vectors, came)).getMessage();
          assertTrue(message.matches("round 3: .*its pivot is vector " + need.pivot() + ".*"), message);
        }
      }
    }
  }

  /** Weights by the distances of means of pairs, measured on the data in two further passes. */
  private record MeasuringAgain() implements Aggregator {

    @Override
    public Need need(int n) {
      return Need.NORMS;
    }

    @Override
    public Plan plan(Geometry geometry) {
      Mixing pairs = Mixing.of(new double[][] {{0.5, 0.5, 0, 0}, {0, 0.3, 0.7, 0}, {0, 0, 0.25, 0.75}});
      Geometry mixed = geometry.measured(pairs, Need.PAIRWISE.and(Need.NORMS));
      Geometry again = mixed.measured(Mixing.of(new double[][] {{0.5, 0, 0.5}, {0, 1, 0}}), Need.fromPivot(0));
      return Plan.weights(
          mixed.squaredDistance(0, 1), mixed.squaredDistance(2, 0), mixed.squaredNorm(1), again.squaredDistance(0, 1));
    }

    @Override
    public Certificate certificate(int n) {
      return Certificate.none(n, 0, "a probe");
    }
  }

  @Test
  void vectorsCanBeMeasuredAgain(@TempDir Path directory) throws Exception {
    float[][] vectors = vectors(4, D);
    Collector collector = Collector.of(new MeasuringAgain(), D, senders(4));
    assertCollected(collector, vectors, List.of(3, 1, 0, 2), collect(collector, vectors, List.of(3, 1, 0, 2)));
    Collector spilling = collector.spill(directory, 1);
    assertCollected(spilling, vectors, List.of(3, 1, 0, 2), collect(spilling, vectors, List.of(3, 1, 0, 2)));
  }

  @Test
  void sendersMayReuseTheirArrays() throws Exception {
    float[][] vectors = vectors(2, 100);
    Collector collector = collector(Need.PAIRWISE, 2, 100);
    float[] reused = new float[100];
    try (Round round = collector.round(0)) {
      for (int i = 0; i < 2; i++) {
        System.arraycopy(vectors[i], 0, reused, 0, 100);
        round.offer(0, "client-" + i, reused);
        Arrays.fill(reused, Float.NaN);
      }
      assertCollected(collector, vectors, List.of(0, 1), round.await());
    }
  }

  private static void assertOutcome(Status status, String message, Outcome outcome) {
    assertEquals(status, outcome.status());
    assertEquals(message, outcome.message());
    assertFalse(outcome.accepted());
  }

  @Test
  void whatASenderDoesWrongIsAnOutcome() throws Exception {
    float[][] vectors = vectors(3, 10);
    Collector collector = collector(Need.PAIRWISE, 3, 10);
    try (Round round = collector.round(7)) {
      assertEquals(
          new Outcome(Status.ACCEPTED, 7, "client-1", "round 7, vector of client-1: here"),
          round.offer(7, "client-1", vectors[1]));
      assertOutcome(
          Status.DUPLICATE,
          "round 7, vector of client-1: the sender's first vector stays",
          round.offer(7, "client-1", vectors[2]));
      assertOutcome(
          Status.WRONG_ROUND,
          "round 7, vector of client-2: made for round 6",
          round.offer(6, "client-2", vectors[2]));
      assertOutcome(
          Status.UNKNOWN_SENDER,
          "round 7, vector of mallory: no such sender",
          round.offer(7, "mallory", vectors[2]));
      for (int length : new int[] {0, 9, 11}) {
        assertOutcome(
            Status.WRONG_LENGTH,
            "round 7, vector of client-2: length " + length + " instead of 10",
            round.offer(7, "client-2", new float[length]));
      }
      assertTrue(round.offer(7, "client-2", vectors[2]).accepted());
      assertEquals(List.of("client-1", "client-2"), round.arrived());
      Collected collected = round.await(Duration.ZERO);
      assertOutcome(
          Status.LATE,
          "round 7, vector of client-0: the round is over",
          round.offer(7, "client-0", vectors[0]));
      assertSame(collected, round.await());
      assertCollected(collector, vectors, List.of(1, 2), collected);
    }
  }

  @Test
  void aRoundIsOverForSendersWhenItIsComplete() {
    try (Round round = collector(Need.NONE, 3, 1).capacity(2).round(1)) {
      round.offer(1, "client-2", new float[1]);
      round.offer(1, "client-1", new float[1]);
      assertEquals(Status.LATE, round.offer(1, "client-0", new float[1]).status());
    }
  }

  @Test
  void placesAreKeptForThoseThatMustCome() throws Exception {
    float[][] vectors = vectors(4, 10);
    Collector collector = collector(Need.fromPivot(1), 4, 10).capacity(3);
    try (Round round = collector.round(1)) {
      assertTrue(round.offer(1, "client-3", vectors[3]).accepted());
      assertOutcome(
          Status.FULL,
          "round 1, vector of client-2: 1 of 3 places taken, 2 kept",
          round.offer(1, "client-2", vectors[2]));
      assertTrue(round.offer(1, "client-1", vectors[1]).accepted());
      assertEquals(Status.FULL, round.offer(1, "client-2", vectors[2]).status());
      assertTrue(round.offer(1, "client-0", vectors[0]).accepted());
      assertCollected(collector, vectors, List.of(0, 1, 3), round.await());
    }
  }

  @Test
  void tooFewAtADeadlineLoseNothing() throws Exception {
    float[][] vectors = vectors(15, 10);
    Collector collector = Collector.of(new Probe(Need.PAIRWISE, 3), 10, senders(15)).quorum(2);
    try (Round round = collector.round(9)) {
      round.offer(9, "client-14", vectors[14]);
      assertEquals(
          "round 9: 1 of 15 vectors are here, but Probe[needed=%s, least=3]: the quorum is 2; missing: %s and 4 others"
              .formatted(Need.PAIRWISE, String.join(", ", senders(10))),
          assertThrows(TimeoutException.class, () -> round.await(Duration.ofNanos(1))).getMessage());
      round.offer(9, "client-3", vectors[3]);
      String rule =
          assertThrows(TimeoutException.class, () -> round.await(Duration.ofDays(-1_000_000))).getMessage();
      assertTrue(rule.contains("probe needs n >= 3, but n = 2"), rule);
      round.offer(9, "client-0", vectors[0]);
      assertCollected(collector, vectors, List.of(0, 3, 14), round.await(Duration.ofMillis(1)));
    }
  }

  @Test
  void arrivalsWakeWhoAwaits() throws Exception {
    float[][] vectors = vectors(2, 10);
    Collector collector = collector(Need.PAIRWISE, 2, 10);
    try (Round round = collector.round(1)) {
      FutureTask<Collected> first = new FutureTask<>(() -> round.await(Duration.ofSeconds(Long.MAX_VALUE)));
      FutureTask<Collected> second = new FutureTask<>(() -> round.await());
      untilWaiting(start(first));
      untilWaiting(start(second));
      round.offer(1, "client-1", vectors[1]);
      round.offer(1, "client-0", vectors[0]);
      assertSame(first.get(), second.get());
      assertCollected(collector, vectors, List.of(0, 1), first.get());
    }
  }

  private static Thread start(FutureTask<?> task) {
    Thread thread = new Thread(task);
    thread.start();
    return thread;
  }

  private static void untilWaiting(Thread thread) {
    while (thread.isAlive() && thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whoIsInterruptedMayAwaitAgain() throws Exception {
    float[][] vectors = vectors(2, 10);
    Collector collector = collector(Need.PAIRWISE, 2, 10);
    try (Round round = collector.round(1)) {
      round.offer(1, "client-1", vectors[1]);
      Thread.currentThread().interrupt();
      assertThrows(InterruptedException.class, () -> round.await());
      assertFalse(Thread.interrupted());
      FutureTask<Collected> waiting = new FutureTask<>(() -> round.await());
      start(waiting).interrupt();
      assertTrue(assertThrows(ExecutionException.class, waiting::get).getCause() instanceof InterruptedException);
      round.offer(1, "client-0", vectors[0]);
      assertCollected(collector, vectors, List.of(0, 1), round.await());
    }
  }

  /** Interrupted senders spill all the same. */
  @Test
  void interruptedSendersAreHeard(@TempDir Path directory) throws Exception {
    float[][] vectors = vectors(2, 10);
    Collector collector = collector(Need.PAIRWISE, 2, 10).spill(directory, 0);
    try (Round round = collector.round(1)) {
      Thread.currentThread().interrupt();
      assertTrue(round.offer(1, "client-1", vectors[1]).accepted());
      assertTrue(Thread.interrupted());
      round.offer(1, "client-0", vectors[0]);
      assertCollected(collector, vectors, List.of(0, 1), round.await());
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  @Test
  void vectorsBeyondTheHeapAreInAFileThatIsGoneWithTheRound(@TempDir Path directory) throws Exception {
    float[][] vectors = vectors(4, D);
    Collector collector = collector(Need.PAIRWISE, 4, D).spill(directory, 1);
    try (Round round = collector.round(1)) {
      round.offer(1, "client-1", vectors[1]);
      assertEquals(List.of(), files(directory));
      round.offer(1, "client-3", vectors[3]);
      round.offer(1, "client-0", vectors[0]);
      assertEquals(8L * D, Files.size(files(directory).get(0)));
      round.offer(1, "client-2", vectors[2]);
      assertCollected(collector, vectors, List.of(0, 1, 2, 3), round.await());
      assertEquals(List.of(), files(directory));
    }
    Round abandoned = collector.round(2);
    abandoned.offer(2, "client-1", vectors[1]);
    abandoned.offer(2, "client-2", vectors[2]);
    assertEquals(1, files(directory).size());
    abandoned.close();
    assertEquals(List.of(), files(directory));
  }

  @Test
  void aVectorThatCannotBeSpilledMayBeOfferedAgain(@TempDir Path directory) throws Exception {
    Path missing = directory.resolve("missing");
    float[][] vectors = vectors(1, 10);
    Collector collector = collector(Need.fromPivot(0), 1, 10).spill(missing, 0);
    try (Round round = collector.round(1)) {
      UncheckedIOException e =
          assertThrows(UncheckedIOException.class, () -> round.offer(1, "client-0", vectors[0]));
      assertEquals("round 1: the vector of client-0 cannot be written to a file in " + missing, e.getMessage());
      assertEquals(List.of(), round.arrived());
      Files.createDirectory(missing);
      round.offer(1, "client-0", vectors[0]);
      assertCollected(collector, vectors, List.of(0), round.await());
    }
  }

  /** A copy that fails takes no place: neither one of those kept for senders that must come, nor one on the heap. */
  @Test
  void whatCouldNotBeCopiedTakesNoPlace(@TempDir Path directory) throws Exception {
    Path missing = directory.resolve("missing");
    float[][] vectors = vectors(4, 10);
    Collector collector = collector(Need.fromPivot(0), 4, 10).capacity(3).spill(missing, 1);
    try (Round round = collector.round(1)) {
      assertTrue(round.offer(1, "client-2", vectors[2]).accepted());
      for (int sender : new int[] {3, 0, 3, 0}) {
        assertThrows(
            UncheckedIOException.class, () -> round.offer(1, "client-" + sender, vectors[sender]));
      }
      Files.createDirectory(missing);
      assertTrue(round.offer(1, "client-3", vectors[3]).accepted());
      assertOutcome(
          Status.FULL,
          "round 1, vector of client-1: 2 of 3 places taken, 1 kept",
          round.offer(1, "client-1", vectors[1]));
      assertTrue(round.offer(1, "client-0", vectors[0]).accepted());
      assertEquals(2 * 4 * 10, Files.size(files(missing).get(0)));
      assertCollected(collector, vectors, List.of(0, 2, 3), round.await());
    }
  }

  /** A directory in its place. */
  @Test
  void aFileThatCannotBeDeletedCostsNoResult(@TempDir Path directory) throws Exception {
    float[][] vectors = vectors(3, 10);
    Collector collector = collector(Need.PAIRWISE, 3, 10).spill(directory, 0);
    try (Round round = collector.round(1)) {
      round.offer(1, "client-0", vectors[0]);
      round.offer(1, "client-1", vectors[1]);
      Path file = files(directory).get(0);
      Path kept = directory.resolve("kept");
      Files.move(file, kept);
      Files.createDirectories(file.resolve("in the way"));
      assertThrows(UncheckedIOException.class, () -> round.offer(1, "client-2", vectors[2]));
      assertCollected(collector, vectors, List.of(0, 1), round.await(Duration.ZERO));
      assertEquals(80, Files.size(kept));
      assertTrue(Files.isDirectory(file));
    }
  }

  @Test
  void longVectorsAreMappedInRegions(@TempDir Path directory) throws Exception {
    float[] vector = vectors(1, 3 * GeometrySums.SHARD + 7)[0];
    Spill spill = new Spill(directory, GeometrySums.SHARD);
    spill.write(new float[5]);
    FloatBuffer[] regions = spill.write(vector);
    assertEquals(4, regions.length);
    Held held = new Held(0, null, regions, GeometrySums.SHARD, true);
    float[] copy = new float[7];
    for (int from : new int[] {0, GeometrySums.SHARD - 7, GeometrySums.SHARD, vector.length - 7}) {
      held.copy(from, 7, copy);
      assertArrayEquals(Arrays.copyOfRange(vector, from, from + 7), copy);
    }
    spill.delete();
    assertEquals(0, Spill.REGION % GeometrySums.SHARD);
    assertEquals(List.of(), files(directory));
  }

  @Test
  void rejectionsReachAllWhoAwait(@TempDir Path directory) throws Exception {
    RejectedExecutionException rejection = new RejectedExecutionException("full");
    Executor full =
        task -> {
          throw rejection;
        };
    try (Round round = collector(Need.PAIRWISE, 3, 10).on(full, 2).spill(directory, 0).round(1)) {
      round.offer(1, "client-0", new float[10]);
      assertTrue(round.offer(1, "client-1", new float[10]).accepted());
      assertSame(rejection, assertThrows(RejectedExecutionException.class, () -> round.await()));
      assertSame(rejection, assertThrows(RejectedExecutionException.class, () -> round.await(Duration.ZERO)));
      assertEquals(Status.LATE, round.offer(1, "client-2", new float[10]).status());
      assertEquals(List.of(), files(directory));
    }
  }

  /** Code in other languages of the JVM throws checked exceptions where Java declares none. */
  @Test
  void checkedExceptionsReachAllWhoAwait() {
    IOException broken = new IOException("broken");
    Executor undeclared = task -> Shards.rethrow(broken);
    try (Round round = collector(Need.PAIRWISE, 3, 10).on(undeclared, 2).round(1)) {
      round.offer(1, "client-0", new float[10]);
      assertTrue(round.offer(1, "client-1", new float[10]).accepted());
      assertSame(broken, assertThrows(IOException.class, () -> round.await()));
      assertSame(broken, assertThrows(IOException.class, () -> round.await(Duration.ZERO)));
    }
  }

  @Test
  void rejectionsInTheSecondPassReachWhoAwaits() {
    RejectedExecutionException rejection = new RejectedExecutionException("full");
    Executor full =
        task -> {
          throw rejection;
        };
    try (Round round = collector(Need.NONE, 1, D).on(full, 2).round(1)) {
      round.offer(1, "client-0", new float[D]);
      assertSame(rejection, assertThrows(RejectedExecutionException.class, () -> round.await()));
      assertSame(rejection, assertThrows(RejectedExecutionException.class, () -> round.await()));
    }
  }

  /** A pool that was shut down drops what it had queued. */
  @Test
  void whoAwaitsDoesWhatADeadExecutorLeft() throws Exception {
    float[][] vectors = vectors(N, D);
    Queue<Runnable> dropped = new ArrayDeque<>();
    Collector collector = collector(Need.PAIRWISE.and(Need.NORMS), N, D).on(dropped::add, 3);
    try (Round round = collector.round(1)) {
      for (int i = 0; i < N; i++) {
        round.offer(1, "client-" + i, vectors[i]);
      }
      assertCollected(collector, vectors, List.of(0, 1, 2, 3, 4), round.await());
    }
    assertFalse(dropped.isEmpty());
    dropped.forEach(Runnable::run);
  }

  @Test
  void aRuleThatThrowsReachesAllWhoAwait() {
    Aggregator broken =
        new Planned(
            Need.NONE,
            () -> {
              throw new StackOverflowError("broken");
            });
    try (Round round = Collector.of(broken, 1, List.of("a")).round(1)) {
      round.offer(1, "a", new float[1]);
      assertThrows(StackOverflowError.class, () -> round.await());
      assertThrows(StackOverflowError.class, () -> round.await());
    }
  }

  /** A vector whose distances have no room. */
  @Test
  void aMeasurementThatThrowsReachesAllWhoAwait(@TempDir Path directory) throws IOException {
    Queue<Runnable> later = new ArrayDeque<>();
    try (Round round = collector(Need.PAIRWISE, 3, 10).on(later::add, 2).spill(directory, 1).round(1)) {
      round.offer(1, "client-0", new float[10]);
      round.offer(1, "client-1", new float[10]);
      round.held.get(1).distances = new double[0];
      later.forEach(Runnable::run);
      assertEquals(Status.LATE, round.offer(1, "client-2", new float[10]).status());
      IndexOutOfBoundsException thrown = assertThrows(IndexOutOfBoundsException.class, () -> round.await());
      assertSame(thrown, assertThrows(IndexOutOfBoundsException.class, () -> round.await(Duration.ZERO)));
      assertEquals(List.of(), files(directory));
    }
  }

  /** Of a task for what another thread has measured meanwhile: it is this failure that is told, not that the round was closed. */
  @Test
  void aRejectionWhileTheRoundIsConcludedIsTold() throws Exception {
    CountDownLatch executing = new CountDownLatch(1);
    CountDownLatch planning = new CountDownLatch(1);
    CountDownLatch rejected = new CountDownLatch(1);
    RejectedExecutionException rejection = new RejectedExecutionException("full");
    Executor executor =
        task -> {
          executing.countDown();
          await(planning);
          throw rejection;
        };
    Aggregator slow = slow(Need.NORMS, planning, rejected);
    try (Round round = Collector.of(slow, 1, List.of("a")).on(executor, 1).round(1)) {
      FutureTask<Outcome> offering =
          new FutureTask<>(
              () -> {
                Outcome outcome = round.offer(1, "a", new float[1]);
                rejected.countDown();
                return outcome;
              });
      start(offering);
      // The offering thread is about to be rejected for a task that this one does.
      executing.await();
      assertSame(rejection, assertThrows(RejectedExecutionException.class, () -> round.await()));
      assertSame(rejection, assertThrows(RejectedExecutionException.class, () -> round.await()));
      assertTrue(offering.get().accepted());
    }
  }

  /** A rule for one vector that tells when it makes its plan, and waits with it. */
  private static Aggregator slow(Need need, CountDownLatch planning, CountDownLatch mayPlan) {
    return new Planned(
        need,
        () -> {
          planning.countDown();
          await(mayPlan);
          return Plan.weights(1);
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anInterruptDoesNotShortenClosing() throws Exception {
    CountDownLatch planning = new CountDownLatch(1);
    CountDownLatch planned = new CountDownLatch(1);
    Aggregator slow = slow(Need.NONE, planning, planned);
    Round round = Collector.of(slow, 1, List.of("a")).round(1);
    round.offer(1, "a", new float[1]);
    FutureTask<Collected> waiting = new FutureTask<>(() -> round.await());
    start(waiting);
    planning.await();
    boolean[] kept = {false};
    Thread closing =
        new Thread(
            () -> {
              round.close();
              kept[0] = Thread.interrupted();
            });
    closing.start();
    closing.interrupt();
    // Until it has taken notice and waits again, or is through, which is the failure.
    while (closing.isAlive() && (closing.isInterrupted() || closing.getState() != Thread.State.WAITING)) {
      Thread.onSpinWait();
    }
    assertTrue(closing.isAlive(), "a thread still works on the round");
    planned.countDown();
    closing.join();
    assertTrue(kept[0], "the interrupt is kept");
    assertTrue(assertThrows(ExecutionException.class, waiting::get).getCause() instanceof CancellationException);
  }

  @Test
  void closingWaitsForTasksAndFreesEverything(@TempDir Path directory) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(2);
    Executor slow =
        task ->
            pool.execute(
                () -> {
                    begun.countDown();
                    task.run();
            });
    float[][] vectors = vectors(3, 50 * GeometrySums.SHARD);
    Round round = collector(Need.PAIRWISE, 4, vectors[0].length).on(slow, 2).spill(directory, 0).round(1);
    Future<?> waiting = pool.submit(() -> assertThrows(CancellationException.class, () -> round.await()));
    for (int i = 0; i < 3; i++) {
      round.offer(1, "client-" + i, vectors[i]);
    }
    begun.await();
    round.close();
    synchronized (round) {
      assertEquals(0, round.users, "nobody works on it any more");
    }
    assertEquals(List.of(), files(directory));
    waiting.get();
    assertEquals(
        "round 1 is closed", assertThrows(CancellationException.class, () -> round.await()).getMessage());
    assertEquals(Status.LATE, round.offer(1, "client-3", vectors[0]).status());
    round.close();
    pool.shutdown();
    assertTrue(pool.awaitTermination(10, TimeUnit.SECONDS), "no task is left");
  }

  @Test
  void onlyCapacityManyAreHeld() throws Exception {
    ExecutorService network = Executors.newFixedThreadPool(4);
    Collector collector = collector(Need.PAIRWISE, 40, 100).capacity(6);
    float[][] vectors = vectors(40, 100);
    try (Round round = collector.round(1)) {
      List<Future<Outcome>> offers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        int sender = i;
        offers.add(network.submit(() -> round.offer(1, "client-" + sender, vectors[sender])));
      }
      List<Integer> accepted = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        if (offers.get(i).get().accepted()) {
          accepted.add(i);
        }
      }
      assertEquals(6, accepted.size());
      assertCollected(collector, vectors, accepted, round.await());
    } finally {
      network.shutdownNow();
    }
  }

  @Test
  void wrongSettingsAreNamed() {
    Collector collector = collector(Need.NONE, 3, 1);
    assertMessage("collector: quorum = 4, but capacity = 3", () -> collector.quorum(4));
    assertMessage("collector: quorum = 0, but capacity = 3", () -> collector.quorum(0));
    assertMessage("collector: capacity = 4, but there are 3 senders", () -> collector.capacity(4));
    assertMessage("collector: workers = 0, but at least 1 is needed", () -> collector.on(Runnable::run, 0));
    assertMessage("collector: onHeap = -1 is negative", () -> collector.spill(Path.of("."), -1));
    assertMessage(
        "collector: d = 0, but vectors have at least one coordinate",
        () -> Collector.of(collector.rule(), 0, List.of("a")));
    assertMessage("collector: no senders", () -> Collector.of(collector.rule(), 1, List.of()));
    assertMessage(
        "collector: sender a is listed twice", () -> Collector.of(collector.rule(), 1, List.of("a", "a")));
    assertMessage(
        "probe needs n >= 2, but n = 1",
        () -> Collector.of(new Probe(Need.NONE, 2), 1, List.of("a")));
    try (Round round = collector.round(1)) {
      assertEquals(
          "vector",
          assertThrows(NullPointerException.class, () -> round.offer(1, "client-0", null)).getMessage());
      assertEquals(
          "sender",
          assertThrows(NullPointerException.class, () -> round.offer(1, null, new float[1])).getMessage());
    }
  }

  private static void assertMessage(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
