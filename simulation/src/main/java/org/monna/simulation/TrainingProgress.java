package org.monna.simulation;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how trainings get on: on a terminal a bar with the time left, else a line for each that is done. */
final class TrainingProgress implements Comparison.Progress, AutoCloseable {

  private final @Nullable ProgressBar bar;
  private final PrintWriter lines;

  private TrainingProgress(@Nullable ProgressBar bar, PrintWriter lines) {
    this.bar = bar;
    this.lines = lines;
  }

  /**
   * @param steps of all trainings together
   * @param lines where the lines go
   */
  @SuppressWarnings("SystemConsoleNull") // in JDK 25 it is null again where there is no terminal
  static TrainingProgress of(long steps, PrintWriter lines) {
    Console console = System.console();
    boolean terminal = console != null && console.isTerminal();
    return new TrainingProgress(terminal ? bar(steps) : null, lines);
  }

  /** With characters that every terminal has. */
  private static ProgressBar bar(long steps) {
    return new ProgressBarBuilder()
        .setTaskName("Training")
        .setInitialMax(steps)
        .setUpdateIntervalMillis(200)
        .setStyle(ProgressBarStyle.ASCII)
        .build();
  }

  @Override
  public void step() {
    if (bar != null) {
      bar.step();
    }
  }

  @Override
  public synchronized void done(Results.Run run) {
    if (bar == null) {
      lines.printf(
          Locale.ROOT,
          "%s %s: %.1f %% of the test examples%n",
          run.method(),
          run.byzantine() == 0 ? "without attack" : "under " + run.attack(),
          100 * run.end().accuracy());
      lines.flush();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
