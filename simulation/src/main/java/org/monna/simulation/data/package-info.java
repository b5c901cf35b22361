/** Labelled examples to learn from, and how nodes share them. */
@NullMarked
package org.monna.simulation.data;

import org.jspecify.annotations.NullMarked;
