import org.jspecify.annotations.NullMarked;

/** The rules and pre-aggregators of the literature other than nearest-neighbour averaging. No dependencies but the api. */
@NullMarked
module org.monna.baselines {
  requires static org.jspecify;
  requires transitive org.monna;

  exports org.monna.baselines;

  provides org.monna.spi.RuleProvider with
      org.monna.baselines.BaselineRules;
}
