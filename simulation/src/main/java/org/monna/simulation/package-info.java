/** Collaborative learning under attack, on real data; the command line. */
@NullMarked
package org.monna.simulation;

import org.jspecify.annotations.NullMarked;
