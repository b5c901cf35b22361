package org.monna.nna;

import static org.monna.spi.RuleDefinition.aggregator;
import static org.monna.spi.RuleDefinition.preAggregator;

import java.util.List;
import org.monna.spi.RuleDefinition;
import org.monna.spi.RuleProvider;

/** The rules of this module by name. */
public final class NnaRules implements RuleProvider {

  /** For the service loader. */
  public NnaRules() {}

  @Override
  public List<RuleDefinition> rules() {
    return List.of(
        aggregator(
            "nna",
            List.of("f", "pivot"),
            "mean of the n-f vectors nearest to the pivot",
            a -> new NearestNeighborAveraging(a.integer("f"), a.integer("pivot", 0))),
        preAggregator(
            "nnm",
            List.of("f"),
            "each vector becomes the mean of its n-f nearest",
            a -> new NearestNeighborMixing(a.integer("f"))));
  }
}
