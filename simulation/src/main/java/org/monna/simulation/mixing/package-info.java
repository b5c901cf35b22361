/** How nodes mix what they receive: rules as a node applies them, all nodes' mixing at once, and the threads. */
@NullMarked
package org.monna.simulation.mixing;

import org.jspecify.annotations.NullMarked;
