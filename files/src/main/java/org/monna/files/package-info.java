/**
 * Aggregation of files that are together far larger than memory, with the same bits as in memory. Start at {@link
 * org.monna.files.FileAggregation}.
 */
@NullMarked
package org.monna.files;

import org.jspecify.annotations.NullMarked;
