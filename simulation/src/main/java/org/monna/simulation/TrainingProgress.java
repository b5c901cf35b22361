package org.monna.simulation;

import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import org.monna.simulation.experiment.Laboratory;
import org.monna.simulation.experiment.RunResult;
import org.monna.simulation.protocol.Configuration;

/**
 * Shows how trainings get on: on a terminal a bar with the time left and the last accuracy, else a line for each training
 * that is done.
 */
final class TrainingProgress implements Laboratory.Listener, AutoCloseable {

  private final @Nullable ProgressBar bar;
  private final PrintWriter lines;

  /**
   * @param steps of all trainings together
   * @param lines where the lines go
   */
  TrainingProgress(long steps, PrintWriter lines) {
    this.bar = Terminal.isThere() ? Terminal.bar("Training", steps).build() : null;
    this.lines = lines;
  }

  @Override
  public void steps(long count) {
    if (bar != null) {
      bar.stepBy(count);
    }
  }

  @Override
  public void tested(Configuration configuration, RunResult.Point point) {
    if (bar != null) {
      bar.setExtraMessage(
          String.format(
              Locale.ROOT,
              " %s %s: %.1f %%",
              configuration.method(),
              attack(configuration.attack()),
              100 * point.accuracy()));
    }
  }

  @Override
  public synchronized void done(RunResult result) {
    if (bar == null) {
      lines.printf(
          Locale.ROOT,
          "%s %s, %s, seed %d: %.1f %% of the test examples%n",
          result.method(),
          attack(result.attack()),
          result.split(),
          result.seed(),
          100 * result.end().accuracy());
      lines.flush();
    }
  }

  private static String attack(String attack) {
    return attack.equals(Configuration.NO_ATTACK) ? "without attack" : "under " + attack;
  }

  @Override
  public synchronized void tell(String sentence) {
    lines.println("monna train: " + sentence);
    lines.flush();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
