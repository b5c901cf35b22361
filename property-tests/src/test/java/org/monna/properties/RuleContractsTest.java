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

    private Rule rule;

    void of(String text) {
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

    /**
     * With one neighbour, as Krum has for n - f = 2, two vectors that are each other's nearest have the same score.
     * Of two vectors every point between is a geometric median.
     */
    @Override
    public boolean tiesAreCommon(int n, int f) {
      boolean krum = rule.text().contains("krum") || rule.text().contains("meanwo");
      return krum && n - f <= 3 || rule.text().contains("geometric-median") && n - f <= 2;
    }
  }

  @Group class Mean extends Contract { { of("mean"); } }
  @Group class Median extends Contract { { of("median"); } }
  @Group class TrimmedMean extends Contract { { of("trimmed-mean(f=%d)"); } }
  @Group class MeanAroundMedian extends Contract { { of("mean-around-median(f=%d)"); } }
  @Group class Phocas extends Contract { { of("phocas(f=%d)"); } }
  @Group class Krum extends Contract { { of("krum(f=%d)"); } }
  @Group class BlanchardKrum extends Contract { { of("krum(f=%d, neighbors=n-f-2)"); } }
  @Group class MultiKrum extends Contract { { of("multi-krum(f=%d)"); } }
  @Group class MultiKrumOfOne extends Contract { { of("multi-krum(f=%d, m=1)"); } }
  @Group class Bulyan extends Contract { { of("bulyan(f=%d)"); } }
  @Group class Centerwo extends Contract { { of("centerwo(f=%d)"); } }
  @Group class Meanwo extends Contract { { of("meanwo(f=%d)"); } }
  @Group class MinimumDiameterAveraging extends Contract { { of("minimum-diameter-averaging(f=%d)"); } }
  @Group class MinimumVarianceAveraging extends Contract { { of("minimum-variance-averaging(f=%d)"); } }
  @Group class Smea extends Contract { { of("smea(f=%d)"); } }
  @Group class Caf extends Contract { { of("caf(f=%d)"); } }
  @Group class GeometricMedian extends Contract { { of("geometric-median"); } }
  @Group class CoarseGeometricMedian extends Contract { { of("geometric-median(epsilon=0.01)"); } }
  @Group class Cge extends Contract { { of("cge(f=%d)"); } }
  @Group class CenteredClipping extends Contract { { of("centered-clipping(tau=2.5)"); } }
  @Group class CenteredClippingThreeTimes extends Contract { { of("centered-clipping(tau=2.5, iterations=3)"); } }
  @Group class NnmTrimmedMean extends Contract { { of("nnm(f=%d) | trimmed-mean(f=%d)"); } }
  @Group class NnmMedian extends Contract { { of("nnm(f=%d) | median"); } }
  @Group class NnmKrum extends Contract { { of("nnm(f=%d) | krum(f=%d)"); } }
  @Group class NnmMultiKrum extends Contract { { of("nnm(f=%d) | multi-krum(f=%d)"); } }
  @Group class NnmGeometricMedian extends Contract { { of("nnm(f=%d) | geometric-median"); } }
  @Group class NnmMinimumVarianceAveraging extends Contract { { of("nnm(f=%d) | minimum-variance-averaging(f=%d)"); } }
  @Group class NnmCaf extends Contract { { of("nnm(f=%d) | caf(f=%d)"); } }
  @Group class NnmNnmMedian extends Contract { { of("nnm(f=%d) | nnm(f=%d) | median"); } }
  @Group class NnmMean extends Contract { { of("nnm(f=%d) | mean"); } }
  @Group class ArcTrimmedMean extends Contract { { of("arc(f=%d) | trimmed-mean(f=%d)"); } }
  @Group class ArcKrum extends Contract { { of("arc(f=%d) | krum(f=%d)"); } }
  @Group class ArcGeometricMedian extends Contract { { of("arc(f=%d) | geometric-median"); } }
  @Group class ArcNnmTrimmedMean extends Contract { { of("arc(f=%d) | nnm(f=%d) | trimmed-mean(f=%d)"); } }
  @Group class ClippingMedian extends Contract { { of("clipping(c=3) | median"); } }
  @Group class BucketingTrimmedMean extends Contract { { of("bucketing(s=2, seed=7, round=0) | trimmed-mean(f=%d)"); } }
  @Group class BucketingKrum extends Contract { { of("bucketing(s=2, seed=7, round=3) | krum(f=%d)"); } }
  @Group class BucketingNnmMedian extends Contract { { of("bucketing(s=3, seed=1, round=0) | nnm(f=%d) | median"); } }

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
