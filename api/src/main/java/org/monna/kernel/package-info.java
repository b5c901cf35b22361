/** The loops over coordinates: contract, scalar specification, and the choice of an implementation. Not for applications. */
package org.monna.kernel;
