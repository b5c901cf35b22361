package org.monna.arrivals;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.monna.Geometry.Need;
import org.monna.arrivals.Outcome.Status;
import org.monna.kernel.SumsOfSquares;
import org.monna.spi.GeometrySums;
import org.monna.spi.Shards;

/**
 * One round of a {@link Collector}: vectors are {@linkplain #offer offered} by many threads, one or more threads {@linkplain #await
 * await} the result. Thread-safe. No lock is held while anything is copied, measured or applied.
 *
 * <p>The round is over for senders when it is complete, when a deadline passes with enough vectors, when it fails, or when it is
 * closed. It fails with whatever the executor or a task throws, which is thrown to all who await, then and later. Tasks that the
 * executor never begins are no failure: who awaits does what is left.
 */
public final class Round implements AutoCloseable {

  /** The most vectors that a task measures one against: with it, a whole number of the kernels' tiles of eight. */
  private static final int PIECE = 31;

  /** What happens to a sender's place. */
  private enum Place {
    EMPTY,
    COPYING,
    HELD
  }

  private final Collector collector;
  private final long number;
  private final Need need;

  /** So many senders, the first ones, must come: they hold the places up to the pivot's. */
  private final int mustCome;

  private final Map<String, Integer> index = new HashMap<>();
  private final Place[] places;

  /** In the order of arrival. */
  final List<Held> held = new ArrayList<>();

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private @Nullable Spill spill;

  /** Places that are not empty, and those of them that were given to vectors on the heap. */
  private int taken;

  private int onHeap;

  /** Of the senders that must come, those whose places are empty. */
  private int missing;

  /** Tasks that the executor was given, tasks that run, and threads that read or write vectors. */
  private int helpers;

  private int running;
  int users;

  private boolean over;
  private boolean concluding;
  private volatile boolean stopped;
  private @Nullable Throwable failure;
  private @Nullable Collected result;

  Round(Collector collector, long number) {
    this.collector = collector;
    this.number = number;
    this.need = collector.need();
    this.mustCome = need.pivot() + 1;
    this.missing = mustCome;
    this.places = new Place[collector.senders().size()];
    Arrays.fill(places, Place.EMPTY);
    for (int i = 0; i < places.length; i++) {
      index.put(collector.senders().get(i), i);
    }
  }

  /** The number by which senders know the round. */
  public long number() {
    return number;
  }

  /** The senders whose vectors are here, in the order of the collector. */
  public synchronized List<String> arrived() {
    return names(Place.HELD);
  }

