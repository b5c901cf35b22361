/** Not exported: what the command line reads experiments with, too. */
package org.monna.config.internal;
