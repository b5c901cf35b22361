package org.monna.simulation;

import java.io.Console;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.monna.files.Progress;

/** Shows on a terminal how much has been read, how fast, and the time left. */
final class AggregationProgress implements Progress, AutoCloseable {

  private final boolean shown;
  private @Nullable ProgressBar bar;

  private AggregationProgress(boolean shown) {
    this.shown = shown;
  }

  /** Shows nothing where there is no terminal. */
  @SuppressWarnings("SystemConsoleNull") // in JDK 25 it is null again where there is no terminal
  static AggregationProgress onTerminal() {
    Console console = System.console();
    return new AggregationProgress(console != null && console.isTerminal());
  }

  @Override
  public void done(long bytes, long total) {
    if (shown) {
      if (bar == null) {
        bar =
            new ProgressBarBuilder()
                .setTaskName("Aggregating")
                .setInitialMax(total)
                .setUnit("MB", 1_000_000)
                .showSpeed()
                .setUpdateIntervalMillis(200)
                .setStyle(ProgressBarStyle.ASCII)
                .build();
      }
      bar.stepTo(bytes);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
