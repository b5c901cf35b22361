/** Nearest-neighbour rules: what a node averages with whom it is nearest to. */
package org.monna.nna;
