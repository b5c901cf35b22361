/** A user's server, which aggregates files and trains with Tribuo and TensorFlow. */
module user {
  requires org.monna.config;
  requires org.monna.files;
  requires org.monna.tensorflow;
  requires org.monna.tribuo;
  requires tensorflow;
  // Automatic modules: Maven compiles with those that are named here.
  requires org.tribuo.core;
  requires org.tribuo.math;
  requires org.tribuo.classification.core;
  requires org.tribuo.classification.sgd;
}
