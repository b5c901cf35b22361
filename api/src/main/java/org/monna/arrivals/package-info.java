/** Aggregation where vectors arrive one by one: start at {@link org.monna.arrivals.Collector}. */
package org.monna.arrivals;
