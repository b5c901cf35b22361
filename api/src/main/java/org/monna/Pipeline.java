package org.monna;

import static java.util.Objects.requireNonNull;

/**
 * A pre-aggregator and what follows it: a rule, or again a pipeline. Its plan is the product of the weights, so that a
 * pipeline of any length measures once and applies once.
 *
 * @param first the step whose new vectors the rest is given
 * @param rest the rule or pipeline that follows
 */
public record Pipeline(PreAggregator first, Aggregator rest) implements Aggregator {

  public Pipeline {
    requireNonNull(first, "first");
    requireNonNull(rest, "rest");
  }

  @Override
  public Geometry.Need need(int n) {
    Geometry.Need own = first.need(n);
    return own.and(first.need(n, needOfRest(n)));
  }

  private Geometry.Need needOfRest(int n) {
    int rows = first.rows(n);
    try {
      return rest.need(rows);
    } catch (IllegalArgumentException e) {
      if (rows == n) {
        throw e;
      }
      // The message speaks of the new vectors; the caller knows of the given ones.
      throw new IllegalArgumentException(
          "%s (%s makes %d of n = %d vectors)".formatted(e.getMessage(), first, rows, n), e);
    }
  }

  @Override
  public Plan plan(Geometry geometry) {
    Mixing mixing = first.mixing(geometry);
    Geometry.Need wanted = rest.need(mixing.rows());
    return rest.plan(geometry.mixed(mixing, wanted)).after(mixing);
  }

  @Override
  public Certificate certificate(int n) {
    need(n);
    return first.certificate(n, rest);
  }

  @Override
  public String toString() {
    return first + " | " + rest;
  }
}
