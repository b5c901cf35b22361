/** Ways to learn together, step by step: without a server, with one, on sparse networks. */
@NullMarked
package org.monna.simulation.protocol;

import org.jspecify.annotations.NullMarked;
