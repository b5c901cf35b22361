/** Files that are never left half written. */
@NullMarked
package org.monna.simulation.io;

import org.jspecify.annotations.NullMarked;
