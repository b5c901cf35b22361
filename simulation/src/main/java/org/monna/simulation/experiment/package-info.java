/** Many trainings: read from a file, run at a time, interrupted and resumed, their results kept. */
@NullMarked
package org.monna.simulation.experiment;

import org.jspecify.annotations.NullMarked;
