/** The rules of the literature, one class each. */
package org.monna.baselines;
