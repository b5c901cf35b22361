package org.monna.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.monna.Coordinatewise;
import org.monna.Engine;
import org.monna.Geometry;
import org.monna.Geometry.Need;
import org.monna.Mixing;
import org.monna.Plan;

/** Both passes block by block, as engines do them whose vectors are not in memory: the bits of the engine on arrays. */
@Timeout(60)
class BlocksTest {

  private static final int N = 5;
  private static final int D = 3 * GeometrySums.SHARD + 1234;

  private static final List<Need> NEEDS =
      List.of(Need.NONE, Need.NORMS, Need.PAIRWISE, Need.fromPivot(1), Need.fromPivot(2).and(Need.NORMS));

  private static final List<Plan> PLANS =
      List.of(
          Plan.weights(0.25, 0, 0.5, 0.125, -3),
          Plan.mean(N, 0, 2),
          Plan.coordinatewise(N, Coordinatewise.ranks(1, 4)),
          Plan.coordinatewise(N, Coordinatewise.around(2, 3, 3)),
          new Plan(Mixing.selection(N, 4, 0, 2), Coordinatewise.ranks(1, 2)),
          new Plan(Mixing.diagonal(1, 2, 3, 4, 5), Coordinatewise.ranks(0, 5)),
          new Plan(
              Mixing.of(new double[][] {{0.5, 0, 0.5, 0, 0}, {0, 0, 0.1, 0.9, 0}, {0.5, 0, 0, 0.5, 0}}),
              Coordinatewise.around(1, 2, 2)));

  /** All plans in turn on the same blocks, as nodes mix at once: what one leaves in the working memory is nothing to the next. */
  @Test
  void workersOfOneThreadCanShareWorkingMemory() {
    float[][] vectors = vectors();
    float[][] out = new float[PLANS.size()][D];
    BlockPlan.Worker[] workers = new BlockPlan.Worker[PLANS.size()];
    for (int p = 0; p < workers.length; p++) {
      BlockPlan plan = new BlockPlan(PLANS.get(p), N);
      workers[p] = p == 0 ? plan.worker() : plan.worker(workers[p - 1]);
    }
    for (int from = 0; from < D; from += 3000) {
      for (int p = 0; p < workers.length; p++) {
        workers[p].apply(vectors, from, Math.min(from + 3000, D), out[p], from);
      }
    }
    for (int p = 0; p < workers.length; p++) {
      float[] expected = new float[D];
      Engine.sequential().apply(PLANS.get(p), vectors, expected);
      assertArrayEquals(expected, out[p]);
    }
  }

  private static float[][] vectors() {
    RandomGenerator random = new SplittableRandom(3);
    float[][] vectors = new float[N][D];
    for (float[] vector : vectors) {
      for (int c = 0; c < D; c++) {
        vector[c] = (float) random.nextGaussian();
      }
    }
    return vectors;
  }

  /** The coordinates of the shard, somewhere in arrays of their own. */
  private static float[][] block(float[][] vectors, int from, int to, int at) {
    float[][] rows = new float[N][at + to - from + 7];
    for (int i = 0; i < N; i++) {
      System.arraycopy(vectors[i], from, rows[i], at, to - from);
    }
    return rows;
  }

  private static Geometry measured(float[][] vectors, Need need) {
    return measured(vectors, need, GeometrySums.SHARD);
  }

  private static Geometry measured(float[][] vectors, Need need, int piece) {
    GeometrySums sums = new GeometrySums(need, N);
    for (int from = 0; from < D; from += GeometrySums.SHARD) {
      int to = Math.min(D, from + GeometrySums.SHARD);
      GeometrySums shard = new GeometrySums(need, N);
      if (piece == GeometrySums.SHARD) {
        shard.measure(block(vectors, from, to, 3), 3, 3 + to - from);
      }
      for (int c = from; c < to && piece < GeometrySums.SHARD; c += piece) {
        int end = Math.min(to, c + piece);
        shard.measureNext(block(vectors, c, end, 3), 3, 3 + end - c);
      }
      sums.add(GeometrySums.of(need, N, shard.values()));
    }
    return sums.geometry();
  }

  private static void assertSame(float[][] vectors, Need need) {
    assertSame(vectors, need, measured(vectors, need));
    assertSame(vectors, need, measured(vectors, need, GeometrySums.PIECE));
    assertSame(vectors, need, measured(vectors, need, 3 * GeometrySums.PIECE));
  }

  private static void assertSame(float[][] vectors, Need need, Geometry actual) {
    Geometry expected = Engine.sequential().geometry(need, vectors);
    for (int i = 0; i < N; i++) {
      assertEquals(expected.isFinite(i), actual.isFinite(i));
      if (need.norms()) {
        assertEquals(expected.squaredNorm(i), actual.squaredNorm(i));
      }
      for (int j = 0; j < N; j++) {
        if (need.pairwise() || need.pivot() >= 0 && (i == need.pivot() || j == need.pivot())) {
          assertEquals(expected.squaredDistance(i, j), actual.squaredDistance(i, j));
        }
      }
    }
  }

