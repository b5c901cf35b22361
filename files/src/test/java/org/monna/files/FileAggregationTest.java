package org.monna.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.monna.files.Bytes.file;
import static org.monna.files.Bytes.floats;
import static org.monna.files.Bytes.join;
import static org.monna.files.Bytes.numpy;
import static org.monna.files.Bytes.safetensors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.monna.Aggregators;
import org.monna.Engine;
import org.monna.Report;

/** Files in, a file out: the bytes of the aggregation in memory, or an error that leaves everything as it was. */
@Timeout(60)
class FileAggregationTest {

  private static final int N = 7;
  private static final int[] LENGTHS = {3, 40_000, 1, 0, 29_997};
  private static final int D = Arrays.stream(LENGTHS).sum();

  @TempDir private Path directory;

  private final ExecutorService pool = Executors.newFixedThreadPool(3);

  @AfterEach
  void shutDown() {
    pool.shutdownNow();
  }

  private static float[][] vectors(int n, int d) {
    RandomGenerator random = new SplittableRandom(7);
    float[][] vectors = new float[n][d];
    for (float[] vector : vectors) {
      for (int c = 0; c < d; c++) {
        vector[c] = (float) random.nextGaussian();
      }
    }
    return vectors;
  }

  /** Tensors t0, t1, ... of the type, one after the other. */
  private static byte[] safetensorsOf(String type, int bytes, byte[] data) {
    StringBuilder json = new StringBuilder("{\"__metadata__\":{\"round\":\"3\"}");
    long at = 0;
    for (int t = 0; t < LENGTHS.length; t++) {
      long end = at + (long) LENGTHS[t] * bytes;
      json.append(
          ",\"t%d\":{\"dtype\":\"%s\",\"shape\":[%d],\"data_offsets\":[%d,%d]}".formatted(t, type, LENGTHS[t], at, end));
      at = end;
    }
    return safetensors(json + "}", data);
  }

  private Path client(int i, byte[] bytes) {
    return file(directory, "client-" + i + ".safetensors", bytes);
  }

  private List<Path> clients(float[][] vectors) {
    List<Path> paths = new ArrayList<>();
    for (int i = 0; i < vectors.length; i++) {
      paths.add(client(i, safetensorsOf("F32", 4, floats(vectors[i]))));
    }
    return paths;
  }

  private static FileAggregation by(String rule) {
    return FileAggregation.of(Aggregators.parse(rule));
  }

