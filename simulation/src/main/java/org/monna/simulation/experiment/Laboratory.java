package org.monna.simulation.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.monna.simulation.data.Dataset;
import org.monna.simulation.data.Examples;
import org.monna.simulation.data.Randomness;
import org.monna.simulation.mixing.Crew;
import org.monna.simulation.model.ModelPool;
import org.monna.simulation.protocol.Configuration;
import org.monna.simulation.protocol.Protocol;
import org.monna.simulation.protocol.Stopwatch;

/**
 * Runs the trainings of an experiment that are not done yet, several at a time, and keeps their results. A training that
 * was interrupted goes on from its last checkpoint. The results depend neither on that nor on the number of threads.
 */
public final class Laboratory {

  /** What is told while trainings run, by any of their threads. */
  public interface Listener {

    /** So many steps are done, in one training. */
    void steps(long count);

    /** A training was tested. */
    void tested(Configuration configuration, RunResult.Point point);

    /** A training is done. */
    void done(RunResult result);

    /** Something that people should know, in a sentence. */
    void tell(String sentence);
  }

  private static final int TESTS = 10;

  private final Experiment experiment;
  private final Materials materials;
  private final ResultLog log;
  private final Path checkpoints;
  private final long checkpointNanos;
  private final List<Configuration> open = new ArrayList<>();
  private volatile boolean stopped;
  private @Nullable Throwable failure;

  /**
   * @param materials makes data and models
   * @param log where results are, and are written to; its directory holds the checkpoints as well
   * @param checkpointSeconds the time from one checkpoint of a training to the next, at least
   */
  public Laboratory(Experiment experiment, Materials materials, ResultLog log, double checkpointSeconds) {
    this.experiment = experiment;
    this.materials = materials;
    this.log = log;
    this.checkpoints = log.file().resolveSibling("checkpoints");
    this.checkpointNanos = (long) (checkpointSeconds * 1e9);
    Map<String, RunResult> done = log.results();
    for (Configuration configuration : experiment.configurations()) {
      if (!done.containsKey(RunResult.id(configuration))) {
        open.add(configuration);
      }
    }
  }

  /** The number of trainings that are not done yet. */
  public int open() {
    return open.size();
  }

  /** The number of steps of these. */
  public long steps() {
    return open.stream().mapToLong(Configuration::steps).sum();
  }

  /** All trainings save a checkpoint after the step they are at, and end. */
  public void stop() {
    stopped = true;
  }

  /**
   * Runs what is not done yet.
   *
   * @return false if it was {@linkplain #stop stopped} before all was done
   * @throws IOException with a sentence, if something could not be written; what was written before is kept
   * @throws IllegalArgumentException with a sentence, if a configuration turned out to be impossible
   */
  public boolean run(int threads, Listener listener) throws IOException, InterruptedException {
    Queue<Configuration> waiting = new ConcurrentLinkedQueue<>(open);
    int drivers = Math.min(threads, open.size());
    try (Crew crew = new Crew(threads, drivers)) {
      List<Thread> running = new ArrayList<>();
      for (int i = 0; i < drivers; i++) {
        running.add(Thread.ofPlatform().name("monna-training-" + i).start(() -> drive(waiting, crew, listener)));
      }
      for (Thread thread : running) {
        thread.join();
      }
    }
    synchronized (this) {
      switch (failure) {
        case null -> {}
        case IOException e -> throw e;
        case IllegalArgumentException e -> throw e;
        default -> throw new IllegalStateException("a training failed: " + failure, failure);
      }
    }
    return waiting.isEmpty() && !stopped;
  }

  private void drive(Queue<Configuration> waiting, Crew crew, Listener listener) {
    try {
      while (!stopped) {
        Configuration next = waiting.poll();
        if (next == null) {
          break;
        }
        train(next, crew, listener);
      }
    } catch (IOException | RuntimeException | Error e) {
      synchronized (this) {
        failure = failure == null ? e : failure;
      }
      stop();
    } finally {
      crew.oneMoreIdle();
    }
  }

  private void train(Configuration configuration, Crew crew, Listener listener) throws IOException {
    Examples examples = materials.examples(configuration);
    ModelPool models = materials.models(configuration);
    List<Dataset> shares = Arrays.stream(materials.shares(configuration)).map(examples.training()::select).toList();
    Checkpoint checkpoint = new Checkpoint(checkpoints, RunResult.id(configuration));
    List<RunResult.Point> curve = new ArrayList<>();
    Stopwatch clock = new Stopwatch();
    Supplier<Protocol> fresh = () -> Protocol.of(configuration, shares, models, crew, clock);
    Checkpoint.Restored restored = checkpoint.restore(fresh, listener::tell);
    Protocol protocol;
    if (restored == null) {
      protocol = fresh.get();
    } else {
      protocol = restored.protocol();
      clock.add(restored.progress().seconds());
      curve.addAll(restored.progress().curve());
      listener.steps(protocol.steps());
    }
    long saved = System.nanoTime();
    while (protocol.steps() < configuration.steps()) {
      if (stopped || System.nanoTime() - saved > checkpointNanos) {
        checkpoint.save(protocol, new Checkpoint.Progress(curve, clock.seconds()));
        saved = System.nanoTime();
      }
      if (stopped) {
        return;
      }
      protocol.step();
      if (isTested(configuration, protocol.steps())) {
        clock.start();
        RunResult.Point point = test(configuration, protocol, examples.test(), models, crew);
        clock.took(Stopwatch.Part.TEST);
        curve.add(point);
        listener.tested(configuration, point);
      }
      listener.steps(1);
    }
    int parameters = protocol.models()[0].length;
    RunResult result = RunResult.of(experiment.name(), configuration, parameters, curve, clock.seconds());
    log.append(result);
    checkpoint.delete();
    listener.done(result);
  }

  private static boolean isTested(Configuration configuration, long step) {
    int every = configuration.testEvery();
    long steps = configuration.steps();
    return step == steps
        || (every > 0 ? step % every == 0 : step * TESTS / steps > (step - 1) * TESTS / steps);
  }

  private static RunResult.Point test(
      Configuration configuration, Protocol protocol, Dataset test, ModelPool pool, Crew crew) {
    int size = configuration.testExamples();
    if (size > 0 && size < test.size() && protocol.steps() < configuration.steps()) {
      int[] examples = IntStream.range(0, test.size()).toArray();
      Randomness.drawToFront(examples, size, Randomness.of(configuration.seed(), "test", 0));
      test = test.select(Arrays.copyOf(examples, size));
    }
    Dataset examples = test;
    float[][] models = protocol.models();
    int[] correct = new int[models.length];
    crew.forEach(
        models.length, i -> correct[i] = pool.use(model -> model.correct(models[i], examples)));
    double all = examples.size();
    return new RunResult.Point(
        (int) protocol.steps(),
        Arrays.stream(correct).asLongStream().sum() / (all * models.length),
        Arrays.stream(correct).min().orElseThrow() / all,
        protocol.loss(),
        drift(models));
  }

  /** The root of the mean squared distance from the mean. */
  static double drift(float[][] models) {
    double squares = 0;
    for (int c = 0; c < models[0].length; c++) {
      double mean = 0;
      for (float[] model : models) {
        mean += model[c];
      }
      mean /= models.length;
      for (float[] model : models) {
        squares += (model[c] - mean) * (model[c] - mean);
      }
    }
    return Math.sqrt(squares / models.length);
  }
}