  @Test
  void theGeometryAddsUp() {
    for (Need need : NEEDS) {
      assertSame(vectors(), need);
    }
  }

  @Test
  void vectorsThatAreNotFiniteAreFoundInWhateverShardTheyAreNot() {
    float[][] vectors = vectors();
    vectors[1][GeometrySums.SHARD + 5] = Float.NaN;
    vectors[3][D - 1] = Float.NEGATIVE_INFINITY;
    for (Need need : NEEDS) {
      assertSame(vectors, need);
      Geometry geometry = measured(vectors, need);
      for (int i = 0; i < N; i++) {
        assertEquals(!need.equals(Need.NONE) && (i == 1 || i == 3), !geometry.isFinite(i), need + " " + i);
      }
    }
  }

  /** In each shard all vectors but one hold a NaN, so that no distance there is finite; over all shards vector 2 alone is finite. */
  @Test
  void theOnlyFiniteVectorIsTold() {
    float[][] vectors = vectors();
    for (int c = 0; c < D; c += 1000) {
      for (int i : new int[] {0, 1, 3, 4}) {
        vectors[i][c] = Float.POSITIVE_INFINITY;
      }
    }
    for (Need need : NEEDS) {
      assertSame(vectors, need);
    }
    Geometry geometry = measured(vectors, Need.PAIRWISE);
    assertTrue(geometry.isFinite(2));
    assertFalse(geometry.isFinite(0));
  }

  @Test
  void plansAreAppliedToBlocksOfAnyLength() {
    float[][] vectors = vectors();
    for (Plan plan : PLANS) {
      float[] expected = new float[D];
      Engine.sequential().apply(plan, vectors, expected);
      BlockPlan.Worker worker = new BlockPlan(plan, N).worker();
      float[] out = new float[D];
      float[] blockOut = new float[20_002];
      for (int from = 0, length = 1; from < D; from += length, length = Math.min(D - from, 3 * length + 1) % 20_000 + 1) {
        length = Math.min(length, D - from);
        worker.apply(block(vectors, from, from + length, 5), 5, 5 + length, blockOut, 2);
        System.arraycopy(blockOut, 2, out, from, length);
      }
      assertArrayEquals(expected, out, plan.toString());
    }
  }

  @Test
  void aPlanForAnotherNumberOfVectorsIsRefused() {
    for (Plan plan : PLANS) {
      for (int n : new int[] {N - 1, N + 1}) {
        assertEquals(
            "a plan for %d vectors is applied to %d".formatted(N, n),
            assertThrows(IllegalArgumentException.class, () -> new BlockPlan(plan, n)).getMessage());
      }
    }
  }

  @Test
  void vectorsThatAPlanDoesNotReadMayBeAnything() {
    float[][] vectors = vectors();
    for (Plan plan : PLANS) {
      BlockPlan blocks = new BlockPlan(plan, N);
      float[] expected = new float[100];
      blocks.worker().apply(vectors, 0, 100, expected, 0);
      float[][] others = block(vectors, 0, 100, 0);
      for (int i = 0; i < N; i++) {
        if (!blocks.reads(i)) {
          Arrays.fill(others[i], Float.NaN);
        }
      }
      float[] out = new float[100];
      blocks.worker().apply(others, 0, 100, out, 0);
      assertArrayEquals(expected, out);
    }
    BlockPlan first = new BlockPlan(PLANS.get(0), N);
    assertArrayEquals(
        new boolean[] {true, false, true, true, true},
        new boolean[] {first.reads(0), first.reads(1), first.reads(2), first.reads(3), first.reads(4)});
  }

  /** What is measured replaces the sums that were there. */
  @Test
  void measuredAgain() {
    for (Need need : List.of(Need.PAIRWISE.and(Need.NORMS), Need.fromPivot(0))) {
      GeometrySums sums = new GeometrySums(need, 2);
      sums.measure(new float[][] {{Float.NaN}, {5}}, 0, 1);
      assertFalse(sums.geometry().isFinite(0));
      sums.measure(new float[][] {{1}, {3}}, 0, 1);
      Geometry geometry = sums.geometry();
      assertTrue(geometry.isFinite(0) && geometry.isFinite(1));
      assertEquals(4, geometry.squaredDistance(0, 1));
      sums.measure(Mixing.of(new double[][] {{1, 0}, {1, 1}}), new float[][] {{1}, {3}}, 0, 1);
      assertEquals(9, sums.geometry().squaredDistance(0, 1));
    }
  }

  @Test
  void valuesOfAnotherLengthAreRefused() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> GeometrySums.of(Need.NORMS, N, new double[9]));
    assertEquals("9 values instead of 10 for the sums of 5 vectors", e.getMessage());
  }
}
