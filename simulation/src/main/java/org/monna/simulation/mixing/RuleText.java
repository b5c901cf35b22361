package org.monna.simulation.mixing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.Pipeline;
import org.monna.baselines.Bucketing;
import org.monna.baselines.CenteredClipping;

/**
 * A rule as text in which <code>{f}</code> stands for the number of Byzantine vectors that the receiver has to reckon
 * with, and <code>{step}</code> for the step, so that a random choice is a new one each time: <code>nna(f={f})</code>,
 * <code>bucketing(s=2, seed=1, round={step}) | median</code>.
 *
 * @param text as {@link Aggregators#parse} reads it once these are filled in
 */
public record RuleText(String text) {

  /** Rules that remember nothing: one for each text is enough. */
  private static final Map<String, Aggregator> KNOWN = new ConcurrentHashMap<>();

  /**
   * The rule of a server in a step.
   *
   * @throws IllegalArgumentException if there is no such rule, or it is none for trainings: the result of one may depend neither on
   *     who asks first nor on what was before the step, other than by the state that is saved
   */
  public Aggregator forServer(int f, long step) {
    String filled = text.replace("{f}", Integer.toString(f)).replace("{step}", Long.toString(step));
    return text.contains("{step}") ? parse(filled) : KNOWN.computeIfAbsent(filled, RuleText::parse);
  }

  private static Aggregator parse(String text) {
    Aggregator rule = Aggregators.parse(text);
    for (Aggregator rest = rule; rest instanceof Pipeline pipeline; rest = pipeline.rest()) {
      if (pipeline.first() instanceof Bucketing bucketing && bucketing.countsCalls()) {
        throw new IllegalArgumentException(
            "%s draws anew with every call, whoever calls: give it the step, as in bucketing(s=2, seed=1, round={step})"
                .formatted(bucketing));
      }
      if (pipeline.rest() instanceof CenteredClipping) {
        throw new IllegalArgumentException(
            "%s: centered-clipping starts from a node's own model or a server's last result, so that nothing can come before it"
                .formatted(rule));
      }
    }
    return rule;
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
