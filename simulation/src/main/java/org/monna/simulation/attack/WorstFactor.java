package org.monna.simulation.attack;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.monna.Aggregator;
import org.monna.Coordinatewise;
import org.monna.Geometry.Need;
import org.monna.Geometry;
import org.monna.Mixing;
import org.monna.Pipeline;
import org.monna.Plan;
import org.monna.baselines.Bucketing;
import org.monna.baselines.SampleWeights;
import org.monna.nna.NearestNeighborAveraging;
import org.monna.simulation.attack.Scene.View;
import org.monna.simulation.mixing.Crew;
import org.monna.simulation.mixing.Geometries;
import org.monna.simulation.mixing.SelfCentredClipping;

/**
 * How much harm the Byzantine vector {@code base + z direction} does, as a function of z: with F_v what view v makes of
 * its honest vectors and that vector, {@code || mean over the views of (F_v - mean of the honest vectors in v) ||^2}.
 *
 * <p>Nothing is aggregated to answer. The vector is the weighted sum {@code (1-z) base + z (base + direction)}, so its
 * distances from all others follow from those of these two, measured once; a rule plans on them; and what it makes of
 * its vectors is again a weighted sum, whose distance from the mean follows as well. A z costs a plan for each view and
 * no look at the vectors. Only what a rule does coordinate by coordinate must be done: of more than {@value #SAMPLE}
 * coordinates on as many of them, spread over the whole length.
 *
 * <p>In MoNNA's experiments (arXiv 2209.10931) every view holds all honest vectors, though a node in fact obtains only
 * some of them.
 */
final class WorstFactor {

  static final int EVALUATIONS = 16;

  private static final int SAMPLE = 1 << 15;

  private final int honest;
  private final List<View> views;
  private final Crew crew;
  private final float[][] rows;
  private final @Nullable Geometry geometry;

  /** Of the rows, if a rule asks for it. */
  private float @Nullable [][] sample;

  /** Against the given views, which are some of the scene's. */
  WorstFactor(Scene scene, List<View> views, float[] base, float[] direction) {
    this(scene, views, base, direction, () -> (from, to) -> {});
  }

  /** The same with a base and a direction that are made on the way. */
  WorstFactor(
      Scene scene, List<View> views, float[] base, float[] direction, Supplier<? extends Crew.Range> making) {
    this.honest = scene.honest().length;
    this.crew = scene.crew();
    // If all aggregate the same vectors, and the rule does not ask which is its own or in which place one is, one answer is that of all.
    boolean one = scene.alike() && views.stream().noneMatch(v -> hasOwn(v.rule(), size(v)));
    this.views = one ? views.subList(0, 1) : views;
    float[] end = new float[base.length];
    Supplier<Crew.Range> makingAll =
        () -> {
          Crew.Range make = making.get();
          return (from, to) -> {
            make.run(from, to);
            Scene.along(base, direction, 1, end, from, to);
          };
        };
    this.rows = Arrays.copyOf(scene.honest(), honest + 2);
    rows[honest] = base;
    rows[honest + 1] = end;
    if (this.views.stream().allMatch(WorstFactor::onlyCoordinates)) {
      this.geometry = null;
      crew.forEachRange(end.length, Crew.BLOCK, makingAll);
    } else {
      this.geometry = scene.survey().with(Need.NORMS, makingAll, base, end);
    }
  }

  private static int size(View view) {
    return view.honest().length + view.byzantine();
  }

  private static boolean hasOwn(Aggregator rule, int n) {
    return switch (rule) {
      case NearestNeighborAveraging _, SelfCentredClipping _ -> true;
      case Pipeline pipeline ->
          pipeline.first() instanceof Bucketing
              || pipeline.first() instanceof SampleWeights
              || hasOwn(pipeline.rest(), pipeline.first().rows(n));
      default -> rule.need(n).pivot() >= 0;
    };
  }

  /** True if neither the plan nor its effect is a matter of geometry. */
  private static boolean onlyCoordinates(View view) {
    if (!view.rule().need(size(view)).isNone()) {
      return false;
    }
    return !isSingle(view.rule().plan(Geometry.unmeasured(size(view))));
  }

  private static boolean isSingle(Plan plan) {
    return plan.phi() instanceof Coordinatewise.Single;
  }