  private List<String> names(Place place) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      if (places[i] == place) {
        names.add(collector.senders().get(i));
      }
    }
    return names;
  }

  /**
   * Offers a sender's vector. It is copied before this returns, and measured by the executor.
   *
   * @param round the round for which the sender made it
   * @param sender the name of the sender
   * @param vector not modified; may be reused
   * @throws UncheckedIOException if the temporary file cannot be written; the vector may be offered again
   */
  public Outcome offer(long round, String sender, float[] vector) {
    requireNonNull(sender, "sender");
    requireNonNull(vector, "vector");
    int i;
    boolean spilled;
    synchronized (this) {
      Outcome refusal = refusal(round, sender, vector.length);
      if (refusal != null) {
        return refusal;
      }
      i = place(sender);
      spilled = onHeap == collector.onHeap();
      take(i, spilled);
    }
    Held copy = null;
    try {
      copy = copy(i, vector, spilled);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "round %d: the vector of %s cannot be written to a file in %s"
              .formatted(number, sender, collector.spill().orElseThrow()),
          e);
    } finally {
      synchronized (this) {
        users--;
        if (copy == null || over) {
          giveBack(i, spilled);
        } else {
          hold(copy);
        }
        releaseIfUnused();
        notifyAll();
      }
    }
    synchronized (this) {
      if (places[i] != Place.HELD) {
        return outcome(Status.LATE, sender, "the round was over before it was copied");
      }
    }
    callHelpers();
    return outcome(Status.ACCEPTED, sender, "here");
  }

  private int place(String sender) {
    return requireNonNull(index.get(sender));
  }

  private @Nullable Outcome refusal(long round, String sender, int length) {
    if (round != number) {
      return outcome(Status.WRONG_ROUND, sender, "made for round " + round);
    }
    if (!index.containsKey(sender)) {
      return outcome(Status.UNKNOWN_SENDER, sender, "no such sender");
    }
    int i = place(sender);
    if (places[i] != Place.EMPTY) {
      return outcome(Status.DUPLICATE, sender, "the sender's first vector stays");
    }
    if (over) {
      return outcome(Status.LATE, sender, "the round is over");
    }
    if (length != collector.d()) {
      return outcome(Status.WRONG_LENGTH, sender, "length " + length + " instead of " + collector.d());
    }
    if (collector.capacity() - taken <= (i < mustCome ? 0 : missing)) {
      return outcome(
          Status.FULL, sender, "%d of %d places taken, %d kept".formatted(taken, collector.capacity(), missing));
    }
    return null;
  }

  private Outcome outcome(Status status, String sender, String why) {
    return new Outcome(status, number, sender, "round %d, vector of %s: %s".formatted(number, sender, why));
  }

  private void take(int i, boolean spilled) {
    places[i] = Place.COPYING;
    taken++;
    missing -= i < mustCome ? 1 : 0;
    onHeap += spilled ? 0 : 1;
    users++;
  }

  private void giveBack(int i, boolean spilled) {
    places[i] = Place.EMPTY;
    taken--;
    missing += i < mustCome ? 1 : 0;
    onHeap -= spilled ? 0 : 1;
  }

  private Held copy(int sender, float[] vector, boolean spilled) throws IOException {
    boolean finite = SumsOfSquares.isFinite(vector, 0, vector.length);
    return spilled
        ? new Held(sender, null, spill().write(vector), Spill.REGION, finite)
        : new Held(sender, vector.clone(), null, 0, finite);
  }

  private synchronized Spill spill() throws IOException {
    if (spill == null) {
      spill = new Spill(collector.spill().orElseThrow(), Spill.REGION);
    }
    return spill;
  }

  /** Takes the copy in, with the tasks to measure it against those that were here before. */
  private void hold(Held copy) {
    places[copy.sender] = Place.HELD;
    if (need.pairwise() || copy.sender == need.pivot()) {
      copy.against(held.toArray(Held[]::new));
    } else if (need.pivot() >= 0) {
      copy.against(held.stream().filter(other -> other.sender == need.pivot()).toArray(Held[]::new));
    }
    held.add(copy);
    if (need.norms()) {
      tasks.add(() -> measureNorm(copy));
    }
    int count = copy.others.length;
    int piece = Math.min(PIECE, (count / collector.workers() + 8) / 8 * 8 - 1);
    for (int from = 0; from < count; from += piece) {
      int first = from;
      int end = Math.min(count, from + piece);
      tasks.add(() -> measureDistances(copy, first, end));
    }
    over |= held.size() == collector.capacity();
  }

  private void measureNorm(Held vector) {
    vector.norm = measure(Need.NORMS, vector)[0];
  }

  private void measureDistances(Held vector, int from, int to) {
    Held[] vectors = Arrays.copyOfRange(vector.others, from, to + 1);
    vectors[to - from] = vector;
    System.arraycopy(measure(Need.fromPivot(to - from), vectors), 0, vector.distances, from, to - from);
  }

  /** The squared norms, or the squared distances from one of the vectors; whatever if the work is no longer wanted. */
  private double[] measure(Need part, Held... vectors) {
    Window window = new Window(vectors, Math.min(collector.d(), GeometrySums.SHARD));
    GeometrySums sums = new GeometrySums(part, vectors.length);
    GeometrySums shard = new GeometrySums(part, vectors.length);
    for (int from = 0, length; from < collector.d() && !stopped; from += length) {
      length = Math.min(collector.d() - from, GeometrySums.SHARD);
      int at = window.move(from, length);
      shard.measure(window.rows, at, at + length);
      sums.add(shard);
    }
    return sums.values();
  }

  /** Gives the executor as many tasks as there is work for. What it throws is for those who await. */
  private void callHelpers() {
    int count;
    synchronized (this) {
      count = Math.min(collector.workers() - helpers, tasks.size());
      helpers += count;
    }
    for (; count > 0; count--) {
      try {
        collector.executor().execute(this::help);
      } catch (Throwable e) {
        fail(e);
        return;
      }
    }
  }

  private void help() {
    Runnable task = nextTask(true);
    while (task != null) {
      run(task);
      task = nextTask(true);
    }
  }

  private synchronized @Nullable Runnable nextTask(boolean helper) {
    Runnable task = tasks.poll();
    if (task != null) {
      running++;
      users++;
    } else if (helper) {
      helpers--;
    }
    return task;
  }

  private void run(Runnable task) {
    Throwable thrown = null;
    try {
      task.run();
    } catch (Throwable e) {
      thrown = e;
    }
    synchronized (this) {
      running--;
      users--;
      if (thrown != null) {
        fail(thrown);
      }
      releaseIfUnused();
      notifyAll();
    }
  }

  private synchronized void fail(Throwable thrown) {
    if (result == null && failure == null) {
      failure = thrown;
    }
    end();
  }

  /** No more senders, no more tasks. */
  private synchronized void end() {
    over = true;
    stopped = true;
    tasks.clear();
    releaseIfUnused();
    notifyAll();
  }

  private void releaseIfUnused() {
    if (stopped && users == 0) {
      held.clear();
      if (spill != null) {
        spill.delete();
        spill = null;
      }
    }
  }

  /**
   * The result, when the round is complete. The same for all who await.
   *
   * @throws InterruptedException if interrupted while waiting; nothing is lost, and it may be awaited again
   * @throws CancellationException if the round was closed without a result
   */
  public Collected await() throws InterruptedException {
    try {
      return await(Long.MAX_VALUE);
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * The result, when the round is complete, or of those vectors that are here after the timeout, if they are enough for the rule and
   * the quorum. A timeout of 0 asks for the vectors that are here now.
   *
   * @throws TimeoutException if too few are here after the timeout. The message names rule, number and missing senders; nothing is lost,
   *     the round goes on, and it may be awaited again
   * @throws InterruptedException if interrupted while waiting; nothing is lost, and it may be awaited again
   * @throws CancellationException if the round was closed without a result
   */
  public Collected await(Duration timeout) throws InterruptedException, TimeoutException {
    Duration longest = Duration.ofNanos(Long.MAX_VALUE);
    return await(timeout.isNegative() ? 0 : timeout.compareTo(longest) < 0 ? timeout.toNanos() : Long.MAX_VALUE);
  }

  private Collected await(long nanos) throws InterruptedException, TimeoutException {
    long start = System.nanoTime();
    while (true) {
      Runnable task;
      synchronized (this) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        long left = nanos - (System.nanoTime() - start);
        if (!over && left <= 0) {
          endWithThoseHere();
        }
        if (result != null) {
          return result;
        }
        if (failure != null) {
          Shards.rethrow(failure);
        }
        task = over ? nextTask(false) : null;
        if (task == null) {
          if (over && running == 0 && !concluding) {
            concluding = true;
            users++;
            break;
          }
          if (over) {
            wait();
          } else {
            wait(left / 1_000_000, (int) (left % 1_000_000));
          }
        }
      }
      if (task != null) {
        run(task);
      }
    }
    return conclude();
  }

  private void endWithThoseHere() throws TimeoutException {
    String why = collector.refusal(held.size());
    if (why == null) {
      for (int i = 0; i < mustCome; i++) {
        if (places[i] != Place.HELD) {
          why = "its pivot is vector %d, and %s did not come".formatted(need.pivot(), collector.senders().get(i));
        }
      }
    }
    if (why != null) {
      List<String> absent = names(Place.EMPTY);
      throw new TimeoutException(
          "round %d: %d of %d vectors are here, but %s: %s; missing: %s%s"
              .formatted(
                  number,
                  held.size(),
                  collector.capacity(),
                  collector.rule(),
                  why,
                  String.join(", ", absent.subList(0, Math.min(10, absent.size()))),
                  absent.size() > 10 ? " and " + (absent.size() - 10) + " others" : ""));
    }
    over = true;
    notifyAll();
  }

  /** Plan and second pass, by one of those who await, when all is measured. */
  private Collected conclude() {
    Collected collected;
    try {
      collected = aggregate();
    } catch (Throwable e) {
      synchronized (this) {
        users--;
        fail(e);
        // Perhaps an earlier failure, because of which the work was no longer wanted.
        Shards.rethrow(requireNonNull(failure));
      }
      throw new AssertionError(e);
    }
    synchronized (this) {
      users--;
      result = collected;
      end();
    }
    return collected;
  }

  private Collected aggregate() {
    Held[] vectors;
    synchronized (this) {
      vectors = held.toArray(Held[]::new);
    }
    Arrays.sort(vectors, Comparator.comparingInt(vector -> vector.sender));
    return new Conclusion(collector, need, vectors, this::throwIfStopped).collected(number);
  }

  private void throwIfStopped() {
    if (stopped) {
      throw closed();
    }
  }

  private CancellationException closed() {
    return new CancellationException("round " + number + " is closed");
  }

  /**
   * Ends the round if it is not over, so that those who await get a CancellationException; waits until no thread works on it any more, and
   * frees all memory and the temporary file. The result, if there is one, stays.
   */
  @Override
  public void close() {
    boolean interrupted = false;
    synchronized (this) {
      fail(closed());
      while (users > 0) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
