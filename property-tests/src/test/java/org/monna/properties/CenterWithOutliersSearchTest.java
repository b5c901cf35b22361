package org.monna.properties;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.monna.baselines.CenterWithOutliers;
import org.monna.testkit.AdversarialSearch;

/** The search of docs/adding-a-rule.md, as it stands there. */
class CenterWithOutliersSearchTest {

  @Test
  void noBoundIsViolated() {
    AdversarialSearch search = new AdversarialSearch(1, AdversarialSearch.Budget.SHORT, 7);
    for (AdversarialSearch.Worst worst : search.worst((f, pivot) -> new CenterWithOutliers(f))) {
      assertTrue(worst.ratio() <= 1 + 1e-5, () -> worst + " " + Arrays.deepToString(worst.vectors()));
    }
  }
}
