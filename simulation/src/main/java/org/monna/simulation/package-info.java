/** Collaborative learning on real data, with attacks, and the command line. */
@NullMarked
package org.monna.simulation;

import org.jspecify.annotations.NullMarked;
