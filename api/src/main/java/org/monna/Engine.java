package org.monna;

import java.util.concurrent.Executor;
import org.monna.kernel.SumsOfSquares;

/**
 * Measures the geometry of vectors and applies a plan to them: the two passes over the data of every aggregation. All engines
 * give the same bits. Extra memory of an aggregation: n n doubles, for each worker n n / 2 more where distances are measured and m blocks of
 * floats, and what the rule says itself; never n d.
 *
 * <p>What a call allocates on each thread, once it is compiled, besides the result: less than {@code 80 n n + 2000 n} bytes for the
 * geometry and the plan (more for rules that search for sets of vectors, which say how much), {@code 8 min(d, 16384) + d / 4} for sums, and
 * for rules that order or mix coordinates 300,000 for tiles of rows (256 m if that is more, m rows), with more than 256 rows to be ordered
 * {@code 600,000 + 500 m} besides. The first calls in a virtual machine allocate more.
 */
public interface Engine {

  /**
   * Pass 1: the needed part of the geometry, which can be {@linkplain Geometry#with asked} for a pass over mixed vectors.
   *
   * @param vectors n arrays of the same length d; not modified
   */
  Geometry geometry(Geometry.Need need, float[][] vectors);

  /**
   * Pass 2: {@code out[c] = phi(M X[:, c])}.
   *
   * @param vectors n arrays of the same length d; not modified
   * @param out length d, none of the inputs; wholly overwritten
   */
  void apply(Plan plan, float[][] vectors, float[] out);

  /** Both passes. */
  default void aggregate(Aggregator rule, float[][] vectors, float[] out) {
    Vectors.check(rule, vectors, out);
    apply(rule.plan(geometry(rule.need(vectors.length), vectors)), vectors, out);
  }

  /** Both passes, into a new array. */
  default float[] aggregate(Aggregator rule, float[][] vectors) {
    float[] out = new float[Vectors.check(rule, vectors)];
    apply(rule.plan(geometry(rule.need(vectors.length), vectors)), vectors, out);
    return out;
  }

  /** Both passes, and an account of them: who was used with which weight, what decided, what is guaranteed. */
  default Report report(Aggregator rule, float[][] vectors, float[] out) {
    Vectors.check(rule, vectors, out);
    Geometry geometry = geometry(rule.need(vectors.length), vectors);
    Plan plan = rule.plan(geometry);
    apply(plan, vectors, out);
    return Report.of(rule, out.length, geometry, plan, i -> SumsOfSquares.isFinite(vectors[i], 0, out.length));
  }

  /** The engine that works on the calling thread. */
  static Engine sequential() {
    return ArrayEngine.SEQUENTIAL;
  }

  /**
   * An engine that works on the calling thread and on up to {@code workers - 1} tasks of an executor of the caller, which keeps
   * and ends it. The caller works too and never waits for a task that has not begun, so a pool of one, or a full one, cannot
   * deadlock. An exception or rejection of the executor is thrown to the caller when all tasks that began have ended; {@code out}
   * then holds anything. An interrupt stops nothing and is kept.
   */
  static Engine on(Executor executor, int workers) {
    return new ArrayEngine(executor, workers);
  }
}
