/** Models that are trained by gradients, each on the machine-learning library that computes them. */
@NullMarked
package org.monna.simulation.model;

import org.jspecify.annotations.NullMarked;