  private void assertNothingIsLeftBut(String... names) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<String> others =
          files.map(path -> path.getFileName().toString()).filter(name -> !name.startsWith("client-")).sorted().toList();
      assertEquals(List.of(names), others);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mean",
        "median",
        "krum(f=2)",
        "nnm(f=2) | trimmed-mean(f=2)",
        "weights(1, 2, 3, 4, 5, 6, 7) | mean-around-median(f=2)",
        "nna(f=2)",
        "geometric-median"
      })
  void theBytesOfTheAggregationInMemory(String rule) throws IOException {
    float[][] vectors = vectors(N, D);
    vectors[4][17] = Float.NaN;
    vectors[6][D - 1] = Float.POSITIVE_INFINITY;
    float[] expected = new float[D];
    Report report = Engine.sequential().report(Aggregators.parse(rule), vectors, expected);
    List<Path> clients = clients(vectors);
    Path out = directory.resolve("global.safetensors");
    for (int workers : new int[] {1, 2, 3}) {
      FileReport actual = by(rule).on(pool, workers).run(clients, out);
      assertArrayEquals(safetensorsOf("F32", 4, floats(expected)), Files.readAllBytes(out));
      assertEquals(report.toJson(), actual.report().toJson());
      assertEquals(List.of(4, 6), actual.report().nonFinite());
      assertFalse(actual.isRounded());
    }
    assertNothingIsLeftBut("global.safetensors");
  }

  /** The order of the bytes in the first file is that of the coordinates and of the output; others may have another order and type. */
  @Test
  void tensorsInAnotherOrderAndOfOtherTypes() throws IOException {
    Path a =
        file(
            directory,
            "client-a.safetensors",
            safetensors(
                "{\"y\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]},"
                    + "\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                floats(1, 2, 3)));
    ByteBuffer doubles = Bytes.buffer(24, ByteOrder.LITTLE_ENDIAN).putDouble(20).putDouble(30).putDouble(10);
    Path b =
        file(
            directory,
            "client-b.safetensors",
            safetensors(
                "{\"x\":{\"shape\":[1],\"dtype\":\"F64\",\"unknown\":[{}],\"data_offsets\":[16,24]},"
                    + "\"y\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,16]}}",
                doubles.array()));
    Path out = directory.resolve("out.safetensors");
    FileReport report = by("mean").run(List.of(a, b), out);
    assertArrayEquals(new float[] {5.5f, 11, 16.5f}, Bytes.vector(out));
    assertTrue(report.isRounded());
    assertTrue(report.toString().contains("F64 was rounded to float"), report.toString());
  }

  /** The output is of the type of the first input, and has its layout. */
  @Test
  void doublesAreWrittenAsDoubles() throws IOException {
    List<Path> clients = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      ByteBuffer doubles = Bytes.buffer(16, ByteOrder.LITTLE_ENDIAN).putDouble(1.5 + i).putDouble(-3e300 * i);
      clients.add(
          client(i, safetensors("{\"x\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,16]}}", doubles.array())));
    }
    Path out = directory.resolve("out.safetensors");
    by("mean").run(clients, out);
    byte[] bytes = Files.readAllBytes(out);
    ByteBuffer result = ByteBuffer.wrap(bytes, bytes.length - 16, 16).slice().order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(2, result.getDouble(0));
    assertEquals(Double.NEGATIVE_INFINITY, result.getDouble(8), "beyond a float");
  }

  /** Negative numbers are read with their sign, unsigned ones without. */
  @Test
  void integersOfAllWidthsAreExcluded() throws IOException {
    long[][] values = {{-7, -300, -70_000, 250}, {3, 500, 90_000, 1}, {-1, -2, -5, 255}};
    List<Path> clients = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ByteBuffer data = Bytes.buffer(12, ByteOrder.LITTLE_ENDIAN);
      data.putFloat(i).put((byte) values[i][0]).put((byte) values[i][3]).putShort((short) values[i][1]).putInt((int) values[i][2]);
      clients.add(
          client(
              i,
              safetensors(
                  "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                      + "\"a\":{\"dtype\":\"I8\",\"shape\":[1],\"data_offsets\":[4,5]},"
                      + "\"d\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[5,6]},"
                      + "\"b\":{\"dtype\":\"I16\",\"shape\":[1],\"data_offsets\":[6,8]},"
                      + "\"c\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[8,12]}}",
                  data.array())));
    }
    long[][] expected = {{-1, -2, -5, 250}, {-2, 66, 6665, 169}};
    for (ExcludedRule rule : List.of(ExcludedRule.MEDIAN, ExcludedRule.MEAN)) {
      Path out = directory.resolve("out.safetensors");
      by("mean").excluding(name -> !name.equals("w"), rule).run(clients, out);
      byte[] bytes = Files.readAllBytes(out);
      ByteBuffer result = ByteBuffer.wrap(bytes, bytes.length - 8, 8).slice().order(ByteOrder.LITTLE_ENDIAN);
      long[] wanted = expected[rule == ExcludedRule.MEDIAN ? 0 : 1];
      assertEquals(wanted[0], result.get(0));
      assertEquals(wanted[3], result.get(1) & 0xff);
      assertEquals(wanted[1], result.getShort(2));
      assertEquals(wanted[2], result.getInt(4));
    }
  }

  /** Means that lie half-way between two numbers of the format go to the even one: 1 + 2^-11 and 1 + 3 2^-11 of F16 (11 bits). */
  @Test
  void halvesAreRoundedToNearestEven() throws IOException {
    for (String type : List.of("F16", "BF16")) {
      int ulp = 1;
      int one = type.equals("F16") ? 0x3c00 : 0x3f80;
      List<Path> clients = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        ByteBuffer data = Bytes.buffer(4, ByteOrder.LITTLE_ENDIAN);
        data.putShort((short) (one + i * ulp)).putShort((short) (one + ulp + i * ulp));
        clients.add(
            client(
                i,
                safetensors(
                    "{\"a\":{\"dtype\":\"" + type + "\",\"shape\":[2],\"data_offsets\":[0,4]}}", data.array())));
      }
      Path out = directory.resolve("out.safetensors");
      by("mean").run(clients, out);
      byte[] bytes = Files.readAllBytes(out);
      ByteBuffer result = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      assertEquals(one, result.getShort(bytes.length - 4));
      assertEquals(one + 2 * ulp, result.getShort(bytes.length - 2));
    }
  }

  @Test
  void valuesBeyondTheFormatBecomeInfiniteAndNaNStaysNaN() {
    assertEquals(0x7f80, Conversion.toBfloat16(Float.MAX_VALUE));
    assertEquals((short) 0xff80, Conversion.toBfloat16(-Float.MAX_VALUE));
    assertEquals(0x7f7f, Conversion.toBfloat16(Float.intBitsToFloat(0x7f7f7fff)));
    assertEquals(0, Conversion.toBfloat16(Float.MIN_VALUE));
    for (int nan : new int[] {0x7f800001, 0x7fffffff, 0xff800001, 0xffffffff}) {
      float back = Float.intBitsToFloat(Conversion.toBfloat16(Float.intBitsToFloat(nan)) << 16);
      assertTrue(Float.isNaN(back));
    }
  }

  @Test
  void numpyAndRawFloats() throws IOException {
    float[][] vectors = vectors(3, 20_000);
    float[] expected = Aggregators.parse("median").aggregate(vectors);
    List<Path> numpy = new ArrayList<>();
    List<Path> raw = new ArrayList<>();
    String little = "{'descr': '<f4', 'fortran_order': False, 'shape': (100, 200), }";
    String big = "{'shape': (100, 200), 'descr': '>f4', 'fortran_order': False}";
    for (int i = 0; i < 3; i++) {
      raw.add(file(directory, "client-" + i + ".f32", floats(vectors[i])));
      byte[] data = floats(i == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, vectors[i]);
      numpy.add(file(directory, "client-" + i + ".npy", numpy(i == 1 ? big : little, data)));
    }
    by("median").run(raw, directory.resolve("out.f32"));
    assertArrayEquals(floats(expected), Files.readAllBytes(directory.resolve("out.f32")));
    by("median").run(numpy, directory.resolve("out.npy"));
    assertArrayEquals(numpy(little, floats(expected)), Files.readAllBytes(directory.resolve("out.npy")));
    // The output is of the kind and order of bytes of the first input.
    by("median").run(List.of(numpy.get(1), numpy.get(0), numpy.get(2)), directory.resolve("out.npy"));
    assertArrayEquals(numpy(big, floats(ByteOrder.BIG_ENDIAN, expected)), Files.readAllBytes(directory.resolve("out.npy")));
  }

  private Path mixed(int i, float weight, float running, long counter, long unsigned, boolean flag) {
    ByteBuffer data = Bytes.buffer(25, ByteOrder.LITTLE_ENDIAN);
    data.putLong(counter).putLong(unsigned).putFloat(weight).putFloat(running).put((byte) (flag ? 1 : 0));
    return client(
        i,
        safetensors(
            "{\"bn.count\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]},"
                + "\"bn.total\":{\"dtype\":\"U64\",\"shape\":[1],\"data_offsets\":[8,16]},"
                + "\"weight\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[16,20]},"
                + "\"bn.running\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[20,24]},"
                + "\"bn.flag\":{\"dtype\":\"BOOL\",\"shape\":[],\"data_offsets\":[24,25]}}",
            data.array()));
  }

  private ByteBuffer excluding(ExcludedRule rule, List<Path> clients) throws IOException {
    Path out = directory.resolve("out.safetensors");
    FileReport report = by("mean").excluding(name -> name.startsWith("bn."), rule).run(clients, out);
    assertEquals(List.of("bn.count", "bn.total", "bn.running", "bn.flag"), report.excluded());
    assertEquals(1, report.report().d());
    byte[] bytes = Files.readAllBytes(out);
    return ByteBuffer.wrap(bytes, bytes.length - 25, 25).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void excludedTensors() throws IOException {
    List<Path> clients =
        List.of(
            mixed(0, 1, 8, Long.MAX_VALUE, -1, true),
            mixed(1, 2, 4, Long.MAX_VALUE - 1, 0, false),
            mixed(2, 6, 3, -7, 1, true));
    ByteBuffer first = excluding(ExcludedRule.FIRST, clients);
    assertEquals(Long.MAX_VALUE, first.getLong(0));
    assertEquals(-1, first.getLong(8));
    assertEquals(3, first.getFloat(16));
    assertEquals(8, first.getFloat(20));
    assertEquals(1, first.get(24));
    ByteBuffer median = excluding(ExcludedRule.MEDIAN, clients);
    assertEquals(Long.MAX_VALUE - 1, median.getLong(0));
    assertEquals(1, median.getLong(8));
    assertEquals(3, median.getFloat(16));
    assertEquals(4, median.getFloat(20));
    assertEquals(1, median.get(24));
    ByteBuffer mean = excluding(ExcludedRule.MEAN, clients);
    // (2 (2^63 - 1) - 1 - 7) / 3 = 6148914691236517202 and 1/3; (2^64 - 1 + 1) / 3 = 6148914691236517205 and 1/3.
    assertEquals(6148914691236517202L, mean.getLong(0));
    assertEquals(6148914691236517205L, mean.getLong(8));
    assertEquals(5, mean.getFloat(20));
    assertEquals(1, mean.get(24));
    ByteBuffer ofTwo = excluding(ExcludedRule.MEDIAN, clients.subList(0, 2));
    assertEquals(6, ofTwo.getFloat(20));
    assertEquals(0, ofTwo.get(24));
  }

  @Test
  void integersMustBeExcluded() {
    List<Path> clients = List.of(mixed(0, 1, 8, 1, 1, true));
    FileSystemException e =
        assertThrows(FileSystemException.class, () -> by("mean").run(clients, directory.resolve("out.safetensors")));
    assertEquals(
        clients.getFirst() + ": its tensor \"bn.count\" holds I64, not floating-point numbers, and must be excluded",
        e.getMessage());
  }

  @Test
  void onlyTheFirstOfOtherTypesCanBeTaken() throws IOException {
    List<Path> clients = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      clients.add(
          client(
              i,
              safetensors(
                  "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                      + "\"q\":{\"dtype\":\"F8_E4M3\",\"shape\":[3],\"data_offsets\":[4,7]}}",
                  floats(i),
                  new byte[] {(byte) i, 2, 3})));
    }
    Path out = directory.resolve("out.safetensors");
    FileAggregation mean = by("mean");
    FileSystemException e =
        assertThrows(
            FileSystemException.class,
            () -> mean.excluding(name -> name.equals("q"), ExcludedRule.MEDIAN).run(clients, out));
    assertTrue(e.getMessage().contains("tensor \"q\" of F8_E4M3 only the first can be taken"), e.getMessage());
    assertNothingIsLeftBut();
    mean.excluding(name -> name.equals("q"), ExcludedRule.FIRST).run(clients, out);
    byte[] bytes = Files.readAllBytes(out);
    assertArrayEquals(join(floats(0.5f), new byte[] {0, 2, 3}), Arrays.copyOfRange(bytes, bytes.length - 7, bytes.length));
  }

  private void assertRefused(String reason, FileAggregation aggregation, List<Path> inputs) {
    Path out = file(directory, "out.safetensors", new byte[] {1, 2, 3});
    FileSystemException e = assertThrows(FileSystemException.class, () -> aggregation.run(inputs, out));
    assertTrue(e.getMessage().matches("(?s).*" + reason + ".*"), e.getMessage());
    try {
      assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(out));
      assertNothingIsLeftBut("out.safetensors");
    } catch (IOException unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  private Path one(String name, String tensor, String type, String shape, int bytes) {
    return file(
        directory,
        name,
        safetensors(
            "{\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[0,%d]}}".formatted(tensor, type, shape, bytes),
            new byte[bytes]));
  }

  @Test
  void differencesAreNamed() {
    Path a = one("client-a.safetensors", "w", "F32", "[2,3]", 24);
    String inA = " in \\S*client-a.safetensors";
    FileAggregation mean = by("mean");
    assertRefused(
        "client-b.safetensors: its tensor \"w\" has shape \\[3, 2\\], but" + inA + " shape \\[2, 3\\]",
        mean,
        List.of(a, one("client-b.safetensors", "w", "F32", "[3,2]", 24)));
    assertRefused(
        "client-b.safetensors: it lacks tensor \"w\", which \\S*client-a.safetensors has",
        mean,
        List.of(a, one("client-b.safetensors", "v", "F32", "[2,3]", 24)));
    assertRefused(
        "client-b.safetensors: its tensor \"w\" holds I32, but" + inA + " F32",
        mean,
        List.of(a, one("client-b.safetensors", "w", "I32", "[2,3]", 24)));
    Path both =
        file(
            directory,
            "client-b.safetensors",
            safetensors(
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
                    + "\"v\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[24,24]}}",
                new byte[24]));
    assertRefused("client-b.safetensors: it has tensor \"v\", which \\S*client-a.safetensors has not", mean, List.of(a, both));
    assertRefused(
        "client-b.f32: it is a file of raw floats, but \\S*client-a.safetensors is one of safetensors",
        mean,
        List.of(a, file(directory, "client-b.f32", new byte[24])));
    assertRefused("client-c.txt: its name must tell", mean, List.of(file(directory, "client-c.txt", new byte[24])));
    assertRefused("client-x.npy: there is no such file", mean, List.of(directory.resolve("client-x.npy")));
    assertRefused("client-d.bin: its 5 bytes", mean, List.of(file(directory, "client-d.bin", new byte[5])));
    assertRefused("client-e.bin: it has no numbers", mean, List.of(file(directory, "client-e.bin", new byte[0])));
    assertRefused(
        "no numbers that are not excluded", mean.excluding(name -> true, ExcludedRule.FIRST), List.of(a, a));
  }

  @Test
  void theOutputIsNoneOfTheInputs() throws IOException {
    List<Path> clients = clients(vectors(3, D));
    byte[] before = Files.readAllBytes(clients.get(1));
    Path link = Files.createSymbolicLink(directory.resolve("link.safetensors"), clients.get(1));
    for (Path out : List.of(clients.get(1), link)) {
      FileSystemException e = assertThrows(FileSystemException.class, () -> by("mean").run(clients, out));
      assertTrue(e.getMessage().contains("one of the inputs"), e.getMessage());
    }
    assertArrayEquals(before, Files.readAllBytes(clients.get(1)));
    assertNothingIsLeftBut("link.safetensors");
  }

  @Test
  void placesThatCannotBeWrittenAreToldBeforeTheWork() throws IOException {
    List<Path> clients = clients(vectors(3, D));
    FileAggregation counting =
        by("mean")
            .telling(
                (bytes, total) -> {
                  throw new AssertionError("it has begun");
                });
    FileSystemException none =
        assertThrows(FileSystemException.class, () -> counting.run(clients, directory.resolve("none/out.safetensors")));
    assertTrue(none.getMessage().contains("its directory does not exist"), none.getMessage());
    Path folder = Files.createDirectory(directory.resolve("folder"));
    FileSystemException isFolder = assertThrows(FileSystemException.class, () -> counting.run(clients, folder));
    assertTrue(isFolder.getMessage().contains("it is a directory"), isFolder.getMessage());
  }

  @Test
  void aRuleForOtherNumbersOfFilesIsTheCallersError() {
    List<Path> clients = clients(vectors(4, D));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> by("trimmed-mean(f=2)").run(clients, directory.resolve("out.safetensors")));
    assertTrue(e.getMessage().contains("n = 4"), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> by("mean").run(List.of(), directory.resolve("out.safetensors")));
  }

  /** A file that becomes shorter while it is mapped: reading beyond its end is a fault that the operating system reports. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aFileThatIsTruncatedUnderneath(int workers) throws IOException {
    List<Path> clients = clients(vectors(N, D));
    boolean[] done = {false};
    Progress truncating =
        (bytes, total) -> {
          if (!done[0]) {
            done[0] = true;
            try (FileChannel channel = FileChannel.open(clients.get(5), StandardOpenOption.WRITE)) {
              channel.truncate(0);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    assertRefused(
        "client-5.safetensors: it was changed while it was read",
        by("nnm(f=2) | median").on(pool, workers).telling(truncating),
        clients);
  }

  @Test
  void aFileThatIsChangedReplacedOrRemovedUnderneath() throws IOException {
    List<Path> clients = clients(vectors(N, D));
    List<Runnable> changes =
        List.of(
            () -> file(directory, "client-2.safetensors", new byte[40_000]),
            () -> clients.get(3).toFile().setLastModified(0),
            () -> clients.get(4).toFile().delete(),
            () -> clients.get(6).toFile().renameTo(clients.get(0).toFile()));
    List<String> reasons =
        List.of("client-2.*was changed", "client-3.*was changed", "client-4.*was removed", "client-0.*was changed");
    for (int k = 0; k < changes.size(); k++) {
      List<Path> fresh = clients(vectors(N, D));
      Runnable change = changes.get(k);
      assertRefused(
          reasons.get(k),
          by("median")
              .telling(
                  (bytes, total) -> {
                    if (bytes == total) {
                      change.run();
                    }
                  }),
          fresh);
    }
  }

  @Test
  void progressGrowsToTheEnd() throws IOException {
    List<Path> clients = clients(vectors(N, D));
    for (String rule : List.of("median", "krum(f=2)")) {
      long expected = (rule.equals("median") ? 1 : 2) * 4L * N * D;
      List<Long> told = new ArrayList<>();
      by(rule)
          .on(pool, 3)
          .telling(
              (bytes, total) -> {
                assertEquals(expected, total);
                told.add(bytes);
              })
          .run(clients, directory.resolve("out.safetensors"));
      assertEquals(told.stream().sorted().toList(), told);
      assertEquals(expected, told.getLast());
    }
  }

  @Test
  void whatProgressThrowsEndsTheAggregation() throws IOException {
    List<Path> clients = clients(vectors(N, D));
    IllegalStateException stop = new IllegalStateException("stop");
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                by("median")
                    .on(pool, 3)
                    .telling(
                        (bytes, total) -> {
                          throw stop;
                        })
                    .run(clients, directory.resolve("out.safetensors")));
    assertEquals(stop, thrown);
    assertNothingIsLeftBut();
  }

  @Test
  void anInterruptedThread() throws IOException {
    List<Path> clients = clients(vectors(N, D));
    Thread.currentThread().interrupt();
    IOException e =
        assertThrows(IOException.class, () -> by("median").run(clients, directory.resolve("out.safetensors")));
    assertTrue(Thread.interrupted());
    assertEquals("the aggregation was interrupted", e.getMessage());
    assertNothingIsLeftBut();
  }

  @Test
  void theReportAsText() throws IOException {
    float[][] vectors = vectors(3, D);
    vectors[1][5] = Float.NaN;
    List<Path> clients = clients(vectors);
    FileReport report = by("median").run(clients, directory.resolve("out.safetensors"));
    assertTrue(report.toString().startsWith("vector 0: " + clients.get(0) + "\n"), report.toString());
    assertTrue(report.toString().contains("vector 1: weight 1.00000, not finite"), report.toString());
    assertTrue(report.toJson().contains("\"excludedRule\":\"median\""), report.toJson());
    assertTrue(report.toJson().endsWith("\"report\":" + report.report().toJson() + "}"), report.toJson());
  }
}
