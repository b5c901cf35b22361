package org.monna.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.monna.Aggregator;
import org.monna.Certificate;

/**
 * Looks for the vectors on which a rule comes nearest to what its {@linkplain Aggregator#certificate(int, int) certificate}
 * allows: the attacker moves all vectors, honest ones and others, and every set of n-f vectors may be the honest one. A ratio of
 * error to bound above 1 refutes the certificate; one of 1 shows that the bound cannot be improved.
 *
 * <p>For each n, f and d the search begins with vectors on which rules are known to do badly (f ones and n-f zeros,
 * groups, ties, the attacks of {@link Byzantine}), and climbs from the worst of them by a (1+1) evolution strategy
 * with an adapted step. The sizes that came out worst are then searched at length. The same seed gives the same
 * result: nothing depends on time.
 *
 * <p>Values are kept near 1, and sets whose spread is less than a tenth of their largest magnitude do not count, so that ratios
 * are more than rounding: of float in results, 1e-6 of a ratio at most.
 */
public final class AdversarialSearch {

  /**
   * How long to search.
   *
   * @param starts vectors to begin with for each n, f and d
   * @param steps of the climb from the worst of them
   * @param finalists how many n, f and d are searched on
   * @param restarts how many climbs each of these has, from different beginnings
   * @param finalSteps of each of these climbs
   */
  public record Budget(int starts, int steps, int finalists, int restarts, int finalSteps) {

    /** Seconds for a rule; what a test can afford. */
    public static final Budget SHORT = new Budget(24, 40, 3, 3, 500);

    /** For a table to publish. */
    public static final Budget LONG = new Budget(60, 150, 6, 3, 3000);
  }

  /**
   * The worst that was found.
   *
   * @param kind which inequality
   * @param ratio left side over right side
   * @param n the number of vectors
   * @param f how many of them may be arbitrary
   * @param d their length
   * @param vectors the vectors; of a bound on mixing first the n-f honest ones, then f for each of them
   * @param evaluations how many inputs were tried for this kind
   */
  @SuppressWarnings("ArrayRecordComponent") // the vectors are shown, never compared
  public record Worst(BoundKind kind, double ratio, int n, int f, int d, float[][] vectors, long evaluations) {}

  /** A rule for f arbitrary vectors, as the node with this pivot applies it; the pivot is ignored by rules without one. */
  public interface Rule {
    Aggregator of(int f, int pivot);
  }

  /** The largest magnitude of a coordinate: far enough for an outlier, near enough for its distances to have digits. */
  private static final double LARGEST = 64;

  private static final double CONTRAST = 10;

  private final long seed;
  private final Budget budget;
  private final int most;

  /**
   * @param seed of everything random
   * @param budget how long to search
   * @param most the largest n, at most 11: with more vectors there are too many sets of n-f
   */
  public AdversarialSearch(long seed, Budget budget, int most) {
    if (most < 3 || most > 11) {
      throw new IllegalArgumentException("most = " + most + " is not in 3..11");
    }
    this.seed = seed;
    this.budget = budget;
    this.most = most;
  }

  /** The worst found for every bound that the rule has for some n &lt;= most and f &gt;= 1; empty if it has none. */
  public List<Worst> worst(Rule rule) {
    Map<BoundKind, List<Game>> games = new TreeMap<>();
    for (int n = 3; n <= most; n++) {
      for (int f = 1; 2 * f < n; f++) {
        for (Game.Bound bound : Game.Bound.of(certificate(rule, n, f))) {
          for (int d = 1; d <= 3; d++) {
            // A bound of 0 or infinity leaves nothing to divide.
            if (bound.constant() > 0 && bound.constant() < Double.POSITIVE_INFINITY) {
              games.computeIfAbsent(bound.kind(), kind -> new ArrayList<>()).add(game(rule, bound, n, f, d));
            }
          }
        }
      }
    }
    List<Worst> worst = new ArrayList<>();
    games.forEach((kind, ofKind) -> worst.add(worst(kind, ofKind)));
    return worst;
  }

  private static Certificate certificate(Rule rule, int n, int f) {
    Aggregator aggregator = rule.of(f, 0);
    try {
      return aggregator.certificate(n, f);
    } catch (IllegalArgumentException e) {
      return Certificate.none(n, f, String.valueOf(e.getMessage()));
    }
  }

