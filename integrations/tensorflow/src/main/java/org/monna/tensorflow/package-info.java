/** Robust training with TensorFlow. */
@NullMarked
package org.monna.tensorflow;

import org.jspecify.annotations.NullMarked;
