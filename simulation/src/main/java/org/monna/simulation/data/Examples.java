package org.monna.simulation.data;

/**
 * All examples of one name: those to learn from, and those that only tell how much was learnt.
 *
 * @param name for people, and {@link DataSets#load}
 * @param sha256 of the bytes that were read, in hexadecimal; of several files one after the other, those for training
 *     first
 */
public record Examples(String name, String sha256, Dataset training, Dataset test) {}
