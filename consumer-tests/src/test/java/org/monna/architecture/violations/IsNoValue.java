package org.monna.architecture.violations;

import java.io.DataInput;
import org.monna.Aggregator;
import org.monna.Optimizer;
import org.monna.PreAggregator;

/** Rules that somebody can change, or that are not equal to their equals. */
public final class IsNoValue {

  private IsNoValue() {}

  abstract static class ClassOfRule implements Aggregator {}

  abstract static class ClassOfStep implements PreAggregator {}

  abstract static class Changing implements Optimizer {
    final int constant = 1;
    int changing;
  }

  record WithArray(double[] weights) implements Optimizer {

    @Override
    public State newState(int d) {
      throw new UnsupportedOperationException();
    }

    @Override
    public State restore(DataInput input, int d) {
      throw new UnsupportedOperationException();
    }
  }
}
