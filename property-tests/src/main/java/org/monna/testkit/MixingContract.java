package org.monna.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.monna.Aggregator;
import org.monna.Guarantee;

/**
 * What a rule with a pivot must do when every honest node mixes with it, as jqwik properties: the (alpha,
 * lambda)-reduction of its {@link Guarantee.Reduction}, and survival of each node whose own vector is honest. The
 * arbitrary vectors may tell each node something different.
 */
public interface MixingContract {

  /** The rule of the node whose own vector has the index {@code pivot}. */
  Aggregator rule(int f, int pivot);

  /** The least number of vectors for which {@code rule(f, pivot)} is defined. */
  default int fewest(int f) {
    return 2 * f + 1;
  }

  /** The largest number of vectors to try. */
  default int most() {
    return 25;
  }

  /** The rounds of one mixing against attackers that know everything. */
  @Property(tries = 300, seed = AggregatorContract.SEED)
  default void reductionHolds(@ForAll("samples") Sample sample) {
    float[][] vectors = sample.vectors();
    int[] honest = sample.honestIndices();
    RandomGenerator random = new SplittableRandom(sample.seed());
    for (Equivocation equivocation : Equivocation.values()) {
      reduction(sample.f(), vectors, honest, equivocation, random);
    }
  }

  private void reduction(
      int f, float[][] vectors, int[] honest, Equivocation equivocation, RandomGenerator random) {
    double[] mean = Exact.mean(vectors, honest);
    float[][] mixed = new float[honest.length][];
    for (int k = 0; k < honest.length; k++) {
      float[][] received = equivocation.received(vectors, honest, honest[k], mean, random);
      mixed[k] = ContractChecks.result(rule(f, honest[k]), received);
    }
    ContractChecks.reduction(rule(f, honest[0]), vectors, honest, mixed);
  }

  @Property(tries = 100, seed = AggregatorContract.SEED)
  default void honestNodesSurvive(@ForAll("hostileSamples") Sample sample) {
    for (int pivot : sample.honestIndices()) {
      ContractChecks.survives(rule(sample.f(), pivot), sample.vectors(), sample.honestIndices());
    }
  }

  @Property(tries = 40, seed = AggregatorContract.SEED)
  default void unanimousHonestVectorsAreReturned(@ForAll("samples") Sample sample) {
    float[][] vectors = sample.vectors();
    int[] honest = sample.honestIndices();
    for (int i : honest) {
      vectors[i] = vectors[honest[0]].clone();
    }
    for (int pivot : honest) {
      ContractChecks.unanimity(rule(sample.f(), pivot), vectors, vectors[pivot]);
    }
  }

  @Provide
  default Arbitrary<Sample> samples() {
    return samples(Arbitraries.of(Byzantine.class));
  }

  /** Samples in which the arbitrary vectors attack the arithmetic. */
  @Provide
  default Arbitrary<Sample> hostileSamples() {
    return samples(Arbitraries.of(Byzantine.hostileValues()));
  }

  private Arbitrary<Sample> samples(Arbitrary<Byzantine> byzantine) {
    return Samples.of(this::fewest, most(), Arbitraries.of(Honest.class), byzantine, Samples.UP_TO_50);
  }

  /** What the arbitrary vectors tell each node. */
  enum Equivocation {

    /** The same to everyone. */
    NONE {
      @Override
      double sign(int receiver, int position, RandomGenerator random) {
        return 0;
      }
    },

    /**
     * To everyone a vector at the rim of its neighbourhood, away from the mean of the honest: keeps the nodes apart.
     */
    APART {
      @Override
      double sign(int receiver, int position, RandomGenerator random) {
        return 1;
      }
    },

    /** At the rim of the neighbourhood, on the side of the mean: draws the nodes together past it. */
    TOGETHER {
      @Override
      double sign(int receiver, int position, RandomGenerator random) {
        return -1;
      }
    },

    /** One half of the nodes is drawn one way, the other half the other way. */
    SPLIT {
      @Override
      double sign(int receiver, int position, RandomGenerator random) {
        return position % 2 == 0 ? 1 : -1;
      }
    },

    /** At random. */
    RANDOM {
      @Override
      double sign(int receiver, int position, RandomGenerator random) {
        return random.nextDouble(-1, 1);
      }
    };

    abstract double sign(int receiver, int position, RandomGenerator random);

    /** The vectors as the receiver gets them. */
    float[][] received(
        float[][] vectors, int[] honest, int receiver, double[] mean, RandomGenerator random) {
      List<Integer> good = Arrays.stream(honest).boxed().toList();
      float[] own = vectors[receiver];
      double[] distances = good.stream().mapToDouble(i -> Exact.squaredDistance(vectors[i], own)).sorted().toArray();
      double away = Math.sqrt(Exact.squaredDistance(own, mean));
      float[][] received = new float[vectors.length][];
      for (int i = 0; i < received.length; i++) {
        double sign = good.contains(i) ? 0 : sign(receiver, good.indexOf(receiver), random);
        received[i] = vectors[i].clone();
        if (sign != 0) {
          // Within the distance of the farthest honest vectors, so that it takes the place of one of them.
          int rank = distances.length - 1 - random.nextInt(vectors.length - good.size());
          double rim = Math.sqrt(distances[Math.max(0, rank)]);
          for (int c = 0; c < own.length; c++) {
            double direction = away > 0 ? (own[c] - mean[c]) / away : 1 / Math.sqrt(own.length);
            received[i][c] = (float) (own[c] + sign * 0.999 * rim * direction);
          }
        }
      }
      return received;
    }
  }
}
