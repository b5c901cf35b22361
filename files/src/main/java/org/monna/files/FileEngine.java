package org.monna.files;

import java.io.IOException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.monna.Aggregator;
import org.monna.Report;

/** Where the two passes over files run: on threads of this machine, or on a cluster that sees the same files. All give the same bits. */
public interface FileEngine {

  /**
   * Aggregates the vectors of the files.
   *
   * @param out takes the coordinates of the result; not {@linkplain OutputFile#commit committed}
   * @param progress is told how much has been read, as far as the engine knows
   */
  Report aggregate(Aggregator rule, VectorFiles files, OutputFile out, Progress progress) throws IOException;

  /**
   * The engine of this machine.
   *
   * @param executor where up to {@code workers - 1} tasks run, besides the calling thread; kept and ended by its owner
   * @param workers at least 1
   */
  static FileEngine on(Executor executor, int workers) {
    return new LocalFileEngine(executor, workers);
  }

  /** A cluster's engine, found by {@link java.util.ServiceLoader}. */
  interface Provider {

    /**
     * The engine of the cluster with this address; null if it is none of this provider's.
     *
     * @throws IOException that says in a sentence why there is no connection
     */
    @Nullable Connected connect(String master) throws IOException;
  }

  /** A connection to a cluster, which is to be closed. */
  interface Connected extends FileEngine, AutoCloseable {

    @Override
    void close();
  }
}