  private static Game game(Rule rule, Game.Bound bound, int n, int f, int d) {
    if (bound.kind().isOfMixing()) {
      Aggregator[] nodes = new Aggregator[n - f];
      Arrays.setAll(nodes, i -> rule.of(f, f + i));
      return new Game.Mixed(nodes, bound, n, f, d, CONTRAST);
    }
    return new Game.OneResult(rule.of(f, 0), bound, n, f, d, CONTRAST, false);
  }

  /**
   * How large {@code ||F - mean_S||^2} becomes in units of {@code 4 (1 + rho)^2 Var_S}, the kappa of the median, when coordinates
   * are up to {@code contrast} times the spread of S. For a rule with a kappa this ends at a number; for one without it grows
   * with the square of the contrast.
   */
  public double unbounded(Aggregator rule, int n, int f, int d, double contrast) {
    double ratio = (double) (n - f) / (n - 2 * f);
    Game.Bound bound = new Game.Bound(BoundKind.KAPPA, 4 * ratio * ratio);
    Game game = new Game.OneResult(rule, bound, n, f, d, contrast, true);
    RandomGenerator random = random(game);
    Position best = new Position(new float[n][d], 0);
    for (int sign = -1; sign <= 1; sign++) {
      float[][] vectors = new float[n][d];
      for (int i = 0; i < n; i++) {
        for (int c = 0; c < d; c++) {
          double honest = 1 + (i % 2 == 0 ? 1.5 : -1.5) / contrast;
          vectors[i][c] = (float) (i < n - f ? honest : sign);
        }
      }
      best = better(best, climb(game, vectors, 200, random));
    }
    return best.ratio;
  }

  private Worst worst(BoundKind kind, List<Game> games) {
    List<Candidate> candidates = new ArrayList<>();
    for (Game game : games) {
      RandomGenerator random = random(game);
      List<Position> positions = new ArrayList<>();
      for (float[][] start : starts(game, random)) {
        positions.add(new Position(start, game.ratio(start)));
      }
      sort(positions);
      positions.set(0, climb(game, positions.get(0).vectors, budget.steps, random));
      candidates.add(new Candidate(game, positions, random));
    }
    candidates.sort(Comparator.comparingDouble((Candidate c) -> c.positions.get(0).ratio).reversed());
    Game worstGame = candidates.get(0).game;
    Position worst = candidates.get(0).positions.get(0);
    for (Candidate candidate : candidates.subList(0, Math.min(budget.finalists, candidates.size()))) {
      for (int k = 0; k < Math.min(budget.restarts, candidate.positions.size()); k++) {
        Position end = climb(candidate.game, candidate.positions.get(k).vectors, budget.finalSteps, candidate.random);
        if (end.ratio > worst.ratio) {
          worst = end;
          worstGame = candidate.game;
        }
      }
    }
    long evaluations = games.stream().mapToLong(Game::evaluations).sum();
    return new Worst(kind, worst.ratio, worstGame.n, worstGame.f, worstGame.d, worst.vectors, evaluations);
  }

  private RandomGenerator random(Game game) {
    return new SplittableRandom(((seed * 31 + game.n) * 31 + game.f) * 31 + game.d);
  }

  private record Candidate(Game game, List<Position> positions, RandomGenerator random) {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Position(float[][] vectors, double ratio) {}

  private static Position better(Position a, Position b) {
    return b.ratio > a.ratio ? b : a;
  }

  private static void sort(List<Position> positions) {
    positions.sort(Comparator.comparingDouble(Position::ratio).reversed());
  }

  /** Vectors on which rules do badly. */
  private List<float[][]> starts(Game game, RandomGenerator random) {
    List<float[][]> starts = new ArrayList<>();
    int n = game.n;
    int f = game.f;
    // The example behind the lower bounds on kappa and lambda, then arbitrary vectors on the other side, and in the midst.
    double[][] places = {{1, 0, 0}, {0, 0, 1}, {-1, 0, 1}, {2, 1, 0}, {-0.9, 0, 1}, {1, 0, 0.5}};
    for (double[] place : places) {
      starts.add(game.start(groups(n, game.d, new int[] {f, n - 2 * f, f}, place)));
    }
    while (starts.size() < budget.starts) {
      starts.add(game.start(random.nextBoolean() ? randomGroups(n, f, game.d, random) : sample(n, f, game.d, random)));
    }
    return starts;
  }

