/** Benchmarks of the rules against the plain mean and against straightforward code in the same run. */
@NullMarked
package org.monna.jmh;

import org.jspecify.annotations.NullMarked;
