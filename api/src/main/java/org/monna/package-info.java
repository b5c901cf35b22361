/**
 * Robust aggregation: n vectors arrive, up to f of them are arbitrary, one vector near the mean of the others comes out.
 *
 * <p>Start at {@link org.monna.Aggregators#parse} and {@link org.monna.Aggregator#aggregate(float[][])}.
 */
package org.monna;