  /** Groups of equal vectors on the line through (1, 1, ..., 1), which is one number for d = 1. */
  private static float[][] groups(int n, int d, int[] sizes, double[] places) {
    float[][] vectors = new float[n][d];
    for (int i = 0, group = 0, left = sizes[0]; i < n; i++, left--) {
      while (left == 0) {
        left = sizes[++group];
      }
      Arrays.fill(vectors[i], (float) places[group]);
    }
    return vectors;
  }

  /** Up to four groups at places of a small lattice: ties of all kinds. */
  private static float[][] randomGroups(int n, int f, int d, RandomGenerator random) {
    int count = random.nextInt(2, 5);
    float[][] places = new float[count][d];
    for (float[] place : places) {
      for (int c = 0; c < d; c++) {
        place[c] = random.nextInt(-2, 3);
      }
    }
    float[][] vectors = new float[n][];
    for (int i = 0; i < n; i++) {
      // One group has f members, since it is with so many that the arbitrary vectors look like others.
      vectors[i] = places[i < f ? 0 : random.nextInt(1, count)].clone();
    }
    return vectors;
  }

  /** Honest and arbitrary vectors of the kit, brought to a common size. */
  private static float[][] sample(int n, int f, int d, RandomGenerator random) {
    Sample sample = Sample.random(n, f, d, random);
    float[][] vectors = sample.dyadic();
    float[][] ordered = new float[n][];
    int front = 0;
    int back = n - f;
    int[] honest = sample.honestIndices();
    for (int i = 0; i < n; i++) {
      boolean isHonest = Arrays.binarySearch(honest, i) >= 0;
      ordered[isHonest ? front++ : back++] = vectors[i];
    }
    for (float[] vector : ordered) {
      for (int c = 0; c < d; c++) {
        vector[c] /= 16;
      }
    }
    return ordered;
  }

  /**
   * Moves that are no worse are kept: many bounds are met on plateaus of ties. The step grows with success and shrinks without,
   * by the rule of one fifth, and begins anew when nothing is left of it.
   */
  private static Position climb(Game game, float[][] start, int steps, RandomGenerator random) {
    Position best = new Position(start, game.ratio(start));
    double step = 0.5;
    for (int k = 0; k < steps; k++) {
      float[][] moved = move(best.vectors, game.d, step, random);
      if (moved.length == 0) {
        continue;
      }
      double ratio = game.ratio(moved);
      step *= ratio > best.ratio ? 1.6 : 0.9;
      if (ratio >= best.ratio) {
        best = new Position(moved, ratio);
      }
      if (step < 1e-5) {
        step = 0.5;
      }
    }
    return best;
  }

  /** Another set of vectors, or nothing if it is too large. */
  private static float[][] move(float[][] vectors, int d, double step, RandomGenerator random) {
    float[][] moved = ContractChecks.copy(vectors);
    int i = random.nextInt(moved.length);
    int j = random.nextInt(moved.length);
    int k = random.nextInt(moved.length);
    switch (random.nextInt(8)) {
      case 0, 1 -> {
        for (float[] vector : moved) {
          shake(vector, step, random);
        }
      }
      case 2, 3 -> shake(moved[i], step, random);
      case 4 -> moved[i][random.nextInt(d)] += (float) (step * random.nextGaussian());
      // One vector more in a group.
      case 5 -> moved[i] = moved[j].clone();
      // Onto the line through two others, in even proportions more often than not: equal distances.
      case 6 -> {
        double t = random.nextBoolean() ? random.nextInt(-2, 5) / 2.0 : random.nextGaussian();
        for (int c = 0; c < d; c++) {
          moved[i][c] = (float) (vectors[j][c] + t * ((double) vectors[k][c] - vectors[j][c]));
        }
      }
      // A whole group of equal vectors.
      default -> {
        double[] shift = new double[d];
        Arrays.setAll(shift, c -> step * random.nextGaussian());
        for (int m = 0; m < moved.length; m++) {
          if (Arrays.equals(vectors[m], vectors[i])) {
            for (int c = 0; c < d; c++) {
              moved[m][c] = (float) (vectors[i][c] + shift[c]);
            }
          }
        }
      }
    }
    boolean small = Game.largestMagnitude(moved, Exact.all(moved.length)) <= LARGEST;
    return small ? moved : new float[0][];
  }

  private static void shake(float[] vector, double step, RandomGenerator random) {
    for (int c = 0; c < vector.length; c++) {
      vector[c] += (float) (step * random.nextGaussian());
    }
  }
}
