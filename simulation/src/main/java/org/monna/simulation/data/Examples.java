package org.monna.simulation.data;

/** All examples of a data set: those to learn from, and those that only tell how much was learnt. */
public record Examples(Dataset training, Dataset test) {}
