/** Robust training with Tribuo. */
@NullMarked
package org.monna.tribuo;

import org.jspecify.annotations.NullMarked;
