/** A user of the library. */
module consumer {
  requires org.monna;
}
