/** Optimizers on flat float arrays, and learning-rate schedules. */
package org.monna.optim;
