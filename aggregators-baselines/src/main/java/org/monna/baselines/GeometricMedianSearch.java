package org.monna.baselines;

import static org.monna.baselines.Dense.add;
import static org.monna.baselines.Dense.dot;
import static org.monna.baselines.Dense.sum;
import static org.monna.baselines.SeenFrom.sumOfLeast;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The search for the point with the least sum of distances to given vectors, in as many dimensions as there are
 * vectors.
 *
 * <ol>
 *   <li>Every point with the least sum is within {@code radius = min_k 2 (sum of the k least distances) / (2k - n)}, k
 *       &gt; n/2, of any point whatever from which distances are taken. If a vector is {@link #FAR} times farther away,
 *       its distances no longer tell in which direction it pulls, and the directions are measured, at most twice.
 *   <li>The vector with the least sum is the solution if the pull of the others, unit vectors that add up, is at most
 *       as strong as the number of vectors there (Kuhn's condition). Otherwise every step starts below the sum of any
 *       vector and never comes upon one.
 *   <li>A step is Newton's, by conjugate gradients, shortened until the sum falls, and then Weiszfeld's, which makes
 *       the point a weighted mean again. Weiszfeld's alone is fast unless the vectors lie near a line.
 *   <li>With the gradient g at z and every solution within a radius of z, the sum at z is at most {@code ||g|| radius}
 *       above the least.
 * </ol>
 */
final class GeometricMedianSearch {

  /**
   * How many times the radius of step 1 a vector is away whose direction is measured: 2^7. Below, a pull is off by some
   * 1e-5 at most, and the sum by the square of that.
   */
  private static final double FAR = 0x1p7;

  private static final int ROUNDS = 100;
  private static final int CONJUGATE_STEPS = 50;
  private static final int HALVINGS = 40;

  private final int centre;
  private final SeenFrom seen;
  private final double[] radius;
  private final int majority;
  private final double epsilon;

  /** The number of vectors at the centre. */
  private final int atCentre;

  /** The steps after the first. */
  private int rounds;

  GeometricMedianSearch(SeenFrom seen, int centre, double epsilon) {
    this.centre = centre;
    this.seen = seen;
    this.radius = seen.radius;
    this.majority = radius.length / 2 + 1;
    this.epsilon = epsilon;
    this.atCentre = (int) Arrays.stream(radius).filter(r -> r == 0).count();
  }

  /** The weights of the vectors whose sum is the solution. */
  static double[] weights(FiniteVectors vectors, double epsilon) {
    double[][] squared = vectors.squaredDistances();
    int n = squared.length;
    int middle = SeenFrom.middle(squared, n / 2 + 1);
    double[] radius = SeenFrom.sqrt(squared[middle]);
    double near = radiusOfSolutions(radius);
    if (near == 0) {
      // More than half of the vectors are there.
      double[] weights = new double[n];
      weights[middle] = 1;
      return weights;
    }
    if (Arrays.stream(radius).allMatch(r -> r <= FAR * near)) {
      int best = SeenFrom.middle(squared, n);
      return new GeometricMedianSearch(new SeenFrom(squared, best), best, epsilon).solve();
    }
    SeenFrom seen = SeenFrom.again(vectors, squared, middle);
    int best = leastSum(seen, near);
    return new GeometricMedianSearch(
            best == middle ? seen : SeenFrom.again(vectors, squared, best), best, epsilon)
        .solve();
  }

  /** The vector with the least sum of distances, which is within a radius of the centre, where far vectors are seen from. */
  private static int leastSum(SeenFrom seen, double near) {
    double[] radius = seen.radius;
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < radius.length; i++) {
      double sum = 0;
      for (int j = 0; j < radius.length && radius[i] <= near; j++) {
        double r = radius[j];
        double change = radius[i] * (radius[i] - 2 * r * seen.cosine[i][j]);
        sum += change == 0 ? 0 : change / (Math.sqrt(Math.max(0, r * r + change)) + r);
      }
      if (radius[i] <= near && sum < least) {
        least = sum;
        best = i;
      }
    }
    return best;
  }

  /** The radius around a point in which all solutions lie, from the distances to that point. */
  private static double radiusOfSolutions(double[] distances) {
    int n = distances.length;
    double[] sorted = distances.clone();
    Arrays.sort(sorted);
    double least = Double.POSITIVE_INFINITY;
    double sum = 0;
    for (int k = 1; k <= n; k++) {
      sum += sorted[k - 1];
      if (2 * k > n) {
        least = Math.min(least, 2 * sum / (2 * k - n));
      }
    }
    return least;
  }

  double[] solve() {
    double[] b = firstStep();
    double[] weights = new double[radius.length];
    if (b != null) {
      Point z = new Point(b, seen.project(b));
      for (; rounds < ROUNDS && z.gap() > epsilon * z.sumOfMajority(); rounds++) {
        Point next = z.newton().weiszfeld();
        if (!(next.sum < z.sum)) {
          next = z.weiszfeld();
        }
        if (!(next.sum < z.sum)) {
          break;
        }
        z = next;
      }
      for (int i = 0; i < radius.length; i++) {
        weights[i] = radius[i] > 0 ? z.b[i] / radius[i] : 0;
      }
    }
    weights[centre] = 1 - sum(weights);
    return weights;
  }

  int rounds() {
    return rounds;
  }

  /**
   * The step away from the centre that is known to lower the sum (Vardi and Zhang), or null if the centre is the
   * solution.
   */
  private double @Nullable [] firstStep() {
    double[] unit = Arrays.stream(radius).map(r -> r > 0 ? 1 : 0).toArray();
    double pull = Math.sqrt(Math.max(0, dot(unit, seen.project(unit))));
    double excess = pull - atCentre;
    if (excess * radiusOfSolutions(radius) <= epsilon * sumOfLeast(radius, majority)) {
      return null;
    }
    double stiffness = sum(Arrays.stream(radius).filter(r -> r > 0).map(r -> 1 / r).toArray());
    return Arrays.stream(unit).map(u -> u * excess / pull / stiffness).toArray();
  }

  /** A point z = centre + sum b_i u_i, with what follows from the coefficients. */
  private final class Point {

    final double[] b;
    final double[] projected;
    final double square;

    /** The distances to the vectors; to those at the centre that to the centre. */
    final double[] distance;

    /** The sum of the distances, less that at the centre, which may be larger by many digits. */
    final double sum;

    /** The sum of the inverse distances. */
    final double stiffness;

    Point(double[] b, double[] projected) {
      this.b = b;
      this.projected = projected;
      this.square = Math.max(0, dot(b, projected));
      this.distance = new double[b.length];
      double sum = 0;
      double stiffness = 0;
      for (int i = 0; i < b.length; i++) {
        double change = square - 2 * radius[i] * projected[i];
        // No step ends at a vector, but rounding may.
        distance[i] = Math.max(0x1p-40 * radius[i], Math.sqrt(Math.max(0, change + radius[i] * radius[i])));
        sum += change / (distance[i] + radius[i]);
        stiffness += 1 / distance[i];
      }
      this.sum = sum;
      this.stiffness = stiffness;
    }

    double sumOfMajority() {
      return sumOfLeast(distance, majority);
    }

    /** A bound on the difference between the sum here and the least one. */
    double gap() {
      double[] gradient = gradient();
      return Math.sqrt(Math.max(0, dot(gradient, seen.project(gradient)))) * radiusOfSolutions(distance);
    }

    /** The gradient: the sum of the unit vectors that point here from the vectors. */
    private double[] gradient() {
      double[] gradient = new double[b.length];
      for (int i = 0; i < b.length; i++) {
        gradient[i] = stiffness * b[i] - radius[i] / distance[i];
      }
      return gradient;
    }

    /** Weiszfeld's step: the mean of the vectors with their inverse distances as weights. */
    Point weiszfeld() {
      double[] next = new double[b.length];
      for (int i = 0; i < b.length; i++) {
        next[i] = radius[i] / distance[i] / stiffness;
      }
      return new Point(next, seen.project(next));
    }

    /** Newton's step, halved until the sum is less; this point if it never is. */
    Point newton() {
      double[] step = new double[b.length];
      double[] projectedStep = new double[b.length];
      conjugateGradients(step, projectedStep);
      for (int halving = 0; halving < HALVINGS; halving++) {
        Point next = new Point(moved(b, step, 1), moved(projected, projectedStep, 1));
        if (next.sum < sum) {
          return next;
        }
        Arrays.setAll(step, i -> step[i] / 2);
        Arrays.setAll(projectedStep, i -> projectedStep[i] / 2);
      }
      return this;
    }

    /** Solves (Hessian) step = -gradient, both divided by the stiffness, in the metric of the cosines. */
    private void conjugateGradients(double[] step, double[] projectedStep) {
      double[] residual = gradient();
      Arrays.setAll(residual, i -> -residual[i] / stiffness);
      double[] projectedResidual = seen.project(residual);
      double[] direction = residual.clone();
      double[] projectedDirection = projectedResidual.clone();
      double norm = dot(residual, projectedResidual);
      double enough = 1e-8 * norm;
      for (int k = 0; k < CONJUGATE_STEPS && norm > enough; k++) {
        double[] image = hessian(direction, projectedDirection);
        double curvature = dot(projectedDirection, image);
        if (!(curvature > 0)) {
          return;
        }
        double length = norm / curvature;
        add(length, direction, step);
        add(length, projectedDirection, projectedStep);
        add(-length, image, residual);
        projectedResidual = seen.project(residual);
        double next = dot(residual, projectedResidual);
        direction = moved(residual, direction, next / norm);
        projectedDirection = moved(projectedResidual, projectedDirection, next / norm);
        norm = next;
      }
    }

    /**
     * The Hessian {@code sum (1/r_i) (I - v_i v_i')}, v_i the unit vector from vector i to z, divided by the stiffness.
     */
    private double[] hessian(double[] direction, double[] projectedDirection) {
      double along = dot(b, projectedDirection);
      double[] image = direction.clone();
      double factors = 0;
      for (int i = 0; i < b.length; i++) {
        double alongUnit = (along - radius[i] * projectedDirection[i]) / distance[i];
        double factor = alongUnit / distance[i] / distance[i] / stiffness;
        factors += factor;
        image[i] += radius[i] * factor;
      }
      add(-factors, b, image);
      return image;
    }
  }

  private static double[] moved(double[] from, double[] direction, double length) {
    double[] to = from.clone();
    add(length, direction, to);
    return to;
  }
}
