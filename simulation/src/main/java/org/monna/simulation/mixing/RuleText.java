package org.monna.simulation.mixing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.baselines.CenteredClipping;

/**
 * A rule as text in which <code>{f}</code> stands for the number of Byzantine vectors that the receiver has to reckon
 * with, and <code>{step}</code> for the step, so that a random choice is a new one each time: <code>nna(f={f})</code>,
 * <code>bucketing(s=2, seed=1, round={step}) | median</code>.
 *
 * @param text as {@link Aggregators#parse} reads it once these are filled in
 */
public record RuleText(String text) {

  /** Rules are immutable: one for each text is enough. */
  private static final Map<String, Aggregator> KNOWN = new ConcurrentHashMap<>();

  /** The rule of a server in a step. */
  public Aggregator forServer(int f, long step) {
    String filled = text.replace("{f}", Integer.toString(f)).replace("{step}", Long.toString(step));
    return text.contains("{step}") ? Aggregators.parse(filled) : KNOWN.computeIfAbsent(filled, Aggregators::parse);
  }

  /** The rule of a node, which is given its own vector first: clipping is around that. */
  public Aggregator forNode(int f, long step) {
    Aggregator rule = forServer(f, step);
    return rule instanceof CenteredClipping clipping ? new SelfCentredClipping(clipping) : rule;
  }

  @Override
  public String toString() {
    return text;
  }
}
