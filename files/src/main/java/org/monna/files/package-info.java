/**
 * Aggregation of files that are together far larger than memory, and the same bits as in memory. Start at {@link
 * org.monna.files.FileAggregation}.
 */
package org.monna.files;
