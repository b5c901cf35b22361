package org.monna.jmh;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/** One line for each benchmark as it begins. What JMH says besides is kept, for the case that it fails. */
final class Progress implements OutputFormat {

  private static final int REMEMBERED = 60;

  private final PrintStream out;
  private final long begin;
  private final Deque<String> last = new ArrayDeque<>();

  /** @param begin when the run began, in nanoseconds of this virtual machine */
  Progress(PrintStream out, long begin) {
    this.out = out;
    this.begin = begin;
  }

  /** The last lines of JMH and of the virtual machine that it started. */
  String last() {
    return String.join("\n", last);
  }

  private void remember(String line) {
    last.add(line);
    if (last.size() > REMEMBERED) {
      last.remove();
    }
  }

  @Override
  public void startBenchmark(BenchmarkParams params) {
    last.clear();
    String name = params.getBenchmark();
    StringBuilder line = new StringBuilder(name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1));
    params.getParamsKeys().forEach(key -> line.append(' ').append(key).append('=').append(params.getParam(key)));
    out.printf("%5d s  %s%n", (System.nanoTime() - begin) / 1_000_000_000, line);
  }

  @Override
  public void print(String text) {
    remember(text);
  }

  @Override
  public void println(String line) {
    remember(line);
  }

  @Override
  public void write(byte[] bytes) {
    remember(new String(bytes, StandardCharsets.UTF_8).stripTrailing());
  }

  @Override
  public void verbosePrintln(String line) {}

  @Override
  public void write(int character) {}

  @Override
  public void iteration(BenchmarkParams params, IterationParams iteration, int number) {}

  @Override
  public void iterationResult(BenchmarkParams params, IterationParams iteration, int number, IterationResult result) {}

  @Override
  public void endBenchmark(BenchmarkResult result) {}

  @Override
  public void startRun() {}

  @Override
  public void endRun(Collection<RunResult> results) {}

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
