package org.monna.simulation.attack;

import java.util.List;

/** Attacks by name, found by {@link java.util.ServiceLoader}. */
public interface AttackProvider {

  List<AttackDefinition> attacks();
}
