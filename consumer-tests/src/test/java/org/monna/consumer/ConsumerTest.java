package org.monna.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A small program in virtual machines of its own, with the jars as users have them: it must run everywhere, with the same bits, with
 * the SIMD kernels exactly where they can run, and with one warning where they were asked for and cannot.
 */
final class ConsumerTest {

  private static final String SIMD = "org.monna.kernels.simd";
  private static final List<String> MODULES = List.of("org.monna", "org.monna.nna", "org.monna.baselines", SIMD);
  private static final String VERSION = "0.1.0-SNAPSHOT";
  private static final String JACKSON = "com.fasterxml.jackson.";
  private static final List<String> CONFIGURED =
      List.of("org.monna", "org.monna.nna", "org.monna.baselines", "org.monna.config", JACKSON + "core", JACKSON + "databind", JACKSON + "annotation");
  private static final String CONFIGURED_OUTPUT = "[2.0] {\"rule\":\"trimmed-mean(f=1)\",\"workers\":1}";
  /** Other artifacts, which need a stack that they do not bring. */
  private static final List<String> OTHERS =
      List.of("org.monna.testkit", "org.monna.djl", "org.monna.tribuo", "org.monna.tensorflow", "org.monna.dl4j");
  /** What the project of Maven needs. */
  private static final List<String> BUILT_WITH =
      List.of("org.monna", "org.monna.nna", "org.monna.baselines", "org.monna.config", "org.monna.files",
          "org.monna.tribuo", "org.monna.tensorflow", SIMD);
  private static final Path PROJECT = Path.of("src/test/maven");
  /** The robust rule has learnt what is left and what is right, the mean the opposite. */
  private static final String LEARNT = String.join(System.lineSeparator(), "left right", "right left");
  private static final String EXPORTS = "org.monna/org.monna.kernel=consumer";

  @TempDir private static Path directory;
  private static Map<String, Path> jars = Map.of();
  private static Path program = Path.of("");
  private static String expected = "";

  @BeforeAll
  static void compile() throws IOException, InterruptedException {
    jars = jars();
    program = directory.resolve("consumer");
    // Without the annotations of the jars on the path, and with every warning an error: as a careful user would.
    run(
        javaHome().resolve("bin/javac"),
        "--release", "17", "-Xlint:all", "-Werror",
        "--add-exports", EXPORTS,
        "-p", path(true),
        "-d", program.toString(),
        "src/test/consumer/module-info.java", "src/test/consumer/consumer/Main.java");
    run(
        javaHome().resolve("bin/javac"),
        "--release", "17", "-Xlint:all", "-Werror",
        "-p", path(CONFIGURED),
        "-d", directory.resolve("configured").toString(),
        "src/test/configured/module-info.java", "src/test/configured/configured/Main.java");
    expected = run(javaHome().resolve("bin/java"), classPath(false)).bits();
  }

  @ParameterizedTest
  @CsvSource(useHeadersInDisplayName = true, textBlock = """
      java, path,   simd jar, option,                               kernels, warnings
      17,   class,  false,    ,                                     scalar,  0
      17,   module, false,    ,                                     scalar,  0
      17,   class,  true,     ,                                     scalar,  1
      17,   class,  true,     --add-modules=jdk.incubator.vector,   scalar,  1
      17,   module, true,     ,                                     scalar,  1
      17,   module, true,     --add-modules=jdk.incubator.vector,   scalar,  1
      25,   class,  false,    ,                                     scalar,  0
      25,   module, false,    ,                                     scalar,  0
      25,   class,  true,     ,                                     scalar,  1
      25,   class,  true,     --add-modules=jdk.incubator.vector,   simd,    0
      25,   module, true,     ,                                     simd,    0
      25,   module, true,     --add-modules=jdk.incubator.vector,   simd,    0
      25,   class,  true,     -Dorg.monna.kernels=scalar,           scalar,  0
      25,   module, true,     -Dorg.monna.kernels=scalar,           scalar,  0
      25,   module, true,     -Dorg.monna.kernels=other,            scalar,  1
      25,   module, true,     -Xint,                                scalar,  1
      25,   module, true,     -XX:TieredStopAtLevel=1,              scalar,  1
      25,   module, true,     -XX:MaxVectorSize=8,                  scalar,  1
      """)
  void run(int java, String path, boolean simd, String option, String kernels, int warnings)
      throws IOException, InterruptedException {
    Optional<Path> home = java == 17 ? java17() : Optional.of(javaHome());
    assumeTrue(home.isPresent(), "no Java 17 to 24 among the siblings of " + javaHome() + " and in JAVA_HOME");

    List<String> arguments = new ArrayList<>();
    if (option != null) {
      arguments.add(option);
    }
    arguments.addAll(List.of(path.equals("class") ? classPath(simd) : modulePath(simd)));
    Output output = run(home.get().resolve("bin/java"), arguments.toArray(String[]::new));

    assertEquals(kernels, output.kernels());
    assertEquals(expected, output.bits());
    assertTrue(output.least() >= 1 && output.greatest() <= 2, output.out());
    assertEquals(warnings, output.warnings(), output.err());
  }

