import org.jspecify.annotations.NullMarked;

/** Rules and engines from JSON. */
@NullMarked
module org.monna.config {
  requires static org.jspecify;
  requires transitive org.monna;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;

  exports org.monna.config;
}
