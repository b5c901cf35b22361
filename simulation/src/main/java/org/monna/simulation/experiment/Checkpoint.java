package org.monna.simulation.experiment;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;
import org.monna.simulation.protocol.Protocol;

/**
 * The file from which an interrupted training goes on, and the one before it, in case the last is damaged. A new one takes
 * the place of the last in one move, when it is on the disk. It ends with a checksum of all before it.
 */
final class Checkpoint {

  private static final long MAGIC = 0x4d6f4e4e41636b31L;
  private static final int BUFFER = 1 << 16;
  private static final JsonMapper JSON = new JsonMapper();

  private final String id;
  private final Path file;
  private final Path previous;
  private final Path temporary;

  /** What is saved besides the state of the protocol. */
  record Progress(List<RunResult.Point> curve, Map<String, Double> seconds) {}

  Checkpoint(Path directory, String id) {
    this.id = id;
    this.file = directory.resolve(id + ".checkpoint");
    this.previous = directory.resolve(id + ".previous");
    this.temporary = directory.resolve(id + ".tmp");
  }

  void save(Protocol protocol, Progress progress) throws IOException {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (FileChannel channel = FileChannel.open(temporary, CREATE, WRITE, TRUNCATE_EXISTING)) {
        write(Channels.newOutputStream(channel), protocol, progress);
        if (Files.isRegularFile(temporary)) {
          channel.force(true);
        }
      }
      if (Files.exists(file)) {
        Files.move(file, previous, ATOMIC_MOVE);
      }
      Files.move(temporary, file, ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw ResultLog.cannotWrite(file, e);
    }
  }

  private void write(OutputStream out, Protocol protocol, Progress progress) throws IOException {
    CheckedOutputStream checked = new CheckedOutputStream(new BufferedOutputStream(out, BUFFER), new CRC32C());
    DataOutputStream data = new DataOutputStream(new BufferedOutputStream(checked, BUFFER));
    data.writeLong(MAGIC);
    data.writeUTF(id);
    byte[] json = JSON.writeValueAsBytes(progress);
    data.writeInt(json.length);
    data.write(json);
    protocol.save(data);
    data.flush();
    data.writeLong(checked.getChecksum().getValue());
    data.flush();
  }

  /**
   * Brings a training to the state that was last saved, or to the one before if that is damaged.
   *
   * @param fresh makes a training before its first step
   * @param tell is told of what is damaged, in a sentence
   * @return the training and what was saved with it, or null if there is none to go on from
   */
  @Nullable Restored restore(Supplier<Protocol> fresh, Consumer<String> tell) {
    for (Path saved : List.of(file, previous)) {
      if (Files.exists(saved)) {
        try {
          return restore(saved, fresh.get());
        } catch (IOException | RuntimeException e) {
          String next = saved.equals(file) && Files.exists(previous) ? "the one before it" : "the first step";
          tell.accept("the checkpoint %s is damaged (%s): going on from %s".formatted(saved, e.getMessage(), next));
        }
      }
    }
    return null;
  }

  /** A training that goes on. */
  record Restored(Protocol protocol, Progress progress) {}

  private Restored restore(Path saved, Protocol protocol) throws IOException {
    verify(saved);
    try (DataInputStream data = new DataInputStream(new BufferedInputStream(Files.newInputStream(saved), BUFFER))) {
      if (data.readLong() != MAGIC) {
        throw new IOException("it is no checkpoint of this version");
      }
      if (!data.readUTF().equals(id)) {
        throw new IOException("it is that of another training");
      }
      byte[] json = data.readNBytes(data.readInt());
      Progress progress = JSON.readValue(json, new TypeReference<Progress>() {});
      protocol.restore(data);
      return new Restored(protocol, new Progress(new ArrayList<>(progress.curve), progress.seconds));
    }
  }

  private static void verify(Path saved) throws IOException {
    long rest = Files.size(saved) - Long.BYTES;
    if (rest < 0) {
      throw new IOException("it is too short");
    }
    CRC32C checksum = new CRC32C();
    try (InputStream in = Files.newInputStream(saved)) {
      CheckedInputStream checked = new CheckedInputStream(in, checksum);
      byte[] buffer = new byte[BUFFER];
      while (rest > 0) {
        int read = checked.read(buffer, 0, (int) Math.min(rest, buffer.length));
        if (read < 0) {
          throw new IOException("it is too short");
        }
        rest -= read;
      }
      if (new DataInputStream(in).readLong() != checksum.getValue()) {
        throw new IOException("its checksum is wrong");
      }
    }
  }

  /** The training is done. */
  void delete() throws IOException {
    Files.deleteIfExists(file);
    Files.deleteIfExists(previous);
    Files.deleteIfExists(temporary);
  }
}
