package org.monna.arrivals;

import java.util.List;
import org.monna.Report;

/**
 * The result of a round.
 *
 * @param round its number
 * @param senders whose vectors came in time, in the order in which the collector lists them: vector i of the report is that of sender i here
 * @param vector the aggregate, of length d; not copied
 * @param report who was used with which weight, and why
 */
@SuppressWarnings("ArrayRecordComponent") // the caller's to use, and long
public record Collected(long round, List<String> senders, float[] vector, Report report) {

  public Collected {
    senders = List.copyOf(senders);
  }
}
