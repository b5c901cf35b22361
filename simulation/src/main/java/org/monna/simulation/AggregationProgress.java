package org.monna.simulation;

import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import org.monna.files.Progress;

/** Shows on a terminal, if there is one, how much has been read, how fast, and the time left. */
final class AggregationProgress implements Progress, AutoCloseable {

  private final boolean shown = Terminal.isThere();
  private @Nullable ProgressBar bar;

  @Override
  public void done(long bytes, long total) {
    if (shown) {
      if (bar == null) {
        bar = Terminal.bar("Aggregating", total).setUnit("MB", 1_000_000).showSpeed().build();
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
