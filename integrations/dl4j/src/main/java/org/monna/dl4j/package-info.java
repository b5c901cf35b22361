/** Robust training with Deeplearning4j. */
@NullMarked
package org.monna.dl4j;

import org.jspecify.annotations.NullMarked;
