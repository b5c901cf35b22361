package org.monna.properties;

import java.util.EnumSet;
import java.util.Set;
import org.monna.Aggregator;
import org.monna.baselines.CenterWithOutliers;
import org.monna.testkit.AggregatorContract;
import org.monna.testkit.Claim;

/** The example of docs/adding-a-rule.md, as it stands there. */
class CenterWithOutliersTest implements AggregatorContract {

  @Override
  public Aggregator rule(int f) {
    return new CenterWithOutliers(f);
  }

  @Override
  public Set<Claim> claims() {
    return EnumSet.complementOf(EnumSet.of(Claim.HULL, Claim.PERMUTATION, Claim.PERMUTATION_BITWISE));
  }
}
