package org.monna.arrivals;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.monna.Aggregator;
import org.monna.Geometry.Need;

/**
 * How a server collects vectors that arrive one by one, out of order, from many threads. What the rule needs of the geometry is
 * measured on arrival, against those already here, so that after the last arrival only its own distances and the second pass are left.
 *
 * <pre>{@code
 * Collector collector = Collector.of(rule, d, senders).on(pool, 8).quorum(40);
 * try (Round round = collector.round(17)) {
 *   // network threads: round.offer(17, "client-3", update)
 *   Collected collected = round.await(Duration.ofMinutes(5));
 * }
 * }</pre>
 *
 * <p>Vectors are aggregated in the order of {@code senders}, those that did not come left out, whatever the order of arrival: the result
 * has the bits of {@link org.monna.Engine} on the array of these vectors. So a rule whose pivot is vector 0 wants the node's own
 * name first. If the rule {@linkplain Need#pivot needs} the distances from one pivot only, the senders up to the pivot's must come, or there
 * is no result; a rule that measures all distances and has a pivot besides is not known to have one, and the first that came is
 * vector 0.
 *
 * <p>A round holds copies: memory of at most {@code capacity} vectors of d floats, {@code onHeap} of them on the heap, and for the
 * geometry what the rule needs of it, at most 24 bytes a pair. With a spill, each thread that works has blocks of 32
 * vectors, in the second pass of all, besides. Immutable; rounds may overlap.
 *
 * @param rule must be defined for {@code capacity} vectors
 * @param d the length of the vectors
 * @param senders who may send, each by a name of its own, in the order of the rule's vectors
 * @param quorum the number of vectors without which there is no result; more may be needed by the rule
 * @param capacity the number of vectors at which the round is complete, and so the most that are held; at first all senders
 * @param executor measures while vectors arrive; the caller keeps and ends it. At first a thread measures what it has offered.
 * @param workers the number of tasks that the executor has at a time
 * @param onHeap the number of vectors on the heap; the others are in a temporary file
 * @param spill the directory of the temporary file, in the default file system; without it there is none
 */
public record Collector(
    Aggregator rule,
    int d,
    List<String> senders,
    int quorum,
    int capacity,
    Executor executor,
    int workers,
    int onHeap,
    Optional<Path> spill) {

  public Collector {
    requireNonNull(rule, "rule");
    requireNonNull(executor, "executor");
    senders = List.copyOf(requireNonNull(senders, "senders"));
    int n = senders.size();
    require(d >= 1, "d = " + d + ", but vectors have at least one coordinate");
    require(n >= 1, "no senders");
    Set<String> names = new HashSet<>();
    for (String sender : senders) {
      require(names.add(sender), "sender " + sender + " is listed twice");
    }
    require(capacity >= 1 && capacity <= n, "capacity = " + capacity + ", but there are " + n + " senders");
    require(quorum >= 1 && quorum <= capacity, "quorum = " + quorum + ", but capacity = " + capacity);
    require(workers >= 1, "workers = " + workers + ", but at least 1 is needed");
    require(onHeap >= 0, "onHeap = " + onHeap + " is negative");
    require(
        spill.isPresent() || onHeap >= capacity,
        "onHeap = " + onHeap + ", but capacity = " + capacity + " and there is no directory for the others");
    rule.need(capacity);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException("collector: " + message);
    }
  }

  /** A collector that waits for all senders, holds all on the heap, and measures in the threads that offer. */
  public static Collector of(Aggregator rule, int d, List<String> senders) {
    int n = senders.size();
    return new Collector(rule, d, senders, 1, Math.max(n, 1), Runnable::run, 1, Math.max(n, 1), Optional.empty());
  }

  /** The same with vectors measured by up to so many tasks at a time of the caller's executor. */
  public Collector on(Executor executor, int workers) {
    return new Collector(rule, d, senders, quorum, capacity, executor, workers, onHeap, spill);
  }

  /** The same with no result from fewer vectors. */
  public Collector quorum(int quorum) {
    return new Collector(rule, d, senders, quorum, capacity, executor, workers, onHeap, spill);
  }

  /** The same with rounds that are complete with the first so many vectors. */
  public Collector capacity(int capacity) {
    return new Collector(rule, d, senders, quorum, capacity, executor, workers, onHeap, spill);
  }

  /**
   * The same with no more than so many vectors on the heap. Further ones go, when they arrive, to a temporary file in the directory, which
   * is deleted when the round is over.
   */
  public Collector spill(Path directory, int onHeap) {
    return new Collector(rule, d, senders, quorum, capacity, executor, workers, onHeap, Optional.of(directory));
  }

  /** Begins a round. */
  public Round round(long number) {
    return new Round(this, number);
  }

  /** What has to be measured before it is known how many vectors come. */
  Need need() {
    Need need = rule.need(capacity);
    for (int m = quorum; m < capacity; m++) {
      if (refusal(m) == null) {
        need = need.and(rule.need(m));
      }
    }
    return need;
  }

  /** Why there is no result from m vectors, or null if there is one. */
  @Nullable String refusal(int m) {
    if (m < quorum) {
      return "the quorum is " + quorum;
    }
    try {
      rule.need(m);
      return null;
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