  /** An image of its own, without a JDK: the modules say all that is needed, the incubator module too. */
  @Test
  void anImageRuns() throws IOException, InterruptedException {
    Path image = directory.resolve("image");
    run(
        javaHome().resolve("bin/jlink"),
        "--module-path", program + File.pathSeparator + path(true),
        "--add-modules", "consumer," + String.join(",", MODULES),
        "--output", image.toString());

    Output output = run(image.resolve("bin/java"), "--add-exports", EXPORTS, "-m", "consumer/consumer.Main");

    assertEquals("simd", output.kernels());
    assertEquals(expected, output.bits());
    assertEquals(0, output.warnings(), output.err());
  }

  @ParameterizedTest
  @CsvSource({"17, class", "17, module", "25, class", "25, module"})
  void configurationIsRead(int java, String path) throws IOException, InterruptedException {
    Optional<Path> home = java == 17 ? java17() : Optional.of(javaHome());
    assumeTrue(home.isPresent(), "no Java 17 to 24 among the siblings of " + javaHome() + " and in JAVA_HOME");
    String jars = directory.resolve("configured") + File.pathSeparator + path(CONFIGURED);

    Output output =
        path.equals("class")
            ? run(home.get().resolve("bin/java"), "-cp", jars, "configured.Main")
            : run(
                home.get().resolve("bin/java"),
                "-p", jars, "--add-modules", "org.monna.nna,org.monna.baselines", "-m", "configured/configured.Main");

    assertEquals(CONFIGURED_OUTPUT, output.out().strip());
  }

  /** A project of Maven, whose repository holds our artifacts as they are installed, and nothing else of ours; then run on both paths. */
  @Test
  void theBillOfMaterialsHasTheVersions() throws IOException, InterruptedException {
    assumeTrue(System.getProperty("maven.home") != null, "not run by Maven");
    Path repository = directory.resolve("repository");
    install(repository, "monna-parent", Path.of("../pom.xml"), Optional.empty());
    install(repository, "monna-bom", Path.of("../bom/pom.xml"), Optional.empty());
    for (String name : BUILT_WITH) {
      Path jar = requireNonNull(jars.get(name), name);
      String artifact = jar.getFileName().toString().replace("-" + VERSION + ".jar", "");
      install(repository, artifact, jar.resolveSibling("../pom.xml"), Optional.of(jar));
    }
    Path project = directory.resolve("project");
    try (Stream<Path> files = Files.walk(PROJECT)) {
      for (Path file : files.toList()) {
        Files.copy(file, project.resolve(PROJECT.relativize(file).toString()));
      }
    }

    run(
        Path.of(System.getProperty("maven.home"), "bin", "mvn"),
        "-B", "-q", "-ntp",
        "-Dmaven.repo.local=" + repository,
        // All else is in the repository of the Maven that runs this test, or comes from where it came from.
        "-Dmaven.repo.local.tail=" + System.getProperty("maven.local"),
        "-Dtribuo.version=" + System.getProperty("tribuo.version"),
        "-Dtensorflow.version=" + System.getProperty("tensorflow.version"),
        "-Dtensorflow.platform=" + System.getProperty("tensorflow.platform"),
        "-Dmdep.outputFile=classpath.txt",
        "-f", project.toString(),
        "compile", "dependency:build-classpath");

    String path = project.resolve("target/classes") + File.pathSeparator + Files.readString(project.resolve("classpath.txt")).strip();
    for (String entry : path.split(File.pathSeparator, -1)) {
      assertEquals(entry.contains("monna-"), entry.startsWith(repository.toString()), entry);
    }
    assertPrints("2.0 20.0 -1.0 {\"rule\":\"trimmed-mean(f=1)\",\"workers\":1}", javaHome(), path, "Aggregates");
    assertPrints(LEARNT, javaHome(), path, "Learns");
    assertPrints("2.0 20.0", javaHome(), path, "Fetches");
    Optional<Path> java17 = java17();
    if (java17.isPresent()) {
      assertPrints(LEARNT, java17.get(), path, "Learns");
    }
  }

  /** On the class path and as modules. */
  private static void assertPrints(String expected, Path home, String path, String program) throws IOException, InterruptedException {
    Path java = home.resolve("bin/java");
    String files = Files.createTempDirectory(directory, "files").toString();
    assertEquals(expected, run(java, "-cp", path, "user." + program, files).out().strip());
    assertEquals(expected, run(java, "-p", path, "-m", "user/user." + program, files).out().strip());
  }

