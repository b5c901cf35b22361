package org.monna.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;
import org.monna.Aggregator;
import org.monna.Geometry;
import org.monna.Geometry.Need;
import org.monna.Mixing;
import org.monna.Plan;
import org.monna.Report;
import org.monna.spi.BlockPlan;
import org.monna.spi.GeometryPass;
import org.monna.spi.GeometrySums;
import org.monna.spi.Shards;

/** The two passes over mapped files, shard by shard, on threads of this machine. */
final class LocalFileEngine implements FileEngine {

  private final Shards shards;

  LocalFileEngine(Executor executor, int workers) {
    shards = new Shards(executor, workers);
  }

  @Override
  public Report aggregate(Aggregator rule, VectorFiles files, OutputFile out, Progress progress) {
    return new Run(shards, rule, files, out, progress).run();
  }

  private static final class Run {

    private final Shards shards;
    private final Aggregator rule;
    private final VectorFiles files;
    private final OutputFile out;
    private final Progress progress;
    private final Need need;
    private final int n;
    private final long d;
    private final long totalBytes;
    private final int passes;
    private long coordinatesDone;

    Run(Shards shards, Aggregator rule, VectorFiles files, OutputFile out, Progress progress) {
      this.shards = shards;
      this.rule = rule;
      this.files = files;
      this.out = out;
      this.progress = progress;
      this.n = files.size();
      this.need = rule.need(n);
      this.d = files.length();
      this.passes = need.isNone() ? 1 : 2;
      this.totalBytes = passes * files.bytes();
    }

    Report run() {
      // Another look at the data is not told as progress: it is not known beforehand.
      Geometry geometry =
          GeometryPass.measure(shards, d, need, Mixing.identity(n), () -> rows(this::done))
              .with((mixing, more) -> GeometryPass.measure(shards, d, more, mixing, () -> rows(length -> {})));
      Plan plan = rule.plan(geometry);
      BlockPlan blocks = new BlockPlan(plan, n);
      GeometrySums seen = new GeometrySums(seenNeed(), n);
      shards.run(d, () -> new Applying(blocks, seen));
      Geometry found = seen.geometry();
      return Report.of(rule, d, geometry, plan, i -> geometry.isFinite(i) && found.isFinite(i));
    }

    private GeometryPass.Rows rows(IntConsumer told) {
      VectorFiles.Reader reader = files.reader();
      float[][] rows = newRows();
      return new GeometryPass.Rows(
          rows,
          (from, length) -> {
            try {
              for (int i = 0; i < n; i++) {
                reader.read(i, from, length, rows[i]);
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            told.accept(length);
            return 0;
          });
    }

    private float[][] newRows() {
      return new float[n][(int) Math.min(d, GeometrySums.SHARD)];
    }

    /** Without a pass 1, pass 2 must find the vectors that are not finite. */
    private Need seenNeed() {
      return need.isNone() ? Need.NORMS : Need.NONE;
    }

    private synchronized void done(int length) {
      coordinatesDone += length;
      progress.done((long) (totalBytes * ((double) coordinatesDone / d / passes)), totalBytes);
    }

    private final class Applying implements Shards.Work {

      private final BlockPlan blocks;
      private final BlockPlan.Worker worker;
      private final GeometrySums seen;
      private final GeometrySums own = new GeometrySums(seenNeed(), n);
      private final VectorFiles.Reader reader = files.reader();
      private final OutputFile.Writer writer = out.writer(files);
      private final float[][] rows = newRows();
      private final float[] result = new float[rows[0].length];

      Applying(BlockPlan blocks, GeometrySums seen) {
        this.blocks = blocks;
        this.seen = seen;
        this.worker = blocks.worker();
      }

      @Override
      public void run(long from, int length) {
        try {
          for (int i = 0; i < n; i++) {
            if (blocks.reads(i)) {
              reader.read(i, from, length, rows[i]);
            }
          }
          worker.apply(rows, 0, length, result, 0);
          writer.write(from, length, result);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        own.measure(rows, 0, length);
        done(length);
      }

      @Override
      public void inOrder() {
        seen.add(own);
      }
    }
  }
}
