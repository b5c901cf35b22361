import org.jspecify.annotations.NullMarked;

/** Nearest-neighbour averaging, nearest-neighbour mixing, and MoNNA itself. No dependencies but the api. */
@NullMarked
module org.monna.nna {
  requires static org.jspecify;
  requires transitive org.monna;

  exports org.monna.nna;

  provides org.monna.spi.RuleProvider with
      org.monna.nna.NnaRules;
}
