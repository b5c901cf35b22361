package org.monna.simulation;

import java.io.Console;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Bars that show people how far work is. */
final class Terminal {

  private Terminal() {}

  /** Whether there is one. */
  @SuppressWarnings("SystemConsoleNull") // in JDK 25 it is null again where there is none
  static boolean isThere() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /** A bar of characters that every terminal has. */
  static ProgressBarBuilder bar(String task, long max) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(max)
        .setUpdateIntervalMillis(200)
        .setStyle(ProgressBarStyle.ASCII);
  }
}
