/** What Byzantine nodes send, and how attacks are added and named. */
@NullMarked
package org.monna.simulation.attack;

import org.jspecify.annotations.NullMarked;
