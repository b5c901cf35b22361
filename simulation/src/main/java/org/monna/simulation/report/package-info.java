/** What finished runs show: one page for people, tables and figures for other programs. */
@NullMarked
package org.monna.simulation.report;

import org.jspecify.annotations.NullMarked;
