import org.jspecify.annotations.NullMarked;

/** Aggregation of files that are together far larger than memory. */
@NullMarked
module org.monna.files {
  requires static org.jspecify;
  requires transitive org.monna;
  requires com.fasterxml.jackson.core;

  exports org.monna.files;
}
