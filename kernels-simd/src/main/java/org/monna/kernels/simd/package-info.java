/** The kernels on the Vector API, with the bits of the scalar ones. */
@NullMarked
package org.monna.kernels.simd;

import org.jspecify.annotations.NullMarked;
