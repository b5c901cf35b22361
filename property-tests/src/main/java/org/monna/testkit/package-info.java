/**
 * A contract kit for aggregation rules: what a robust rule must do, as jqwik properties that any rule's author can run.
 *
 * <p>Say what the rule is, and the properties come with the interface:
 *
 * <pre>{@code
 * class MyRuleTest implements AggregatorContract {
 *
 *   @Override
 *   public Aggregator rule(int f) {
 *     return new MyRule(f);
 *   }
 *
 *   @Override
 *   public int fewest(int f) {         // only if it needs more than 2f+1 vectors
 *     return 4 * f + 3;
 *   }
 *
 *   @Override
 *   public Set<Claim> claims() {       // only if it can do less, or more, than usual
 *     return EnumSet.of(Claim.CERTIFIED, Claim.SURVIVES, Claim.TRANSLATION, Claim.HULL);
 *   }
 * }
 * }</pre>
 *
 * <ul>
 *   <li>{@link org.monna.testkit.AggregatorContract}: the properties of a rule; {@link org.monna.testkit.MixingContract}: those of a
 *       rule that every node applies with its own vector as the pivot.
 *   <li>{@link org.monna.testkit.ContractChecks}: the same as plain methods that throw an AssertionError, for loops, recorded data
 *       and other test frameworks.
 *   <li>{@link org.monna.testkit.Sample}, {@link org.monna.testkit.Honest}, {@link org.monna.testkit.Byzantine}: inputs, made from
 *       a line of text: distributions of honest vectors, published attacks, hostile values.
 *   <li>{@link org.monna.testkit.Exact}, {@link org.monna.testkit.Subsets}: the quantities of the definitions in double, and the
 *       sets S that they are about.
 *   <li>{@link org.monna.testkit.AdversarialSearch}: looks for the vectors on which a rule comes nearest to its certificate.
 * </ul>
 */
@NullMarked
package org.monna.testkit;

import org.jspecify.annotations.NullMarked;
