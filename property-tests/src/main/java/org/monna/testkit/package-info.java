/** A contract kit for aggregation rules. */
@NullMarked
package org.monna.testkit;

import org.jspecify.annotations.NullMarked;
