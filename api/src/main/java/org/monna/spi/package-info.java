/**
 * For authors of rules: how a rule becomes known by name, and the checks that rules share. For authors of engines: the two passes on
 * shards of coordinates, wherever these are.
 */
package org.monna.spi;
