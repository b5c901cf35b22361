package org.monna.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.monna.Aggregators;

/**
 * Files of {@code large.bytes} bytes in all (8e9 unless told) of random numbers in {@code large.directory} (a temporary one), aggregated
 * by processes with a heap of 256 MB. Prints times, bandwidths, and the largest heap. Too long for every build: {@code ./mvnw -pl files -am test
 * -Dtest=LargeFilesRun -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class LargeFilesRun {

  private static final int N = Integer.getInteger("large.n", 16);
  private static final long BYTES = Long.getLong("large.bytes", 8_000_000_000L);

  @Test
  void aggregatesFarMoreThanTheHeap() throws IOException, InterruptedException {
    String parent = System.getProperty("large.directory", "");
    Path directory =
        parent.isEmpty() ? Files.createTempDirectory("monna-large") : Files.createTempDirectory(Path.of(parent), "monna-large");
    try {
      List<String> files = new ArrayList<>();
      long floats = BYTES / N / Float.BYTES;
      for (int i = 0; i < N; i++) {
        Path file = directory.resolve("client-%02d.safetensors".formatted(i));
        write(file, floats, i);
        files.add(file.toString());
      }
      dropCaches();
      print("read one file after the other, cold", BYTES, () -> readAll(files));
      print("the same, from the page cache", BYTES, () -> readAll(files));
      List<String> rules = List.of("mean", "krum(f=2)", "nnm(f=2) | trimmed-mean(f=2)");
      for (String workers : List.of("1", "2")) {
        for (String rule : rules) {
          child(workers, rule, directory, files);
        }
      }
      dropCaches();
      child("2", rules.getLast(), directory, files);
    } finally {
      try (Stream<Path> all = Files.list(directory)) {
        for (Path file : all.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(directory);
    }
  }

  private static void write(Path path, long floats, int seed) throws IOException {
    String json = "{\"w\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[0,%d]}}".formatted(floats, 4 * floats);
    SplittableRandom random = new SplittableRandom(seed);
    ByteBuffer block = ByteBuffer.allocateDirect(1 << 22).order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer values = block.asFloatBuffer();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(Bytes.safetensors(json)));
      for (long left = floats; left > 0; left -= values.capacity()) {
        for (int k = 0; k < values.capacity(); k++) {
          values.put(k, (random.nextInt() >> 8) * 0x1p-23f);
        }
        block.clear().limit((int) Math.min(block.capacity(), 4 * left));
        while (block.hasRemaining()) {
          channel.write(block);
        }
      }
      channel.force(true);
    }
  }

  /** As far as this process may. */
  private static void dropCaches() {
    try {
      Files.writeString(Path.of("/proc/sys/vm/drop_caches"), "3");
    } catch (IOException e) {
      System.out.println("the page cache could not be emptied: " + e.getMessage());
    }
  }

  private static void readAll(List<String> files) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
    for (String file : files) {
      try (FileChannel channel = FileChannel.open(Path.of(file))) {
        while (channel.read(buffer.clear()) >= 0) {}
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void print(String what, long bytes, Runnable action) {
    long start = System.nanoTime();
    action.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(Locale.ROOT, "%-50s %6.1f s, %5.2f GB/s%n", what, seconds, bytes / seconds / 1e9);
  }

  private static void child(String workers, String rule, Path directory, List<String> files)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-Xmx256m", "--add-modules", "jdk.incubator.vector", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(LargeFilesRun.class.getName(), workers, rule, directory.resolve("out.safetensors").toString()));
    command.addAll(files);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    System.out.print(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).replaceAll("WARNING: Using.*\n", ""));
    assertEquals(0, process.waitFor());
  }

  /** Workers, rule, output, inputs: aggregates twice. */
  public static void main(String[] args) throws IOException {
    List<Path> inputs = Stream.of(args).skip(3).map(Path::of).toList();
    long bytes = 0;
    for (Path input : inputs) {
      bytes += Files.size(input);
    }
    int workers = Integer.parseInt(args[0]);
    try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
      for (String time : List.of("", ", again")) {
        // The beginning, half of what is read (pass 1, of rules that read twice), all of it.
        long[] times = {System.nanoTime(), 0, 0, 0};
        FileAggregation aggregation =
            FileAggregation.of(Aggregators.parse(args[1]))
                .on(pool, workers)
                .telling(
                    (done, total) -> {
                      times[1] = times[1] == 0 && 2 * done >= total ? System.nanoTime() : times[1];
                      times[2] = done == total ? System.nanoTime() : times[2];
                      times[3] = total;
                    });
        print(args[1] + ", workers: " + workers + time, bytes, () -> run(aggregation, inputs, args[2]));
        System.out.printf(
            Locale.ROOT,
            "    %.1f GB read in %.2f s and %.2f s; brought to the disk in %.2f s%n",
            times[3] / 1e9,
            (times[1] - times[0]) / 1e9,
            (times[2] - times[1]) / 1e9,
            (System.nanoTime() - times[2]) / 1e9);
      }
    }
    long peak = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      peak += pool.getType() == MemoryType.HEAP ? pool.getPeakUsage().getUsed() : 0;
    }
    System.out.printf(Locale.ROOT, "    at most %d MB of a heap of %d MB%n", peak >> 20, Runtime.getRuntime().maxMemory() >> 20);
  }

  private static void run(FileAggregation aggregation, List<Path> inputs, String output) {
    try {
      aggregation.run(inputs, Path.of(output));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
