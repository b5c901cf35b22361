package org.monna.arrivals;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A temporary file for vectors that are not held on the heap. They are written to it, so that a full disk is an exception and no fault
 * of memory, and read through a map.
 */
final class Spill {

  /** A map holds less than 2 GiB. A whole number of shards. */
  static final int REGION = 1 << 28;

  private static final int CHUNK = 1 << 14;

  private final int region;
  private final File file;
  private long end;

  Spill(Path directory, int region) throws IOException {
    this.region = region;
    this.file = Files.createTempFile(directory, "monna-", ".spill").toFile();
  }

  /** Writes a vector to a place of its own and maps it there: in regions of the same length, but for the last. */
  FloatBuffer[] write(float[] vector) throws IOException {
    long position = place(4L * vector.length);
    // The class whose writing no interrupt closes. Mapping is not so patient.
    try (RandomAccessFile out = new RandomAccessFile(file, "rw")) {
      out.seek(position);
      ByteBuffer bytes = ByteBuffer.allocate(4 * CHUNK).order(ByteOrder.nativeOrder());
      for (int c = 0; c < vector.length; c += CHUNK) {
        int length = Math.min(CHUNK, vector.length - c);
        bytes.asFloatBuffer().put(vector, c, length);
        out.write(bytes.array(), 0, 4 * length);
      }
    }
    FloatBuffer[] regions = new FloatBuffer[(vector.length - 1) / region + 1];
    for (int r = 0; r < regions.length; r++) {
      int from = r * region;
      regions[r] = map(position + 4L * from, 4L * Math.min(region, vector.length - from));
    }
    return regions;
  }

  private synchronized long place(long bytes) {
    long position = end;
    end += bytes;
    return position;
  }

  private FloatBuffer map(long position, long bytes) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        interrupted |= Thread.interrupted();
        try (RandomAccessFile in = new RandomAccessFile(file, "r")) {
          ByteBuffer map = in.getChannel().map(MapMode.READ_ONLY, position, bytes);
          return map.order(ByteOrder.nativeOrder()).asFloatBuffer();
        } catch (ClosedByInterruptException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Deletes the file and gives back its space, once nobody reads it any more. */
  void delete() {
    // What is mapped keeps its space until the map is collected, unless the file is cut first.
    try (RandomAccessFile all = new RandomAccessFile(file, "rw")) {
      all.setLength(0);
    } catch (IOException e) {
      // Some systems do not cut a mapped file. Its space comes back with the memory of the map.
    }
    if (!file.delete()) {
      // Nor do they delete one.
      file.deleteOnExit();
    }
  }
}