  private static void install(Path repository, String artifact, Path pom, Optional<Path> jar) throws IOException {
    Path place = Files.createDirectories(repository.resolve(Path.of("org", "monna", artifact, VERSION)));
    Files.copy(pom, place.resolve(artifact + "-" + VERSION + ".pom"));
    if (jar.isPresent()) {
      Files.copy(jar.get(), place.resolve(artifact + "-" + VERSION + ".jar"));
    }
  }

  /** What needs a stack that is not here is tried with it in its own module; here are its name as a module and its version. */
  @Test
  void theOthersAreModulesForJava17() throws IOException {
    for (String name : OTHERS) {
      try (JarFile jar = new JarFile(requireNonNull(jars.get(name), name).toFile())) {
        for (JarEntry entry : jar.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
          try (DataInputStream classFile = new DataInputStream(jar.getInputStream(entry))) {
            classFile.readInt();
            assertEquals(61, classFile.readInt(), () -> name + ": " + entry);
          }
        }
      }
    }
  }

  private static String[] classPath(boolean simd) {
    return new String[] {"-cp", program + File.pathSeparator + path(simd), "consumer.Main"};
  }

  private static String[] modulePath(boolean simd) {
    return new String[] {
      "--add-exports", EXPORTS, "-p", program + File.pathSeparator + path(simd), "-m", "consumer/consumer.Main"
    };
  }

  private static String path(boolean simd) {
    return path(MODULES.stream().filter(name -> simd || !name.equals(SIMD)).toList());
  }

  private static String path(List<String> modules) {
    return modules.stream().map(name -> jars.get(name).toString()).collect(Collectors.joining(File.pathSeparator));
  }

  /** The parts of the class path of this test that are modules to be tried, by name. */
  private static Map<String, Path> jars() {
    Set<String> names = Stream.of(MODULES, CONFIGURED, OTHERS, BUILT_WITH).flatMap(List::stream).collect(Collectors.toSet());
    Map<String, Path> found = new LinkedHashMap<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      for (String name : names) {
        try {
          ModuleFinder.of(Path.of(entry)).find(name).ifPresent(module -> found.put(name, Path.of(entry)));
        } catch (FindException e) {
          // Not a module, and no name can be made from the name of the file: none of ours.
        }
      }
    }
    assertEquals(names, found.keySet());
    return found;
  }

  private static Path javaHome() {
    return Path.of(System.getProperty("java.home"));
  }

  /** A Java that has the classes of release 17 but not those of 25. */
  private static Optional<Path> java17() throws IOException {
    List<Path> candidates = new ArrayList<>();
    Stream.of(System.getProperty("maven.java.home"), System.getenv("JAVA_HOME"))
        .filter(Objects::nonNull)
        .map(Path::of)
        .forEach(candidates::add);
    try (Stream<Path> siblings = Files.list(javaHome().getParent())) {
      siblings.sorted().forEach(candidates::add);
    }
    for (Path candidate : candidates) {
      if (feature(candidate) >= 17 && feature(candidate) < 25) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /** The number of the Java in a directory, from its file "release"; 0 if there is none. */
  private static int feature(Path home) throws IOException {
    Path release = home.resolve("release");
    if (!Files.isReadable(release) || !Files.exists(home.resolve("bin"))) {
      return 0;
    }
    return Files.readAllLines(release).stream()
        .filter(line -> line.startsWith("JAVA_VERSION="))
        .map(line -> Runtime.Version.parse(line.substring(line.indexOf('"') + 1, line.lastIndexOf('"'))).feature())
        .findFirst()
        .orElse(0);
  }

  private record Output(String out, String err) {

    String kernels() {
      return word(0);
    }

    float least() {
      return Float.parseFloat(word(1));
    }

    float greatest() {
      return Float.parseFloat(word(2));
    }

    String bits() {
      return word(3);
    }

    long warnings() {
      return err.lines().filter(line -> line.contains("scalar kernels are used")).count();
    }

    private String word(int index) {
      return out.strip().split(" ", -1)[index];
    }
  }

  private static Output run(Path tool, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(tool.toString()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(directory, "out", "");
    Path err = Files.createTempFile(directory, "err", "");
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    // Options from outside would change what is tested.
    builder.environment().keySet().removeAll(List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "CLASSPATH", "MAVEN_ARGS", "MAVEN_OPTS"));
    builder.environment().put("JAVA_HOME", javaHome().toString());
    Process process = builder.start();
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    process.destroyForcibly();
    Output output = new Output(Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    assertTrue(ended, () -> "no end of " + command);
    assertEquals(0, process.exitValue(), () -> command + "\n" + output);
    return output;
  }
}
