package org.monna.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.Group;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.testkit.AggregatorContract;
import org.monna.testkit.Claim;
import org.monna.testkit.MixingContract;

/** Every rule under the contract. */
@SuppressWarnings("ClassCanBeStatic") // jqwik wants groups to be inner classes
class RuleContractsTest {

  /** The contract of a row of the table. */
  abstract static class Contract implements AggregatorContract {

    private final Rule rule;

    Contract(String text) {
      rule = Rules.named(text);
    }

    @Override
    public Aggregator rule(int f) {
      return rule.make(f);
    }

    @Override
    public int fewest(int f) {
      return rule.fewest(f);
    }

    @Override
    public int most() {
      return rule.most();
    }

    @Override
    public Set<Claim> claims() {
      return rule.claims();
    }

    /** With one neighbour, as Krum has for n - f = 2, two vectors that are each other's nearest have the same score. */
    @Override
    public boolean tiesAreCommon(int n, int f) {
      return rule.text().contains("krum") && n - f <= 3;
    }
  }

  @Group class Mean extends Contract { Mean() { super("mean"); } }
  @Group class Median extends Contract { Median() { super("median"); } }
  @Group class TrimmedMean extends Contract { TrimmedMean() { super("trimmed-mean(f=%d)"); } }
  @Group class Krum extends Contract { Krum() { super("krum(f=%d)"); } }
  @Group class BlanchardKrum extends Contract { BlanchardKrum() { super("krum(f=%d, neighbors=n-f-2)"); } }
  @Group class MultiKrum extends Contract { MultiKrum() { super("multi-krum(f=%d)"); } }
  @Group class MultiKrumOfOne extends Contract { MultiKrumOfOne() { super("multi-krum(f=%d, m=1)"); } }
  @Group class NnmTrimmedMean extends Contract { NnmTrimmedMean() { super("nnm(f=%d) | trimmed-mean(f=%d)"); } }
  @Group class NnmMedian extends Contract { NnmMedian() { super("nnm(f=%d) | median"); } }
  @Group class NnmKrum extends Contract { NnmKrum() { super("nnm(f=%d) | krum(f=%d)"); } }
  @Group class NnmMultiKrum extends Contract { NnmMultiKrum() { super("nnm(f=%d) | multi-krum(f=%d)"); } }
  @Group class NnmNnmMedian extends Contract { NnmNnmMedian() { super("nnm(f=%d) | nnm(f=%d) | median"); } }
  @Group class NnmMean extends Contract { NnmMean() { super("nnm(f=%d) | mean"); } }

  /** Nearest-neighbour averaging, of which the guarantee is one of all nodes together. */
  @Group
  class Nna implements MixingContract {

    @Override
    public Aggregator rule(int f, int pivot) {
      return Aggregators.parse("nna(f=%d, pivot=%d)".formatted(f, pivot));
    }
  }

  @Example
  void everyRowOfTheTableHasAContract() {
    Set<String> rows = Rules.all().stream().map(Rule::text).collect(Collectors.toCollection(TreeSet::new));
    Set<String> contracts =
        Arrays.stream(getClass().getDeclaredClasses())
            .filter(type -> type.getSuperclass() == Contract.class)
            .map(this::text)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(rows, contracts);
  }

  private String text(Class<?> contract) {
    try {
      return ((Contract) contract.getDeclaredConstructor(RuleContractsTest.class).newInstance(this)).rule.text();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(contract.getName(), e);
    }
  }
}
