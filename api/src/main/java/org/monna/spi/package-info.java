/** For authors of rules: how a rule becomes known by name, and the checks that rules share. */
package org.monna.spi;