  /** All coordinates of the rows, or one of each of {@link #SAMPLE} parts, at a place that looks random. */
  private float[][] sample() {
    float[][] known = sample;
    if (known != null) {
      return known;
    }
    float[][] drawn = rows;
    int d = rows[0].length;
    if (d > SAMPLE) {
      int[] places = new int[SAMPLE];
      for (int k = 0; k < SAMPLE; k++) {
        int from = (int) ((long) k * d / SAMPLE);
        int width = (int) ((k + 1L) * d / SAMPLE) - from;
        places[k] = from + Math.floorMod(k * 0x9e3779b9, width);
      }
      float[][] some = new float[rows.length][SAMPLE];
      crew.forEach(
          rows.length,
          i -> {
            for (int k = 0; k < SAMPLE; k++) {
              some[i][k] = rows[i][places[k]];
            }
          });
      drawn = some;
    }
    sample = drawn;
    return drawn;
  }

  /** The worst z of so many that the {@link LineSearch} tries. */
  double search() {
    return LineSearch.maximize(this::harm, EVALUATIONS);
  }

  /** The harm that z does. */
  double harm(double z) {
    Geometry known = geometry == null ? null : withForged(geometry, z);
    double[] outcome = new double[honest + 2];
    double[] honestMean = new double[honest + 2];
    double[] direct = new double[0];
    boolean weighted = false;
    for (View view : views) {
      Plan plan = view.rule().plan(seenFrom(view, known));
      if (isSingle(plan)) {
        weighted = true;
        addWeights(view, plan, z, outcome, honestMean);
      } else {
        direct = direct.length == 0 ? new double[sample()[0].length] : direct;
        addDirect(view, plan, z, direct);
      }
    }
    double harm = 0;
    if (weighted) {
      Mixing both = Mixing.of(new double[][] {outcome, honestMean});
      harm = requireNonNull(geometry).mixed(both, Need.PAIRWISE).squaredDistance(0, 1);
    }
    double sum = 0;
    for (double difference : direct) {
      sum += difference * difference;
    }
    return direct.length == 0 ? harm : harm + sum * rows[0].length / direct.length;
  }

  /** The geometry of the honest vectors and the forged one, which is last. */
  private Geometry withForged(Geometry geometry, double z) {
    double[][] weights = new double[honest + 1][honest + 2];
    for (int i = 0; i < honest; i++) {
      weights[i][i] = 1;
    }
    weights[honest][honest] = 1 - z;
    weights[honest][honest + 1] = z;
    return geometry.mixed(Mixing.of(weights), Need.PAIRWISE.and(Need.NORMS));
  }

  private Geometry seenFrom(View view, @Nullable Geometry known) {
    int n = size(view);
    if (known == null) {
      return Geometry.unmeasured(n);
    }
    int[] rows = Arrays.copyOf(view.honest(), n);
    Arrays.fill(rows, view.honest().length, n, honest);
    return Geometries.select(known, rows, view.rule().need(n).and(Need.PAIRWISE));
  }

  private void addWeights(View view, Plan plan, double z, double[] outcome, double[] honestMean) {
    int own = view.honest().length;
    double forged = 0;
    for (int k = 0; k < size(view); k++) {
      double weight = plan.mixing().weight(0, k) / views.size();
      if (k < own) {
        outcome[view.honest()[k]] += weight;
        honestMean[view.honest()[k]] += 1.0 / own / views.size();
      } else {
        forged += weight;
      }
    }
    outcome[honest] += (1 - z) * forged;
    outcome[honest + 1] += z * forged;
  }

  private void addDirect(View view, Plan plan, double z, double[] direct) {
    float[][] sample = sample();
    int own = view.honest().length;
    float[] forged = new float[direct.length];
    for (int c = 0; c < forged.length; c++) {
      forged[c] = (float) ((1 - z) * sample[honest][c] + z * sample[honest + 1][c]);
    }
    float[][] received = new float[size(view)][];
    Arrays.fill(received, forged);
    for (int k = 0; k < own; k++) {
      received[k] = sample[view.honest()[k]];
    }
    float[] out = new float[direct.length];
    crew.engine().apply(plan, received, out);
    float[] mean = crew.mean(Arrays.copyOf(received, own));
    for (int c = 0; c < direct.length; c++) {
      direct[c] += ((double) out[c] - mean[c]) / views.size();
    }
  }
}
