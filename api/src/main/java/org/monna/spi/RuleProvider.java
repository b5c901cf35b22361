package org.monna.spi;

import java.util.List;

/**
 * A source of rules and pre-aggregators by name, found by {@link java.util.ServiceLoader}. Name the implementing class in
 * {@code META-INF/services/org.monna.spi.RuleProvider}, in a module also with {@code provides}.
 */
public interface RuleProvider {

  /** The rules of this provider. */
  List<RuleDefinition> rules();
}
