package org.monna.baselines;

import static org.monna.spi.RuleDefinition.VARIADIC;
import static org.monna.spi.RuleDefinition.aggregator;
import static org.monna.spi.RuleDefinition.preAggregator;

import java.util.List;
import org.monna.spi.RuleDefinition;
import org.monna.spi.RuleProvider;

/** The rules of this module by name. */
public final class BaselineRules implements RuleProvider {

  /** For the service loader. */
  public BaselineRules() {}

  @Override
  public List<RuleDefinition> rules() {
    return List.of(
        aggregator("mean", List.of(), "plain mean, not robust", a -> new Mean()),
        aggregator("median", List.of(), "coordinate-wise median", a -> new Median()),
        aggregator(
            "trimmed-mean",
            List.of("f"),
            "coordinate-wise mean without the f smallest and f largest",
            a -> new TrimmedMean(a.integer("f"))),
        aggregator(
            "krum",
            List.of("f", "neighbors"),
            "the vector nearest to its neighbours",
            a -> new Krum(a.integer("f"), a.count("neighbors", Krum.OTHERS))),
        aggregator(
            "multi-krum",
            List.of("f", "m"),
            "mean of the m vectors with the best Krum scores",
            a -> new MultiKrum(a.integer("f"), a.count("m", MultiKrum.HONEST))),
        aggregator(
            "geometric-median",
            List.of("epsilon"),
            "the point with the least sum of distances",
            a -> new GeometricMedian(a.number("epsilon", GeometricMedian.DEFAULT))),
        aggregator(
            "minimum-diameter-averaging",
            List.of("f"),
            "mean of the n-f vectors with the least diameter",
            a -> new MinimumDiameterAveraging(a.integer("f"))),
        aggregator(
            "minimum-variance-averaging",
            List.of("f"),
            "mean of the n-f vectors with the least variance",
            a -> new MinimumVarianceAveraging(a.integer("f"))),
        aggregator(
            "centered-clipping",
            List.of("tau", "iterations"),
            "steps from a centre to the mean of the vectors clipped around it",
            a -> new CenteredClipping(a.number("tau"), a.integer("iterations", 1))),
        aggregator(
            "smea",
            List.of("f"),
            "mean of the n-f vectors whose covariance has the least largest eigenvalue",
            a -> new Smea(a.integer("f"))),
        aggregator(
            "caf",
            List.of("f"),
            "weighted mean after filtering along the largest spread",
            a -> new Caf(a.integer("f"))),
        aggregator(
            "mean-around-median",
            List.of("f"),
            "coordinate-wise mean of the n-f values nearest to the median",
            a -> new MeanAroundMedian(a.integer("f"))),
        aggregator(
            "phocas",
            List.of("f"),
            "coordinate-wise mean of the n-f values nearest to the trimmed mean",
            a -> new Phocas(a.integer("f"))),
        aggregator(
            "bulyan",
            List.of("f"),
            "repeated Krum, then coordinate-wise mean around the median",
            a -> new Bulyan(a.integer("f"))),
        aggregator(
            "meanwo",
            List.of("f"),
            "mean of the n-f vectors nearest to Krum's",
            a -> new MeanWithOutliers(a.integer("f"))),
        aggregator(
            "centerwo",
            List.of("f"),
            "mean of the n-f vectors in the smallest ball around one of them",
            a -> new CenterWithOutliers(a.integer("f"))),
        aggregator(
            "cge",
            List.of("f"),
            "mean of the n-f vectors of smallest norm, not robust",
            a -> new ComparativeGradientElimination(a.integer("f"))),
        preAggregator(
            "bucketing",
            List.of("s", "seed", "round"),
            "means of s randomly chosen vectors each",
            a ->
                new Bucketing(
                    a.integer("s"), a.longInteger("seed", 0), a.longInteger("round", Bucketing.EVERY_CALL))),
        preAggregator(
            "clipping",
            List.of("c"),
            "scales vectors longer than c down to norm c",
            a -> new Clipping(a.number("c"))),
        preAggregator(
            "arc",
            List.of("f"),
            "scales the longest vectors down to the norm of the others",
            a -> new AdaptiveRobustClipping(a.integer("f"))),
        preAggregator(
            "weights",
            List.of(VARIADIC),
            "weights by declared sample counts, capped at twice their median",
            a -> new SampleWeights(a.numbers())));
  }
}
