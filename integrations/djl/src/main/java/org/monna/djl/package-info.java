/** Robust training with the Deep Java Library. */
@NullMarked
package org.monna.djl;

import org.jspecify.annotations.NullMarked;
