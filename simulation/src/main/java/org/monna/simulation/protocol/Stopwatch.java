package org.monna.simulation.protocol;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How long the parts of a training take. Not thread-safe. */
public final class Stopwatch {

  /** A part of each step. */
  public enum Part {
    GRADIENT,
    ATTACK,
    EXCHANGE,
    AGGREGATION,
    TEST
  }

  private final Map<Part, Double> seconds = new EnumMap<>(Part.class);
  private long last = System.nanoTime();

  /** At zero. */
  public Stopwatch() {
    for (Part part : Part.values()) {
      seconds.put(part, 0.0);
    }
  }

  /** Goes on from earlier times. */
  public void add(Map<String, Double> earlier) {
    seconds.replaceAll((part, value) -> value + earlier.getOrDefault(name(part), 0.0));
  }

  /** What comes is timed from now. */
  public void start() {
    last = System.nanoTime();
  }

  /** The time since the start or the last part was that of this part. */
  public void took(Part part) {
    long now = System.nanoTime();
    seconds.merge(part, (now - last) / 1e9, Double::sum);
    last = now;
  }

  /** The seconds so far, by the name of the part in lower case. */
  public Map<String, Double> seconds() {
    Map<String, Double> named = new TreeMap<>();
    seconds.forEach((part, value) -> named.put(name(part), Math.round(value * 1000) / 1000.0));
    return named;
  }

  private static String name(Part part) {
    return part.name().toLowerCase(Locale.ROOT);
  }
}
