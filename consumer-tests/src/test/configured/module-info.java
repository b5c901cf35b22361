/** A user of the configuration. */
module configured {
  requires org.monna.config;
}
