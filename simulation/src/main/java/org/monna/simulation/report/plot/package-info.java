/**
 * Plots as SVG that any program shows: sizes and colours are attributes, for a white page. A page may restyle them, and read
 * values back from them, by their classes and data attributes.
 */
@NullMarked
package org.monna.simulation.report.plot;

import org.jspecify.annotations.NullMarked;
